using System.Globalization;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>Ends of support, of operating systems by cycle and of hardware by name.</summary>
internal sealed class SupportCatalog
{
    /// <summary>Cycles are model numbers in some pages, mere "7" or "8a" in others.</summary>
    private const int ShortestModelNumber = 5;

    private readonly Dictionary<(DevicePlatform, string), (OsTrain, FeedSource)> _trains = [];
    private readonly Dictionary<string, (HardwareSupport, FeedSource)> _hardware = new(StringComparer.Ordinal);

    public SupportCatalog(IEnumerable<FeedContent> feeds)
    {
        foreach (var feed in feeds)
        {
            foreach (var train in feed.Trains)
            {
                foreach (var platform in train.Platforms)
                {
                    _trains.TryAdd((platform, train.Cycle), (train, feed.Source));
                }
            }

            foreach (var hardware in feed.Hardware)
            {
                _hardware.TryAdd(ModelNames.Normalise(hardware.Label), (hardware, feed.Source));
                if (hardware.Cycle.Length >= ShortestModelNumber)
                {
                    _hardware.TryAdd(ModelNames.Normalise(hardware.Cycle), (hardware, feed.Source));
                }
            }
        }
    }

    /// <summary>Android's 8.1 and 12.1 are trains of their own, so the longer name is tried first.</summary>
    public (OsTrain? Train, FeedSource? Source) TrainOf(DevicePlatform? platform, OsVersion version)
    {
        if (platform is not { } known)
        {
            return (null, null);
        }

        var major = version.Major.ToString(CultureInfo.InvariantCulture);
        var minor = version.Minor.ToString(CultureInfo.InvariantCulture);
        return _trains.TryGetValue((known, $"{major}.{minor}"), out var exact) ? exact
            : _trains.TryGetValue((known, major), out var whole) ? whole
            : (null, null);
    }

    /// <summary>Only a whole name counts: "Pixel 7" says nothing about a "Pixel 7 Pro".</summary>
    public (HardwareSupport? Hardware, FeedSource? Source) HardwareOf(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (name is not null && _hardware.TryGetValue(ModelNames.Normalise(name), out var found))
            {
                return found;
            }
        }

        return (null, null);
    }
}
