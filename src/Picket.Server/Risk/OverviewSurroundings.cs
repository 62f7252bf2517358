using Picket.Api;

namespace Picket.Server.Risk;

/// <summary>What stands around the figures of the overview, and moves more slowly than they do.</summary>
/// <param name="Days">Of the course.</param>
/// <param name="Course">The verdicts of all visible integrations together, oldest first, without a gap.</param>
/// <param name="Devices">Those that need attention first.</param>
/// <param name="Feeds">Those in force.</param>
/// <param name="Exceptions">Those of the policy that end soon or have ended; none for whom may not read them.</param>
public sealed record OverviewSurroundings(
    int Days,
    IReadOnlyList<VerdictDay> Course,
    IReadOnlyList<DeviceAtRisk> Devices,
    IReadOnlyList<FeedView> Feeds,
    IReadOnlyList<PolicyExceptionView> Exceptions
)
{
    public static async Task<OverviewSurroundings> ReadAsync(
        PicketClient api,
        int days,
        bool readsPolicy,
        CancellationToken cancellation
    ) =>
        new(
            days,
            Together((await api.VerdictHistoryAsync(days, cancellation)).Items),
            (await api.RiskiestDevicesAsync(cancellation)).Items,
            (await api.Feeds(limit: Paging.MaxLimit).PageAsync(cancellation)).Items,
            readsPolicy
                ?
                [
                    .. (await api.PolicyExceptions().PageAsync(cancellation)).Items.Where(each =>
                        each.State is not ExceptionState.Active
                    ),
                ]
                : []
        );

    private static IReadOnlyList<VerdictDay> Together(IEnumerable<VerdictHistory> histories) =>
        [
            .. histories
                .SelectMany(history => history.Days)
                .GroupBy(day => day.Day)
                .OrderBy(day => day.Key)
                .Select(day => new VerdictDay(day.Key, day.Select(one => one.Verdicts).Aggregate(Sum))),
        ];

    private static LevelCounts Sum(LevelCounts one, LevelCounts other) =>
        new(
            one.Unknown + other.Unknown,
            one.Secure + other.Secure,
            one.Low + other.Low,
            one.Medium + other.Medium,
            one.High + other.High,
            one.Critical + other.Critical
        );
}
