using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Follows an import until nothing of it happens by itself: a check to its plan, a started one to its end.</summary>
internal static class ImportFollowing
{
    public static bool IsOver(ImportState state) =>
        state is not (ImportState.Receiving or ImportState.Checking or ImportState.Queued or ImportState.Running);

    public static Task<ImportView> ToEndAsync(Session session, ImportView import, CancellationToken cancellation) =>
        new Following<ImportView>(session)
        {
            IsOver = now => IsOver(now.State),
            ReadAsync = (now, token) => session.Client.ImportAsync(now.Id, token),
            Stage = now => Stage(now, session.Terminal.Time.GetUtcNow()),
            Waits = now => Waits(now, session.Terminal.Time.GetUtcNow()),
            GoesOn = $"The import goes on in the server; `picket imports cancel {import.Id}` stops it.",
        }.ToEndAsync(import, cancellation);

    /// <summary>Null while it works.</summary>
    public static string? Waits(ImportView import, DateTimeOffset now) =>
        !IsOver(import.State) && import.GoesOnAt is { } at && at > now
            ? $"It waits, and goes on by itself at {Cell.Time(at)}. {string.Join(" ", import.Reasons)}".TrimEnd()
            : null;

    private static FollowedStage Stage(ImportView import, DateTimeOffset now)
    {
        var sent = import.Done + import.Failed + import.Unclear;
        var writes = import.Creates + import.Changes;
        return import switch
        {
            { GoesOnAt: { } at } when at > now => new($"waits until {Cell.Time(at)}", sent, writes),
            { State: ImportState.Receiving } => new("file", import.Lines, null),
            { State: ImportState.Checking } => new(
                "check",
                writes + import.AlreadyThere + import.Refused,
                import.Lines
            ),
            _ => new("lines", sent, writes),
        };
    }
}
