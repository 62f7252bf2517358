using Microsoft.EntityFrameworkCore;
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
        integration.WhyNotAsked
        ?? (
            integration.EnrollmentEnabled
                ? null
                : $"{FeatureNames.Off(PicketFeature.Registration)} An administrator of the integration switches it on."
        );
}

/// <summary>Nothing more may be written; what was sent is settled and stays.</summary>
internal sealed class EnrollmentStoppedException(string reason) : Exception(reason);
