using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class CommandLifeTests
{
    private static readonly DateTimeOffset Sent = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = Sent.AddDays(7);

    /// <summary>From what, to what; everything else is not allowed.</summary>
    private const string Moves = """
        Waiting    Delayed Due Declined Cancelled Expired
        Delayed    Waiting Sending Refused Cancelled Expired
        Due        Waiting Sending Refused Cancelled Expired
        Sending    Due Sent Taken Unclear Refused
        Sent       Unclear HeldByUem Confirmed NotDone
        Unclear    Sent HeldByUem Confirmed NotDone
        HeldByUem  Sent Unclear Confirmed NotDone
        """;

    [Fact]
    public void Moves_as_the_table_says_is_sent_once_and_rests_at_its_end()
    {
        var table = Moves
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(
                words => Enum.Parse<CommandState>(words[0]),
                words => words[1..].Select(Enum.Parse<CommandState>)
            );
        var states = Enum.GetValues<CommandState>();

        Assert.All(
            states.SelectMany(from => states.Select(to => (from, to))),
            move =>
                Assert.Equal(
                    table.TryGetValue(move.from, out var may) && may.Contains(move.to),
                    CommandLife.MayMove(move.from, move.to)
                )
        );
        Assert.All(states, state => Assert.Equal(!table.ContainsKey(state), CommandLife.IsEnd(state)));
        Assert.All(
            states,
            state => Assert.Equal(CommandLife.MayMove(state, CommandState.Cancelled), CommandLife.MayCancel(state))
        );
    }

    [Theory]
    [InlineData(CommandState.Waiting, LedgerState.Held)]
    [InlineData(CommandState.Due, LedgerState.Approved)]
    [InlineData(CommandState.Unclear, LedgerState.Sent)]
    [InlineData(CommandState.HeldByUem, LedgerState.Answered)]
    [InlineData(CommandState.Taken, LedgerState.Answered)]
    [InlineData(CommandState.Confirmed, LedgerState.Confirmed)]
    [InlineData(CommandState.NotDone, LedgerState.Failed)]
    [InlineData(CommandState.Expired, LedgerState.Dropped)]
    public void The_ledger_tells_the_same(CommandState state, LedgerState ledger) =>
        Assert.Equal(ledger, CommandLife.Ledger(state));

    [Theory]
    // status, wipe in the UEM's log, enrolled so many minutes after, read so many hours after, what it says
    [InlineData("Enrolled", null, -90, 1, TraceSays.Nothing)]
    [InlineData("EnterpriseWipePending", null, -90, 1, TraceSays.Queued)]
    [InlineData("Enrolled", "QUEUED", -90, 1, TraceSays.Queued)]
    [InlineData("Enrolled", "HELD", -90, 1, TraceSays.HeldByUem)]
    [InlineData("EnterpriseWipePending", "APPROVED", -90, 1, TraceSays.Queued)]
    [InlineData("Enrolled", "ABORTED", -90, 1, TraceSays.Rejected)]
    [InlineData("Unenrolled", "HELD", -90, 1, TraceSays.Done)]
    [InlineData("Enrolled", null, 30, 1, TraceSays.Done)]
    [InlineData("Enrolled", null, 1, 1, TraceSays.Nothing)]
    [InlineData(null, null, -90, 1, TraceSays.Nothing)]
    [InlineData("EnterpriseWipePending", "QUEUED", -90, 168, TraceSays.TimeIsOver)]
    [InlineData("Unenrolled", null, -90, 168, TraceSays.Done)]
    public void A_wipe_is_followed_to_its_end(string? status, string? wipe, int enrolled, int hours, TraceSays says) =>
        Assert.Equal(
            says,
            CommandFollowing.Of(
                CommandKind.EnterpriseWipe,
                new CommandTrace(status, Sent.AddMinutes(30), Sent.AddMinutes(enrolled), wipe),
                unclear: true,
                Sent,
                Until,
                Sent.AddHours(hours)
            )
        );

    [Theory]
    // kind, answer lost, device reported so many minutes after, read so many hours after, what it says
    [InlineData(CommandKind.Sync, false, 1, 1, TraceSays.Done)]
    [InlineData(CommandKind.Query, true, 1, 1, TraceSays.Done)]
    [InlineData(CommandKind.Sync, false, -1, 1, TraceSays.Nothing)]
    [InlineData(CommandKind.Lock, false, 1, 1, TraceSays.Done)]
    [InlineData(CommandKind.Lock, true, 1, 1, TraceSays.Nothing)]
    [InlineData(CommandKind.Lock, true, 1, 168, TraceSays.TimeIsOver)]
    public void The_others_are_done_when_the_device_has_reported_since(
        CommandKind kind,
        bool unclear,
        int reported,
        int hours,
        TraceSays says
    ) =>
        Assert.Equal(
            says,
            CommandFollowing.Of(
                kind,
                new CommandTrace("Enrolled", Sent.AddMinutes(reported), null, null),
                unclear,
                Sent,
                Until,
                Sent.AddHours(hours)
            )
        );

    [Theory]
    [InlineData(0, 60)]
    [InlineData(3600, 360)]
    [InlineData(500_000, 3600)]
    public void A_silent_device_costs_few_calls(int since, int pause) =>
        Assert.Equal(
            TimeSpan.FromSeconds(pause),
            CommandFollowing.Pause(TimeSpan.FromSeconds(since), TimeSpan.FromMinutes(1))
        );
}
