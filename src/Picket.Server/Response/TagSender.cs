using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>
/// Sends the calls of one plan, each in the ledger first: adds, then removals of the devices whose add did not fail. What
/// became of each device is told by reading back, not here.
/// </summary>
internal sealed class TagSender(
    UemTags uem,
    LedgerBook ledger,
    TagDelays delays,
    TagRunRow run,
    IReadOnlyList<OwnedTagRow> owned
)
{
    private const int MostFailuresInARow = 2;

    private readonly NeverTouchBook never = new(run.IntegrationId);
    private readonly HashSet<FailedAdd> failed = [];
    private readonly HashSet<OwnedTagRow> touched = [];
    private int failuresInARow;

    /// <summary>Tags that are to be read back.</summary>
    public IEnumerable<OwnedTagRow> Touched => touched;

    /// <exception cref="WritesStoppedException">All writes are stopped; what is left is planned anew afterwards.</exception>
    /// <exception cref="TaggingEndedException">The UEM would refuse what is left as well.</exception>
    public async Task SendAsync(TagPlan plan, CancellationToken cancellation)
    {
        await SendAllAsync(plan.Calls.Where(call => call.Action == TagAction.Add), cancellation);
        var removals = TagPlanner.WithoutRemovalsOf(plan, failed).Calls.Where(call => call.Action == TagAction.Remove);
        await SendAllAsync(removals, cancellation);
    }

    private async Task SendAllAsync(IEnumerable<TagCall> calls, CancellationToken cancellation)
    {
        var waiting = Cut(calls);
        while (waiting.First?.Value is { } call)
        {
            waiting.RemoveFirst();
            if (await SendOneAsync(call, cancellation) != BulkOutcome.OverLimit)
            {
                continue;
            }

            run.BatchSize =
                TagBatches.Halve(call.Devices.Count)
                ?? throw new TaggingEndedException(
                    $"The UEM takes no tag call at all for \"{call.Tag.Name}\": its bulk limit is zero. Raise it there."
                );
            waiting = Cut(waiting.Prepend(call));
        }
    }

    private LinkedList<TagCall> Cut(IEnumerable<TagCall> calls) =>
        new(run.BatchSize is { } size ? calls.SelectMany(call => TagBatches.Split(call, size)) : calls);

    private async Task<BulkOutcome> SendOneAsync(TagCall call, CancellationToken cancellation)
    {
        var tag = owned.First(row =>
            call.Tag.Id is { } id ? row.RemoteId == id : row.InForce && row.Name == call.Tag.Name
        );
        var kind = LedgerKinds.Of(call.Action);
        int[] planned = [.. call.Devices.Select(device => (int)device)];
        var marked = await ledger.MarkSentAsync(run, tag, kind, planned, never, cancellation);
        IReadOnlyList<int> devices = marked?.Devices ?? [];
        // The others keep what they carry: a tag is not taken off where the new one was not put on.
        Fail(call, call.Devices.Except(devices.Select(device => (long)device)));
        if (marked is null)
        {
            return BulkOutcome.Answered;
        }

        var entry = marked.Entry;
        touched.Add(tag);

        var answer = await uem.SendAsync(call.Action, tag.RemoteId!.Value, devices, cancellation);
        if (answer.Failure is not { } failure)
        {
            failuresInARow = 0;
            await ledger.AnsweredAsync(entry, [.. Refused(entry, call, answer)], cancellation);
            await delays.NoteAsync(run, devices, answer.SentAt!.Value, cancellation);
            return answer.Outcome;
        }

        await (
            // A refused retry says nothing about the attempt before it.
            answer.Outcome == BulkOutcome.Unclear
            || failure.SentBefore
                ? ledger.UnclearAsync(entry, failure, cancellation)
                : ledger.RefusedAsync(entry, failure, cancellation)
        );
        if (failure is WritesStoppedException)
        {
            throw failure; // The run waits.
        }

        if (answer.Outcome != BulkOutcome.OverLimit)
        {
            Fail(call, call.Devices);
            ThrowIfOver(answer.Outcome, kind, failure);
        }

        return answer.Outcome;
    }

    private void Fail(TagCall call, IEnumerable<long> devices) =>
        failed.UnionWith(devices.Select(device => new FailedAdd(device, call.Tag.Set)));

    private void ThrowIfOver(BulkOutcome outcome, string kind, WorkspaceOneException failure)
    {
        failuresInARow += outcome is BulkOutcome.Unclear or BulkOutcome.TryLater ? 1 : 0;
        if (BulkAnswer.EndsTheRun(outcome) || failuresInARow >= MostFailuresInARow)
        {
            throw new TaggingEndedException(
                outcome == BulkOutcome.RightMissing
                    ? MissingTagRight.Explain(failure, MissingTagRight.Of(kind))
                    : failure.Message
            );
        }
    }

    private IEnumerable<LedgerDeviceRow> Refused(LedgerEntryRow entry, TagCall call, TagAnswer answer)
    {
        var sent = call.Devices.ToHashSet();
        foreach (
            var fault in answer.Faults.Where(fault =>
                BulkAnswer.Classify(fault) != DeviceOutcome.ReadBack && sent.Remove(fault.Device)
            )
        )
        {
            Fail(call, [fault.Device]);
            if (answer.IsRepeated)
            {
                continue; // What a retry refuses the attempt before it may have done: reading back tells.
            }

            yield return new LedgerDeviceRow
            {
                EntryId = entry.Id,
                RemoteId = (int)fault.Device,
                State = LedgerState.Failed,
                ErrorCode = fault.Code,
                Error = fault.Message,
            };
        }
    }
}
