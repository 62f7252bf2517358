namespace Picket.Server.Tests.People;

/// <summary>
/// The system's clock, set forward. Timers go by as ever: a clock that jumps under Orleans makes the silo believe that it
/// is dead.
/// </summary>
internal sealed class SettableClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    public void Advance(TimeSpan by) => ahead += by;
}
