namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>The fleet at a glance.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<OverviewView> OverviewAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Overview, PicketApiJson.Default.OverviewView, cancellationToken);

    /// <summary>The verdicts of each integration, day by day.</summary>
    /// <param name="days">As many days until today, 1 to 400.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Page<VerdictHistory>> VerdictHistoryAsync(
        int days = 30,
        CancellationToken cancellationToken = default
    ) =>
        GetAsync(
            new Query(Routes.OverviewVerdicts).Add("days", days).ToString(),
            PicketApiJson.Default.VerdictHistoryPage,
            cancellationToken
        );

    /// <summary>The few devices that need attention first, worst first.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Page<DeviceAtRisk>> RiskiestDevicesAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.OverviewDevices, PicketApiJson.Default.DeviceAtRiskPage, cancellationToken);

    /// <summary>The facts that verdicts lack over the fleet, those of most devices first.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Page<BlindSpotCount>> BlindSpotsAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.OverviewBlindSpots, PicketApiJson.Default.BlindSpotPage, cancellationToken);

    /// <summary>Asks for a run; 409 with <see cref="Problem.Run"/> when one is under way.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="start">What to read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RunView> StartRunAsync(
        Guid integrationId,
        StartRun start,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.IntegrationRuns, integrationId),
            start,
            PicketApiJson.Default.StartRun,
            PicketApiJson.Default.RunView,
            cancellationToken
        );

    /// <summary>The runs, newest first.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<RunView> Runs(RunFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () => new Query(Routes.Runs).Add("integrationId", filter?.IntegrationId).Add("state", filter?.State),
            PicketApiJson.Default.RunPage
        );

    /// <summary>One run.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RunView> RunAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Run, id), PicketApiJson.Default.RunView, cancellationToken);

    /// <summary>The rows behind the numbers of a run.</summary>
    /// <param name="id">The run.</param>
    /// <param name="filter">Which of them.</param>
    public PagedList<RunRow> RunRows(Guid id, RunRowFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () => new Query(Routes.Fill(Routes.RunRows, id)).Add("kind", filter?.Kind).Add("change", filter?.Change),
            PicketApiJson.Default.RunRowPage
        );

    /// <summary>Asks a run to stop at its next page; what it read stays.</summary>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RunView> CancelRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.RunCancel, id), PicketApiJson.Default.RunView, cancellationToken);

    /// <summary>Lets a held run remove the devices that the UEM no longer lists.</summary>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RunView> ApproveRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.RunApprove, id), PicketApiJson.Default.RunView, cancellationToken);

    /// <summary>Ends a held run and keeps every device.</summary>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RunView> DiscardRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.RunDiscard, id), PicketApiJson.Default.RunView, cancellationToken);
}
