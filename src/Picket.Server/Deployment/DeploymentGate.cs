using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Enrollment;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

/// <summary>
/// Whether a publication may be written now. Asked when somebody starts it and in the transaction of each ledger mark, so
/// that nothing is marked after it was switched off, paused or taken back.
/// </summary>
internal static class DeploymentGate
{
    /// <exception cref="DeploymentStoppedException">It may not.</exception>
    /// <exception cref="OutdatedWordException">Somebody said something else about it meanwhile.</exception>
    public static async Task PassAsync(PicketDbContext db, PublicationRow publication, CancellationToken cancellation)
    {
        var word = await db
            .Publications.Where(row => row.Id == publication.Id)
            .Select(row => (int?)row.Word)
            .SingleOrDefaultAsync(cancellation);
        if (word != publication.Word)
        {
            throw new OutdatedWordException();
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == publication.IntegrationId, cancellation);
        if (Refusal(integration) is { } refusal)
        {
            throw new DeploymentStoppedException(refusal);
        }
    }

    public static string? Refusal(IntegrationRow integration) =>
        integration.WhyNotAsked
        ?? (
            integration.DeploymentEnabled
                ? null
                : $"{FeatureNames.Off(PicketFeature.AppDeployment)} An administrator of the integration switches it on."
        );
}

/// <summary>Nothing more is done about a publication until a person says so.</summary>
internal sealed class DeploymentStoppedException(string reason) : Exception(reason);

/// <summary>A person was faster: what was begun upon the word before is left as it is, and looked at anew.</summary>
internal sealed class OutdatedWordException() : Exception("Somebody said something else meanwhile.");
