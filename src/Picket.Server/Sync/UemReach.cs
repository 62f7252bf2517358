using Picket.Api;
using Picket.Server.Integrations;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync;

/// <summary>
/// What a run shows about the link to the UEM. That is another question than whether the run is complete: one device
/// that cannot be read leaves a run incomplete, and the UEM as reachable as ever.
/// </summary>
internal sealed class UemReach
{
    private WorkspaceOneException? unreachable;
    private bool answered;
    private bool refused;

    /// <summary>A stage came to its end. One that had nothing to ask for shows nothing.</summary>
    public void Done(long calls) => answered |= calls > 0;

    /// <summary>A refusal is told at once; that nobody answers only at the end, for the next stage may be answered.</summary>
    public async Task FailedAsync(
        UemConnections connections,
        SyncRun run,
        WorkspaceOneException failure,
        CancellationToken cancellation
    )
    {
        switch (IntegrationHealthRules.Judge(failure).State)
        {
            case null:
                answered |= failure.Status is not null;
                break;
            case IntegrationState.Unreachable:
                unreachable = failure;
                break;
            default:
                refused = true;
                await connections.ReportAsync(
                    run.Integration.Id,
                    failure,
                    cancellation,
                    run.Connection.CredentialVersion
                );
                break;
        }
    }

    public Task ReportAsync(UemConnections connections, SyncRun run, CancellationToken cancellation) =>
        refused ? Task.CompletedTask
        : answered ? connections.ReportReachedAsync(run.Integration.Id, run.Row.Kind == RunKind.Full, cancellation)
        : unreachable is { } failure
            ? connections.ReportAsync(run.Integration.Id, failure, cancellation, run.Connection.CredentialVersion)
        : Task.CompletedTask;
}
