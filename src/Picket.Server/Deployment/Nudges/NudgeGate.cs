using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

/// <summary>Whether messages of a nudge may go out now. Asked in the transaction of each ledger mark.</summary>
internal static class NudgeGate
{
    /// <exception cref="DeploymentStoppedException">They may not, and never will by this nudge.</exception>
    public static async Task PassAsync(PicketDbContext db, NudgeRow nudge, CancellationToken cancellation)
    {
        var now = await db.Nudges.AsNoTracking().SingleOrDefaultAsync(row => row.Id == nudge.Id, cancellation);
        var state = await db
            .Publications.Where(row => row.Id == nudge.PublicationId)
            .Select(row => (PublicationState?)row.State)
            .SingleOrDefaultAsync(cancellation);
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == nudge.IntegrationId, cancellation);
        var refusal =
            now is null || integration is null ? "The publication was removed."
            : now.StoppedBy is not null ? "A person stopped it."
            : state is PublicationState.Undoing or PublicationState.Undone ? "The app was taken back from the devices."
            : DeploymentGate.Refusal(integration);
        if (refusal is not null)
        {
            throw new DeploymentStoppedException(refusal);
        }
    }
}
