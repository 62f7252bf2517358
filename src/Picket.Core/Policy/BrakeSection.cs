using System.Globalization;
using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Policy;

/// <summary>Reads <c>brake</c> of a policy.</summary>
internal static class BrakeSection
{
    private const int MostDevices = 10_000_000;
    private static readonly string[] Fields = ["percent", "perHour", "perRun"];

    public static PolicyBrake? Read(PolicyFields fields, FeedNode node)
    {
        if (node["brake"] is not { } brake || !fields.IsMap(brake, "'brake'", Fields))
        {
            return null;
        }

        var read = new PolicyBrake(
            Percent(fields, brake),
            Devices(fields, brake, "perHour"),
            Devices(fields, brake, "perRun")
        );
        if (read is { Percent: null, PerHour: null, PerRun: null } && brake.Members.Count == 0)
        {
            fields.Add(brake, "'brake' is empty. It can hold: percent, perHour, perRun.");
        }

        return read;
    }

    private static double? Percent(PolicyFields fields, FeedNode brake)
    {
        if (brake["percent"] is not { } given)
        {
            return null;
        }

        if (
            given.Kind is FeedNodeKind.Text
            && double.TryParse(
                given.Text,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var percent
            )
            && percent is >= 0 and <= 100
        )
        {
            return percent;
        }

        fields.Add(given, "'percent' must be a number from 0 to 100, such as 2.5.");
        return null;
    }

    private static int? Devices(PolicyFields fields, FeedNode brake, string name)
    {
        if (brake[name] is not { } given)
        {
            return null;
        }

        if (
            given.Kind is FeedNodeKind.Text
            && int.TryParse(given.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var devices)
            && devices <= MostDevices
        )
        {
            return devices;
        }

        fields.Add(given, $"'{name}' must be a whole number of devices, 0 to {MostDevices}.");
        return null;
    }
}
