using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Integrations;

/// <summary>
/// Hands out one client per integration and state of its credential. A refused credential is marked in the database
/// before its caller hears of it, and no client is handed out again until it is changed (law 10).
/// </summary>
public sealed class UemConnections(
    PicketDatabase database,
    SecretBox secrets,
    UemClients clients,
    ILogger<UemConnections> log
)
{
    private readonly ConcurrentDictionary<Guid, UemConnection> open = new();
    private readonly ConcurrentDictionary<Guid, (int Share, string Uem, CallPacer Pacer)> pacers = new();

    /// <summary>The connection of an integration as it is now saved.</summary>
    /// <exception cref="SignInRefusedException">Its credential was refused and not changed since. Nothing was sent.</exception>
    /// <exception cref="WorkspaceOneException">It is not there any more, or its secrets cannot be read.</exception>
    public async Task<UemConnection> OpenAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row =
            await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == integrationId, cancellation)
            ?? throw new WorkspaceOneException(Unsent("The integration was removed."));
        if (row.IsCredentialRefused)
        {
            await ShowRefusalAsync(db, row, cancellation);
            throw new SignInRefusedException(Unsent($"Not sent: {row.RefusedReason}"));
        }

        var pacer = PacerOf(row);
        if (open.TryGetValue(row.Id, out var held) && Fits(held, row, pacer))
        {
            return held;
        }

        // The one before is let go, not disposed: a run may still work with it. Its idle connections close by themselves.
        return open.AddOrUpdate(
            row.Id,
            _ => Connect(row, pacer),
            (_, other) => Fits(other, row, pacer) ? other : Connect(row, pacer)
        );
    }

    /// <summary>
    /// A client of the account that signs in for wipes alone, for one call, over a handler that the caller disposes; null where
    /// the integration has none, and wipes go by its own.
    /// </summary>
    /// <exception cref="SignInRefusedException">It was refused and not set anew since. Nothing was sent.</exception>
    /// <exception cref="WorkspaceOneException">Its secrets cannot be read.</exception>
    internal (WorkspaceOneClient Client, HttpMessageHandler Handler)? ForWipes(IntegrationRow row)
    {
        if (row.ProtectedWipeSecrets is not { } kept)
        {
            return null;
        }

        if (row.WipeAccountRefused is { } why)
        {
            throw new SignInRefusedException(Unsent($"Not sent: {why}"));
        }

        var opened =
            secrets.TryOpenForWipes(row)
            ?? throw new WorkspaceOneException(
                Unsent("The secrets for wipes cannot be decrypted: the key ring was lost or replaced. Enter them anew.")
            );
        var access = UemAccess.Of(row, opened) with { Kind = row.WipeCredentialKind, Account = row.WipeAccount ?? "" };
        var handler = clients.Handler(access);
        var refused = (SignInRefusedException refusal) => MarkWipesRefused(row.Id, kept, refusal);
        return (clients.ForExamination(access, handler, PacerOf(row), refused, recorder: null), handler);
    }

    /// <summary>The budget of an integration, shared by all its clients and kept through a rotation.</summary>
    internal CallPacer PacerOf(IntegrationRow row) =>
        pacers
            .AddOrUpdate(
                row.Id,
                _ =>
                    (row.QuotaSharePercent, row.Address, clients.PacerFrom(row.QuotaSharePercent, QuotaRecord.Of(row))),
                (_, held) =>
                    held.Uem != row.Address ? (row.QuotaSharePercent, row.Address, clients.Pacer(row.QuotaSharePercent))
                    : held.Share != row.QuotaSharePercent
                        ? (
                            row.QuotaSharePercent,
                            row.Address,
                            clients.Pacer(row.QuotaSharePercent, held.Pacer.Snapshot)
                        )
                    : held
            )
            .Pacer;

    internal void Forget(Guid integrationId)
    {
        open.TryRemove(integrationId, out _);
        pacers.TryRemove(integrationId, out _);
    }

    /// <summary>Says whether the integration works, after a run that reached the UEM or did not. Pauses stay.</summary>
    /// <param name="failure">What ended the run; null when it was well.</param>
    /// <param name="credentialVersion">The credential that the run had; null for the present one.</param>
    public async Task ReportAsync(
        Guid integrationId,
        WorkspaceOneException? failure,
        CancellationToken cancellation,
        int? credentialVersion = null
    )
    {
        var (state, reason) = IntegrationHealthRules.Judge(failure);
        if (state is null)
        {
            return;
        }

        await using var db = database.Open();
        var rows = db.Integrations.Where(row =>
            row.Id == integrationId && (credentialVersion == null || row.CredentialVersion == credentialVersion)
        );
        if (state == IntegrationState.CredentialRefused)
        {
            Refuse(rows, reason!);
            return;
        }

        await rows.Where(row =>
                row.State != IntegrationState.Paused
                && (row.RefusedCredentialVersion == null || row.RefusedCredentialVersion != row.CredentialVersion)
            )
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, state.Value).SetProperty(row => row.StateReason, reason),
                cancellation
            );
    }

    /// <summary>Says that the UEM answered. Only a run that read everything also shows that no right is missing any more.</summary>
    public async Task ReportReachedAsync(Guid integrationId, bool everything, CancellationToken cancellation)
    {
        if (everything)
        {
            await ReportAsync(integrationId, null, cancellation);
            return;
        }

        await using var db = database.Open();
        await db
            .Integrations.Where(row => row.Id == integrationId && row.State == IntegrationState.Unreachable)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, IntegrationState.Active)
                        .SetProperty(row => row.StateReason, (string?)null),
                cancellation
            );
    }

    /// <summary>
    /// Synchronous on purpose: the mark is durable before the refused caller goes on. A version that was replaced
    /// meanwhile marks nothing.
    /// </summary>
    internal void MarkRefused(Guid integrationId, int credentialVersion, SignInRefusedException refusal)
    {
        var reason = IntegrationHealthRules.RefusedReason(refusal);
        using var db = database.Open();
        Refuse(
            db.Integrations.Where(row => row.Id == integrationId && row.CredentialVersion == credentialVersion),
            reason
        );
        IntegrationLog.CredentialRefused(log, integrationId, (int?)refusal.Status, refusal.ErrorCode);
    }

    /// <summary>As <see cref="MarkRefused"/>: another one that was set meanwhile is not meant.</summary>
    private void MarkWipesRefused(Guid integrationId, string kept, SignInRefusedException refusal)
    {
        var reason = IntegrationHealthRules.RefusedReason(refusal);
        using var db = database.Open();
        db.Integrations.Where(row => row.Id == integrationId && row.ProtectedWipeSecrets == kept)
            .ExecuteUpdate(set => set.SetProperty(row => row.WipeAccountRefused, reason));
        IntegrationLog.CredentialRefused(log, integrationId, (int?)refusal.Status, refusal.ErrorCode);
    }

    private static void Refuse(IQueryable<IntegrationRow> rows, string reason) =>
        rows.ExecuteUpdate(set =>
            set.SetProperty(row => row.State, IntegrationState.CredentialRefused)
                .SetProperty(row => row.StateReason, reason)
                .SetProperty(row => row.RefusedCredentialVersion, row => row.CredentialVersion)
                .SetProperty(row => row.RefusedReason, reason)
        );

    /// <summary>A pause or a resume that crossed the refusal may have overwritten the state: it is shown again.</summary>
    private static async Task ShowRefusalAsync(PicketDbContext db, IntegrationRow row, CancellationToken cancellation)
    {
        if (row.State is IntegrationState.Paused or IntegrationState.CredentialRefused)
        {
            return;
        }

        await db
            .Integrations.Where(each => each.Id == row.Id && each.CredentialVersion == row.CredentialVersion)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(each => each.State, IntegrationState.CredentialRefused)
                        .SetProperty(each => each.StateReason, row.RefusedReason),
                cancellation
            );
    }

    private static bool Fits(UemConnection held, IntegrationRow row, CallPacer pacer) =>
        held.CredentialVersion == row.CredentialVersion && ReferenceEquals(held.Pacer, pacer);

    private UemConnection Connect(IntegrationRow row, CallPacer pacer)
    {
        var access = UemAccess.Of(row, Open(row));
        var client = clients.Lasting(access, pacer, refusal => MarkRefused(row.Id, row.CredentialVersion, refusal));
        return new UemConnection(row.Id, row.CredentialVersion, client, pacer, database);
    }

    private IntegrationSecrets Open(IntegrationRow row)
    {
        try
        {
            return secrets.Open(row);
        }
        catch (CryptographicException unreadable)
        {
            throw new WorkspaceOneException(
                Unsent("The saved secrets cannot be decrypted: the key ring was lost or replaced. Enter them anew."),
                unreadable
            );
        }
    }

    private static FailureFacts Unsent(string reason) =>
        new()
        {
            Stage = FailureStage.SignIn,
            Route = "(not sent)",
            Reason = reason,
        };
}
