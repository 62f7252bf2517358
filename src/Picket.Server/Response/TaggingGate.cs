using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>
/// Whether tags may be written now. Asked at the start of a run and in the transaction of each ledger mark, so that
/// nothing is marked after writing was switched off.
/// </summary>
internal static class TaggingGate
{
    /// <returns>Why not; null when it may go on.</returns>
    public static async Task<string?> RefusalAsync(PicketDbContext db, TagRunRow run, CancellationToken cancellation)
    {
        var now = await db
            .Integrations.AsNoTracking()
            .Where(row => row.Id == run.IntegrationId)
            .Select(row => new
            {
                row.State,
                IsRefused = row.RefusedCredentialVersion == row.CredentialVersion,
                row.WritingEnabled,
                CancelledBy = db
                    .TagRuns.Where(open => open.Id == run.Id)
                    .Select(open => open.CancelledBy)
                    .SingleOrDefault(),
            })
            .SingleOrDefaultAsync(cancellation);
        return now is null ? "The integration was removed."
            : now.CancelledBy is not null ? "It was cancelled."
            : Refusal(IntegrationRow.WhyNot(now.State, now.IsRefused), now.WritingEnabled, run.Kind);
    }

    /// <summary>Cleaning up is asked for by a person, who switched writing off with the same word.</summary>
    public static string? Refusal(IntegrationRow integration, TagRunKind kind = TagRunKind.Levels) =>
        Refusal(integration.WhyNotAsked, integration.WritingEnabled, kind);

    private static string? Refusal(string? whyNotAsked, bool writingEnabled, TagRunKind kind) =>
        whyNotAsked
        ?? (
            !writingEnabled && kind == TagRunKind.Levels
                ? "Writing is switched off; switch it on, or accept a new preview."
                : null
        );
}

/// <summary>Nothing more may be written; what was sent is settled and stays.</summary>
internal sealed class WritingStoppedException(string reason) : Exception(reason);
