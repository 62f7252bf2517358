using System.Collections.Concurrent;
using System.Security.Claims;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Access;

namespace Picket.Server.Integrations;

/// <summary>
/// The examinations that are under way and are looked on, each under the id that its caller chose, and for that caller
/// alone. One is forgotten when it ends: the report is its answer.
/// </summary>
public sealed class DoctorRounds
{
    private readonly ConcurrentDictionary<(string Actor, Guid Id), DoctorRound> open = new();

    /// <returns>Null where no id was given, or it is that of another examination.</returns>
    internal DoctorRound? Begin(ClaimsPrincipal caller, Guid? id)
    {
        if (id is not { } chosen)
        {
            return null;
        }

        var key = (ActorOf(caller), chosen);
        var round = new DoctorRound(() => open.TryRemove(key, out _));
        return open.TryAdd(key, round) ? round : null;
    }

    internal DoctorProgress? Look(ClaimsPrincipal caller, Guid id) =>
        open.TryGetValue((ActorOf(caller), id), out var round) ? round.Progress : null;

    private static string ActorOf(ClaimsPrincipal caller) => caller.FindFirst(PicketClaims.Actor)?.Value ?? "";
}

/// <summary>One examination while it lasts.</summary>
internal sealed class DoctorRound(Action end) : IDisposable
{
    private volatile DoctorProgress progress = new([], 0);

    public DoctorProgress Progress => progress;

    public void Tell(ProbeFacts facts) =>
        progress = new([.. Diagnosis.SoFar(facts).Select(DoctorReports.Of)], Diagnosis.Of(facts).Count);

    public void Dispose() => end();
}
