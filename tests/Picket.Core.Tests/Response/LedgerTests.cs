using CsCheck;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class LedgerTests
{
    private static readonly Gen<LedgerState[]> Moves = Gen.Enum<LedgerState>().Array[0, 40];

    [Fact]
    public void Sends_a_command_once_at_most_whatever_is_tried() =>
        Moves.Sample(moves => Walk(LedgerKind.Command, moves).Sends <= 1, iter: 5_000);

    [Fact]
    public void Refuses_a_command_that_was_sent_even_if_its_row_went_back() =>
        Assert.False(Ledger.MaySend(new(LedgerKind.Command, LedgerState.Approved, Sends: 1)));

    [Fact]
    public void Sends_a_state_again_while_its_answer_is_missing()
    {
        var sent = Ledger.Move(new(LedgerKind.State, LedgerState.Approved), LedgerState.Sent)!;
        var again = Ledger.Move(sent, LedgerState.Sent);

        Assert.Equal(2, again?.Sends);
    }

    [Fact]
    public void Sends_nothing_that_was_not_approved() =>
        Moves.Sample(moves =>
        {
            var entry = new LedgerEntry(LedgerKind.State, LedgerState.Wanted);
            var approved = false;
            foreach (var to in moves)
            {
                entry = Ledger.Move(entry, to) ?? entry;
                approved |= entry.State == LedgerState.Approved;
            }

            return approved || entry.Sends == 0;
        });

    [Theory]
    [InlineData(LedgerKind.State, LedgerState.Undone)]
    [InlineData(LedgerKind.Command, LedgerState.Failed)]
    [InlineData(LedgerKind.Command, LedgerState.Undone)]
    [InlineData(LedgerKind.Command, LedgerState.Dropped)]
    public void Leaves_an_end_never(LedgerKind kind, LedgerState end) =>
        Assert.All(Enum.GetValues<LedgerState>(), to => Assert.False(Ledger.MayMove(new(kind, end, Sends: 1), to)));

    [Fact]
    public void Sends_what_the_gate_held_back_again_where_it_is_a_state_and_what_was_withdrawn_never()
    {
        Assert.True(Ledger.MayMove(new(LedgerKind.State, LedgerState.Sent, Sends: 1), LedgerState.Dropped));
        Assert.True(Ledger.MaySend(new(LedgerKind.State, LedgerState.Dropped, Sends: 1)));
        Assert.False(Ledger.MaySend(new(LedgerKind.State, LedgerState.Dropped)));
        Assert.False(Ledger.MaySend(new(LedgerKind.Command, LedgerState.Dropped, Sends: 1)));
    }

    [Fact]
    public void Tries_a_state_that_failed_again_and_counts_it() =>
        Assert.Equal(2, Ledger.Move(new(LedgerKind.State, LedgerState.Failed, Sends: 1), LedgerState.Sent)?.Sends);

    [Fact]
    public void Undoes_a_state_but_no_command()
    {
        Assert.True(Ledger.MayMove(new(LedgerKind.State, LedgerState.Confirmed, 1), LedgerState.Undone));
        Assert.False(Ledger.MayMove(new(LedgerKind.Command, LedgerState.Confirmed, 1), LedgerState.Undone));
    }

    [Theory]
    [InlineData(LedgerKind.State, ReadBack.Done, LostAnswerStep.Confirm)]
    [InlineData(LedgerKind.State, ReadBack.NotDone, LostAnswerStep.SendAgain)]
    [InlineData(LedgerKind.State, ReadBack.CannotTell, LostAnswerStep.ReadAgain)]
    [InlineData(LedgerKind.Command, ReadBack.Done, LostAnswerStep.Confirm)]
    [InlineData(LedgerKind.Command, ReadBack.NotDone, LostAnswerStep.AskPerson)]
    [InlineData(LedgerKind.Command, ReadBack.CannotTell, LostAnswerStep.AskPerson)]
    public void Settles_a_lost_answer(LedgerKind kind, ReadBack seen, LostAnswerStep expected) =>
        Assert.Equal(expected, LostAnswer.Next(kind, seen));

    [Fact]
    public void Derives_one_key_for_one_write()
    {
        Guid integration = new("6c0b4a52-0000-4000-8000-000000000001");
        Guid plan = new("6c0b4a52-0000-4000-8000-000000000002");
        var key = IdempotencyKey.Derive(integration, "tag-add:11", plan, [3, 1, 2]);

        Assert.Equal(key, IdempotencyKey.Derive(integration, "tag-add:11", plan, [1, 2, 3, 3]));
        Assert.NotEqual(key, IdempotencyKey.Derive(integration, "tag-add:11", plan, [1, 2]));
        Assert.NotEqual(key, IdempotencyKey.Derive(integration, "tag-remove:11", plan, [1, 2, 3]));
        Assert.NotEqual(key, IdempotencyKey.Derive(integration, "tag-add:11", integration, [1, 2, 3]));
        Assert.NotEqual(key, IdempotencyKey.Derive(plan, "tag-add:11", plan, [1, 2, 3]));
    }

    private static LedgerEntry Walk(LedgerKind kind, IEnumerable<LedgerState> moves) =>
        moves.Aggregate(new LedgerEntry(kind, LedgerState.Wanted), (entry, to) => Ledger.Move(entry, to) ?? entry);
}
