using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Life;

/// <summary>
/// What devices do by themselves: update, install and remove apps, leave and come back, get compromised and mended. A
/// pure function of seed, index and time, so nothing is kept and nobody walks the fleet; off at pace 0.
/// </summary>
/// <param name="pace">1: as in an ordinary year; 100: a hundred times as busy.</param>
/// <param name="delay">How long after the cause the compliance verdict follows.</param>
internal sealed class NaturalLife(ulong seed, double pace, TimeSpan delay)
{
    // Of the last app changes so many are still in force: what came in the one before them has been removed again.
    private const int AppChangesKept = 4;
    private const int NeverUpdatePerMille = 250;
    private const int BadAppPerMille = 4;
    private const int CompromisedPerMille = 60;

    private readonly TimeSpan away = Paced(2, pace);
    private readonly TimeSpan compromised = Paced(1, pace);
    private readonly Recurring updates = new(seed, ThingKind.OsUpdate, Paced(30, pace));
    private readonly Recurring appChanges = new(seed, ThingKind.AppChange, Paced(6, pace));
    private readonly Recurring leaves = new(seed, ThingKind.Leave, Paced(300, pace));
    private readonly Recurring compromises = new(seed, ThingKind.Compromise, Paced(120, pace));

    public bool On { get; } = pace > 0;

    public double Pace { get; } = pace;

    /// <summary>A device of the seed as it is at a time.</summary>
    public Device At(Device seeded, DateTime now)
    {
        if (!On || seeded.EnrollmentStatus is not ("Enrolled" or "Registered"))
        {
            return seeded;
        }

        var device = Presence(seeded, now);
        return device.IsEnrolled ? Posture(Apps(System(device, now), now), now) : device;
    }

    public DeviceCore At(DeviceCore seeded, int index, DateTime now)
    {
        if (!On || seeded.EnrollmentStatus is not ("Enrolled" or "Registered"))
        {
            return seeded;
        }

        var (status, silent, _) = PresenceOf(index, seeded.EnrollmentStatus, seeded.SilentSince, now);
        return seeded with { EnrollmentStatus = status, SilentSince = silent };
    }

    /// <summary>When something may have changed for whom: after one time until another.</summary>
    public IEnumerable<(int Index, DateTime At)> Moments(DateTime after, DateTime until, int devices) =>
        On
            ?
            [
                .. updates.Between(after, until, devices),
                .. leaves.Between(after, until, devices),
                .. Later(leaves, away, after, until, devices),
                .. compromises.Between(after, until, devices),
                .. Later(compromises, delay, after, until, devices),
                .. Later(compromises, compromised, after, until, devices),
                .. Later(compromises, compromised + delay, after, until, devices),
            ]
            : [];

    private static IEnumerable<(int Index, DateTime At)> Later(
        Recurring cause,
        TimeSpan by,
        DateTime after,
        DateTime until,
        int devices
    ) => cause.Between(after - by, until - by, devices).Select(moment => (moment.Index, moment.At + by));

    private static TimeSpan Paced(double days, double pace) =>
        pace > 0 ? TimeSpan.FromDays(days / pace) : TimeSpan.FromDays(days);

    private Device Presence(Device device, DateTime now)
    {
        var (status, silent, since) = PresenceOf(device.Index, device.EnrollmentStatus, device.SilentSince, now);
        return device with
        {
            EnrollmentStatus = status,
            SilentSince = silent,
            EnrolledOn = since ?? device.EnrolledOn,
            ComplianceStatus =
                status != "Enrolled" ? "NotAvailable"
                : since is null ? device.ComplianceStatus
                : Life.Posture.Verdict(device),
            Compromised = since is null ? device.Compromised : false,
        };
    }

    /// <summary>Enrolled ones leave for a while; registered ones enroll once.</summary>
    private (string Status, DateTime? Silent, DateTime? EnrolledOn) PresenceOf(
        int index,
        string status,
        DateTime? silent,
        DateTime now
    )
    {
        var count = leaves.Count(index, now);
        if (count == 0 || (status == "Enrolled" && silent is not null))
        {
            return (status, silent, null);
        }

        if (status == "Registered")
        {
            return ("Enrolled", null, leaves.At(index, 1));
        }

        var left = leaves.At(index, count);
        return now < left + away ? ("Unenrolled", left, null) : ("Enrolled", null, left + away);
    }

    private Device System(Device device, DateTime now)
    {
        var dice = updates.Dice(device.Index);
        var count = updates.Count(device.Index, now);
        if (count == 0 || dice.Chance(1, NeverUpdatePerMille))
        {
            return device;
        }

        var release = OsCatalogue.Later(device, count);
        return device with { OperatingSystem = release.Version, Build = release.Build, SecurityPatch = release.Patch };
    }

    private Device Apps(Device device, DateTime now)
    {
        var count = appChanges.Count(device.Index, now);
        if (count == 0)
        {
            return device;
        }

        var dice = appChanges.Dice(device.Index);
        List<string> added = [],
            removed = [];
        for (var number = Math.Max(1, count - AppChangesKept + 1); number <= count; number++)
        {
            added.Add(NewApp(device.Platform, dice, number));
            removed.Add(AppCatalogue.Ranked(device.Platform, OptionalRank(device.Platform, dice, number)).Id);
        }

        return device with
        {
            AddedApps = [.. added.Distinct()],
            RemovedApps = [.. removed.Distinct().Except(added)],
        };
    }

    private static string NewApp(DevicePlatform platform, Dice dice, int number)
    {
        var bad = platform switch
        {
            DevicePlatform.Android => AppCatalogue.BadAndroid,
            DevicePlatform.Ios => AppCatalogue.BadIos,
            _ => [],
        };
        return bad.Length > 0 && dice.Chance(number * 4, BadAppPerMille)
            ? bad[dice.Below(number * 4 + 1, bad.Length)]
            : AppCatalogue
                .Ranked(platform, AppCatalogue.HeadCount(platform) + dice.Below(number * 4 + 2, AppCatalogue.Tail))
                .Id;
    }

    private static int OptionalRank(DevicePlatform platform, Dice dice, int number)
    {
        const int kept = AppCatalogue.ManagedHead;
        return kept + dice.Below(number * 4 + 3, AppCatalogue.HeadCount(platform) - kept);
    }

    private Device Posture(Device device, DateTime now)
    {
        var count = compromises.Count(device.Index, now);
        if (count == 0 || !compromises.Dice(device.Index).Chance(count + 1, CompromisedPerMille))
        {
            return device;
        }

        var since = now - compromises.At(device.Index, count);
        var state = device with { Compromised = since < compromised ? true : device.Compromised };
        var judgedBad = since >= delay && since < compromised + delay;
        return judgedBad ? state with { ComplianceStatus = "NonCompliant" } : state;
    }
}
