using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Follows runs of reading and of tags to their end.</summary>
internal static class RunFollowing
{
    public static bool IsOver(RunState state) => state is not (RunState.Queued or RunState.Running);

    public static Task<RunView> ToEndAsync(Session session, RunView run, CancellationToken cancellation) =>
        new Following<RunView>(session)
        {
            IsOver = now => IsOver(now.State),
            ReadAsync = (now, token) => session.Client.RunAsync(now.Id, token),
            Stage = now => now.Progress is { } at ? new FollowedStage(at.Stage, at.Done, at.Total) : null,
            GoesOn = $"The run goes on in the server; `picket runs cancel {run.Id}` stops it.",
        }.ToEndAsync(run, cancellation);

    public static Task<TagRunView> ToEndAsync(Session session, TagRunView run, CancellationToken cancellation) =>
        new Following<TagRunView>(session)
        {
            IsOver = now => IsOver(now.State),
            ReadAsync = (now, token) => session.Client.TagRunAsync(now.Id, token),
            Stage = now => new FollowedStage("tags", now.Confirmed + now.Failed, now.Adds + now.Removes),
            GoesOn = $"The tag run goes on in the server; `picket tags cancel {run.Id}` stops it.",
        }.ToEndAsync(run, cancellation);

    public static Task<AppGroupRunView> ToEndAsync(
        Session session,
        AppGroupRunView run,
        CancellationToken cancellation
    ) =>
        new Following<AppGroupRunView>(session)
        {
            IsOver = now => IsOver(now.State),
            ReadAsync = (now, token) => session.Client.AppGroupRunAsync(now.Id, token),
            Stage = now => new FollowedStage("app groups", now.Confirmed + now.Failed, now.Adds + now.Removes),
            GoesOn = $"The run goes on in the server; `picket appgroups cancel {run.Id}` stops it.",
        }.ToEndAsync(run, cancellation);
}
