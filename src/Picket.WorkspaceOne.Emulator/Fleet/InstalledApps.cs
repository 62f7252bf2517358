using System.Globalization;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>Which apps a device has, and which of them its organization group lets the server tell.</summary>
internal sealed class InstalledApps(ulong seed, OrganizationTree tree)
{
    private const int BadPerMille = 8;
    private const int LookAlikePerMille = 25;

    /// <summary>What the organization's catalogue has put on a device.</summary>
    public Func<Device, IEnumerable<InstalledApp>> Published { get; set; } = _ => [];

    /// <summary>The apps that the server tells; personal ones of employee-owned devices stay hidden in some groups.</summary>
    public IEnumerable<InstalledApp> Told(Device device)
    {
        var hidden = device.Ownership == "E" && tree.At(device.Group).HidesPersonalApps;
        return All(device).Where(app => app.Managed || !hidden);
    }

    public IEnumerable<InstalledApp> All(Device device)
    {
        if (device.EnrollmentStatus is "Registered" or "Unenrolled")
        {
            return [];
        }

        var dice = new Dice(seed, (ulong)ThingKind.InstalledApp, device.Index);
        var apps = FromRanks(device, dice)
            .Concat(Bad(device, dice))
            .Concat(LookAlike(device, dice))
            .Concat(device.AddedApps.Select(Sideloaded));
        var published = Published(device).ToList();
        return apps.Where(app => published.TrueForAll(one => one.BundleId != app.BundleId))
            .Concat(published)
            .Where(app => !device.RemovedApps.Contains(app.BundleId));
    }

    /// <summary>Whether a device has an app; those that most devices have are answered without listing the others.</summary>
    public bool Has(Device device, string bundle)
    {
        var rank = AppCatalogue.HeadRank(device.Platform, bundle);
        if (rank < 0 || device.AddedApps.Count + device.RemovedApps.Count > 0)
        {
            return All(device).Any(app => app.BundleId == bundle);
        }

        var dice = new Dice(seed, (ulong)ThingKind.InstalledApp, device.Index);
        return device.EnrollmentStatus is not ("Registered" or "Unenrolled")
            && (
                rank == 0
                || dice.Chance(rank, ChanceOfRank(rank))
                || Published(device).Any(app => app.BundleId == bundle)
            );
    }

    private static int ChanceOfRank(int rank) => 800 - rank * 50;

    private static IEnumerable<InstalledApp> FromRanks(Device device, Dice dice)
    {
        var head = AppCatalogue.HeadCount(device.Platform);
        var ranks = new SortedSet<int> { 0 };
        for (var rank = 1; rank < head; rank++)
        {
            if (dice.Chance(rank, ChanceOfRank(rank)))
            {
                ranks.Add(rank);
            }
        }

        for (var left = 8 + dice.Below(50, 34); left > 0; left--)
        {
            ranks.Add(head + TailRank(dice, 100 + left));
        }

        return ranks.Select(rank => Ranked(device.Platform, rank, dice));
    }

    // Zipf with exponent 1, by inversion of its continuous form: half of all choices fall on the first 77 of 6,000.
    private static int TailRank(Dice dice, int throwNumber)
    {
        var share = (dice.Bits(throwNumber) >> 11) * (1.0 / (1UL << 53));
        return (int)Math.Exp(share * Math.Log(AppCatalogue.Tail)) - 1;
    }

    private static InstalledApp Ranked(DevicePlatform platform, int rank, Dice dice)
    {
        var (id, name) = AppCatalogue.Ranked(platform, rank);
        var version = string.Create(
            CultureInfo.InvariantCulture,
            $"{1 + rank % 25}.{rank % 10 + dice.Below(3000 + rank, 3)}.{dice.Below(9000 + rank, 4)}"
        );
        return new(id, name, version, rank < AppCatalogue.ManagedHead, 4_000_000L + rank * 7919L % 200_000_000);
    }

    private static IEnumerable<InstalledApp> Bad(Device device, Dice dice)
    {
        var names = device.Platform switch
        {
            DevicePlatform.Android => AppCatalogue.BadAndroid,
            DevicePlatform.Ios => AppCatalogue.BadIos,
            _ => [],
        };
        return names.Length > 0 && dice.Chance(60, BadPerMille)
            ? [Sideloaded(names[dice.Below(61, names.Length)])]
            : [];
    }

    private static IEnumerable<InstalledApp> LookAlike(Device device, Dice dice)
    {
        if (device.Platform is not DevicePlatform.Android || !dice.Chance(62, LookAlikePerMille))
        {
            return [];
        }

        var (id, name) = AppCatalogue.LookAlikes[dice.Below(63, AppCatalogue.LookAlikes.Length)];
        return [Sideloaded(id) with { Name = name }];
    }

    private static InstalledApp Sideloaded(string id) => new(id, id.Split('.')[^1], "1.0.2", false, 9_300_000);
}
