using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Integrations;

/// <summary>
/// The link to the UEM of one integration with one state of its credential. Whoever holds it may finish with it after a
/// rotation; ask <see cref="UemConnections"/> anew for each run. Not to be disposed: it is shared.
/// </summary>
public sealed class UemConnection
{
    private readonly PicketDatabase database;

    internal UemConnection(
        Guid integrationId,
        int credentialVersion,
        WorkspaceOneClient client,
        CallPacer pacer,
        PicketDatabase database
    )
    {
        (IntegrationId, CredentialVersion, Client, Pacer) = (integrationId, credentialVersion, client, pacer);
        this.database = database;
    }

    public Guid IntegrationId { get; }

    public int CredentialVersion { get; }

    public WorkspaceOneClient Client { get; }

    internal CallPacer Pacer { get; }

    /// <summary>Keeps what was spent of the day's calls, so that a restart does not spend it twice.</summary>
    public Task SaveQuotaAsync(CancellationToken cancellation) =>
        QuotaRecord.SaveAsync(database, IntegrationId, Pacer.Snapshot, cancellation);

    /// <summary>The same in the transaction that is open on the context.</summary>
    public Task SaveQuotaAsync(PicketDbContext db, CancellationToken cancellation) =>
        QuotaRecord.SaveAsync(db, IntegrationId, Pacer.Snapshot, cancellation);
}

internal static class QuotaRecord
{
    public static QuotaSnapshot? Of(IntegrationRow row) =>
        row.QuotaLimit is { } limit
            ? new QuotaSnapshot(limit, row.QuotaRemaining, row.QuotaResetAt, row.QuotaUsed, null)
            : null;

    public static void Keep(IntegrationRow row, QuotaSnapshot quota) =>
        (row.QuotaLimit, row.QuotaRemaining, row.QuotaResetAt, row.QuotaUsed) = (
            quota.Limit,
            quota.Remaining,
            quota.ResetAt,
            quota.CallsMade
        );

    public static async Task SaveAsync(
        PicketDatabase database,
        Guid integration,
        QuotaSnapshot quota,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await SaveAsync(db, integration, quota, cancellation);
    }

    public static Task SaveAsync(
        PicketDbContext db,
        Guid integration,
        QuotaSnapshot quota,
        CancellationToken cancellation
    ) =>
        db
            .Integrations.Where(row => row.Id == integration)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.QuotaLimit, quota.Limit)
                        .SetProperty(row => row.QuotaRemaining, quota.Remaining)
                        .SetProperty(row => row.QuotaResetAt, quota.ResetAt)
                        .SetProperty(row => row.QuotaUsed, quota.CallsMade),
                cancellation
            );
}
