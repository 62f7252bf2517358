namespace Picket.Api;

// What keeps Picket from writing: a stop of all writes, and the devices that are never touched.
public static partial class Routes
{
    /// <summary>GET: <see cref="BrakesView"/>; of work and integrations it shows those that the caller may see.</summary>
    public const string Brakes = Prefix + "/brakes";

    /// <summary>
    /// POST <see cref="StopWrites"/>: <see cref="WritesStopped"/>; for whoever may operate some integration. Once it has
    /// answered, no write to any UEM begins at a server that has seen it; those that have not are named. Where they are stopped
    /// already, it is one more stop, and the one before is told. 503 where it could not be stored: the server that answers is
    /// stopped, and goes on trying.
    /// <para>
    /// DELETE: <see cref="WriteStopView"/>, ended; for whoever may change the settings of all integrations. It ends all stops
    /// up to that one, and what waits goes on by itself. Query: <c>number</c>, the stop that was seen; 409 where it is not the
    /// newest, or somebody stopped anew at the same moment.
    /// </para>
    /// </summary>
    public const string WriteStop = Brakes + "/stop";

    /// <summary>GET: page of <see cref="WriteStopView"/>, newest first: when all writes were stopped, by whom and why.</summary>
    public const string WriteStops = Brakes + "/stops";

    /// <summary>GET: page of <see cref="HeldRunView"/>, newest first: what the brake of tags held, and what became of it.</summary>
    public const string HeldRuns = Brakes + "/held";

    /// <summary>
    /// GET: page of <see cref="NeverTouchView"/>: entries for all integrations, and those of visible ones; query:
    /// <c>integrationId</c>. POST <see cref="NeverTouchDraft"/>: 201 with <see cref="NeverTouchView"/>. An entry of one
    /// integration is for who may change that integration; one of all integrations for who may change all of them. The UEM is
    /// asked first (law 6), for an entry of all integrations that of each: 403 names the integration that refuses.
    /// </summary>
    public const string NeverTouch = Brakes + "/never-touch";

    /// <summary>DELETE: takes the entry off the list; for whom could put it there. 204.</summary>
    public const string NeverTouchEntry = NeverTouch + "/{entryId}";
}
