using Picket.Api;

namespace Picket.Server.Response;

internal static class TagRunViews
{
    public static TagRunView Of(TagRunRow run) =>
        new()
        {
            Id = run.Id,
            IntegrationId = run.IntegrationId,
            Kind = run.Kind,
            State = run.State,
            Adds = run.Adds,
            Removes = run.Removes,
            Confirmed = run.Confirmed,
            Failed = run.Failed,
            UemCalls = (int)run.UemCalls,
            QueuedAt = run.QueuedAt,
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
            IncompleteReasons = run.IncompleteReasons,
            Showing = run.State == RunState.Held ? run.Showing : null,
            NotShown = run.NotShown,
            FirstUnderPolicy = run.HeldAsFirst ? run.PolicyVersion : null,
            Brake =
                run.State == RunState.Held
                    ? Brake(run.HeldChanged ?? 0, run.HeldFleet ?? 0, run.HeldRecent ?? 0, run.HeldLimit ?? 0)
                    : null,
        };

    public static TagBrake Brake(int changed, int fleet, int recent, double limit) =>
        new(changed, fleet, fleet == 0 ? 0 : (double)(changed + recent) / fleet, limit, recent);
}
