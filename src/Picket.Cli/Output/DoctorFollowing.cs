using System.Net;
using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Waits for a doctor's report; a terminal shows how many checks are done meanwhile.</summary>
internal static class DoctorFollowing
{
    /// <param name="examine">Begins the examination, under an id where somebody looks on.</param>
    public static async Task<DoctorReport> ToEndAsync(
        Session session,
        Func<Guid?, Task<DoctorReport>> examine,
        CancellationToken cancellation
    )
    {
        if (session.Terminal.ErrorRedirected)
            return await examine(null);
        var round = Guid.CreateVersion7();
        var asked = examine(round);
        await new Following<DoctorProgress>(session)
        {
            IsOver = _ => asked.IsCompleted,
            ReadAsync = (before, token) => LookAsync(session, round, before, token),
            Stage = now => now.Of == 0 ? null : new FollowedStage("checks", now.Checks.Count, now.Of),
            GoesOn = "The examination ends with this command; nothing was changed.",
        }.ToEndAsync(new([], 0), cancellation);
        return await asked;
    }

    private static async Task<DoctorProgress> LookAsync(
        Session session,
        Guid round,
        DoctorProgress before,
        CancellationToken cancellation
    )
    {
        try
        {
            return await session.Client.DoctorProgressAsync(round, cancellation);
        }
        catch (PicketApiException none) when (none.Status == HttpStatusCode.NotFound)
        {
            return before; // Not begun yet, or over: then the report is on its way.
        }
    }
}
