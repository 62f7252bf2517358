namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>What moves whenever a device reports: nothing that a history should keep.</summary>
internal readonly record struct CheckIn(
    DateTime LastSeen,
    int BatteryPercent,
    long AvailableMemory,
    double AvailableCapacity
)
{
    private const long Megabyte = 1_000_000;

    /// <summary>
    /// Three of five reporting devices report every ten seconds, so that two readings differ within a short test;
    /// the others every one to six hours, as sample schedules have it.
    /// </summary>
    public static CheckIn Of(ulong seed, int index, DateTime? silentSince, DateTime? reportedAt, DateTime now)
    {
        var dice = new Dice(seed, (ulong)ThingKind.Volatile, index);
        var seen = silentSince ?? LastReport(dice, now);
        seen = silentSince is null && reportedAt > seen ? reportedAt.Value : seen;
        var report = new Dice(seed, (ulong)ThingKind.Volatile, index ^ seen.Ticks);
        return new CheckIn(
            seen,
            5 + report.Below(1, 96),
            (400 + report.Below(2, 3000)) * Megabyte,
            (8_000L + report.Below(3, 90_000)) * Megabyte
        );
    }

    public static DateTime LastReport(ulong seed, int index, DateTime now) =>
        LastReport(new Dice(seed, (ulong)ThingKind.Volatile, index), now);

    /// <summary>When a device that reports will do so next.</summary>
    public static DateTime NextReport(ulong seed, int index, DateTime now)
    {
        var dice = new Dice(seed, (ulong)ThingKind.Volatile, index);
        return LastReport(dice, now).AddSeconds(Seconds(dice));
    }

    private static int Seconds(Dice dice) => dice.Chance(4, 600) ? 10 : 3600 + dice.Below(5, 5 * 3600);

    private static DateTime LastReport(Dice dice, DateTime now)
    {
        var seconds = Seconds(dice);
        var period = TimeSpan.FromSeconds(seconds).Ticks;
        var phase = TimeSpan.FromMilliseconds(dice.Below(6, seconds * 1000)).Ticks;
        return new DateTime((now.Ticks - phase) / period * period + phase, DateTimeKind.Utc);
    }
}
