using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Enrollment;

/// <summary>
/// Whether users and devices may be written now. Asked when an import starts and in the transaction of each ledger mark,
/// so that nothing is marked after it was switched off.
/// </summary>
internal static class EnrollmentGate
{
    /// <returns>Why not; null when it may go on.</returns>
    public static async Task<string?> RefusalAsync(PicketDbContext db, ImportRow import, CancellationToken cancellation)
    {
        var now = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == import.IntegrationId, cancellation);
        if (now is null)
        {
            return "The integration was removed.";
        }

        var cancelled = await db
            .Imports.Where(row => row.Id == import.Id)
            .Select(row => row.CancelledBy)
            .SingleOrDefaultAsync(cancellation);
        return cancelled is not null ? "It was cancelled." : Refusal(now);
    }

    public static string? Refusal(IntegrationRow integration) =>
        NotReadable(integration)
        ?? (
            integration.EnrollmentEnabled
                ? null
                : $"{FeatureNames.Off(PicketFeature.Registration)} An administrator of the integration switches it on."
        );

    /// <summary>What stops even reading.</summary>
    public static string? NotReadable(IntegrationRow integration) =>
        integration.State == IntegrationState.Paused ? "The integration is paused; resume it first."
        : integration.IsCredentialRefused ? "The UEM refused the credential; rotate it first."
        : null;
}

/// <summary>Nothing more may be written; what was sent is settled and stays.</summary>
internal sealed class EnrollmentStoppedException(string reason) : Exception(reason);
