using Picket.Api;
using Picket.Core.Deployment;

namespace Picket.Server.Deployment;

/// <summary>Whether the next ring begins, by what was read of the present one.</summary>
internal static class RingCourse
{
    /// <exception cref="DeploymentStoppedException">A person decides what follows a ring that was left to others.</exception>
    public static void Decide(PublicationRow publication, IReadOnlyList<PublicationRingRow> rings, DateTimeOffset now)
    {
        var ring = rings[publication.Begun - 1];
        var isLast = publication.Begun == rings.Count;
        if (ring.State == RingState.Left)
        {
            throw new DeploymentStoppedException(
                $"The ring '{ring.Name}' was left to others. Resume with the next ring, or undo the rest."
            );
        }

        var facts = new RingFacts
        {
            BeganAt = ring.BeganAt!.Value,
            ReadAt = publication.ReadAt,
            Fitting = ring.Fitting,
            Assigned = ring.Assigned,
            Installed = ring.Installed,
            Failed = Math.Max(0, ring.Failed!.Value - ring.ToleratedFailed),
            Worsened = Math.Max(0, ring.Worsened!.Value - ring.ToleratedWorsened),
            VerdictsLost = ring.VerdictsLost,
        };
        var rules = new RingRules
        {
            Soak = TimeSpan.FromMinutes(publication.WatchMinutes),
            Deadline = TimeSpan.FromHours(publication.DeadlineHours),
            Installed = publication.InstalledPercent / 100.0,
            Failed = publication.FailedPercent / 100.0,
            Worsened = publication.WorsenedPercent / 100.0,
        };
        publication.Reason = null;
        switch (RingPlan.Decide(facts, isLast, rules, now))
        {
            case RingStep.GoOn:
                ring.State = RingState.Done;
                rings[publication.Begun++].State = RingState.Writing;
                publication.GoesOnAt = now;
                break;
            case RingStep.Done:
                ring.State = RingState.Done;
                (publication.State, publication.EndedAt) = (PublicationState.Completed, now);
                break;
            case RingStep.Pause pause:
                (publication.State, publication.Reason) = (PublicationState.Paused, pause.Why);
                break;
            case RingStep.Wait wait:
                publication.Reason = wait.Why;
                break;
        }
    }
}
