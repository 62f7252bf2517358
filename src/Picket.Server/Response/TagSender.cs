using Picket.Core.Response;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>Sends the calls of one plan: adds first, then removals of the devices whose add did not fail.</summary>
internal sealed class TagSender(
    UemTags uem,
    LedgerBook ledger,
    TagRunRow run,
    IReadOnlyList<OwnedTagRow> owned,
    IReadOnlyDictionary<long, Guid> deviceIds
)
{
    private readonly HashSet<long> failed = [];
    private readonly HashSet<OwnedTagRow> touched = [];

    public IEnumerable<OwnedTagRow> Touched => touched;

    public async Task SendAsync(TagPlan plan, int batchSize, CancellationToken cancellation)
    {
        var adds = plan.Calls.Where(call => call.Action == TagAction.Add);
        batchSize = await SendAllAsync(adds, batchSize, cancellation);
        var removals = TagPlanner.WithoutRemovalsOf(plan, failed).Calls.Where(call => call.Action == TagAction.Remove);
        await SendAllAsync(removals, batchSize, cancellation);
    }

    private async Task<int> SendAllAsync(IEnumerable<TagCall> calls, int batchSize, CancellationToken cancellation)
    {
        var waiting = new LinkedList<TagCall>(calls.SelectMany(call => TagBatches.Split(call, batchSize)));
        while (waiting.First?.Value is { } call)
        {
            waiting.RemoveFirst();
            var outcome = await SendOneAsync(call, cancellation);
            if (outcome != BulkOutcome.OverLimit)
            {
                continue;
            }

            if (TagBatches.Halve(call.Devices.Count) is not { } half)
            {
                run.IncompleteReasons.Add(
                    $"The UEM takes no tag call at all for \"{call.Tag.Name}\": its bulk limit is zero."
                );
                return batchSize;
            }

            batchSize = half;
            waiting = new LinkedList<TagCall>(TagBatches.Recut(call, waiting, half));
        }

        return batchSize;
    }

    private async Task<BulkOutcome> SendOneAsync(TagCall call, CancellationToken cancellation)
    {
        var tag = owned.First(row => row.Name == call.Tag.Name);
        Guid[] devices = [.. call.Devices.Select(device => deviceIds[device])];
        var entry = await ledger.MarkSentAsync(
            run,
            tag,
            LedgerKinds.Of(call.Action),
            devices,
            call.Devices,
            cancellation
        );
        touched.Add(tag);

        var answer = await uem.SendAsync(call.Action, tag.RemoteId!.Value, call.Devices, cancellation);
        if (answer.Outcome == BulkOutcome.Answered)
        {
            await ledger.AnsweredAsync(entry, [.. Refused(entry, answer)], cancellation);
            return answer.Outcome;
        }

        await ledger.RefusedAsync(entry, answer.Code, answer.Reason ?? answer.Outcome.ToString(), cancellation);
        if (answer.Outcome != BulkOutcome.OverLimit)
        {
            failed.UnionWith(call.Devices);
            run.Failed += call.Devices.Count;
            run.IncompleteReasons.Add(answer.Reason ?? answer.Outcome.ToString());
        }

        return answer.Outcome;
    }

    private IEnumerable<LedgerDeviceRow> Refused(LedgerEntryRow entry, TagAnswer answer)
    {
        foreach (var fault in answer.Faults.Where(fault => BulkAnswer.Classify(fault) != DeviceOutcome.ReadBack))
        {
            if (!deviceIds.TryGetValue(fault.Device, out var device))
            {
                continue;
            }

            failed.Add(fault.Device);
            run.Failed++;
            yield return new LedgerDeviceRow
            {
                EntryId = entry.Id,
                DeviceId = device,
                State = LedgerState.Failed,
                ErrorCode = fault.Code,
                Error = fault.Message,
            };
        }
    }
}
