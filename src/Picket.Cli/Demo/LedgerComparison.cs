using Picket.Api;

namespace Picket.Cli.Demo;

/// <summary>The ledger's account of who carries which tag, held against the UEM's own answer.</summary>
internal sealed record LedgerComparison(int Tagged, int Mismatches)
{
    public static async Task<LedgerComparison> MakeAsync(
        PicketClient picket,
        EmulatorSite uem,
        IntegrationView integration,
        CancellationToken cancellation
    )
    {
        var ledger = await LedgerTagsAsync(picket, integration.Id, cancellation);
        var tagging = await picket.TaggingAsync(integration.Id, cancellation);
        var names = tagging.Tags.Select(tag => tag.Name).Concat(tagging.Sets.Select(tag => tag.Name)).ToHashSet();
        var actual = await uem.TagsAsync(names, integration.OrganizationGroup.Id, cancellation);
        var inUem = actual
            .SelectMany(tag => tag.Value.Select(device => (device, tag.Key)))
            .ToLookup(pair => pair.device, pair => pair.Key);

        var devices = inUem.Select(group => group.Key).Union(ledger.Keys);
        var mismatches = devices.Count(device =>
            !inUem[device].Order().SequenceEqual(ledger.GetValueOrDefault(device, []).Order())
        );
        return new LedgerComparison(inUem.Count, mismatches);
    }

    private static async Task<Dictionary<long, HashSet<string>>> LedgerTagsAsync(
        PicketClient picket,
        Guid integration,
        CancellationToken cancellation
    )
    {
        var writes = new List<LedgerSummary>();
        await foreach (
            var write in picket.Ledger(new LedgerFilter { IntegrationId = integration }).WithCancellation(cancellation)
        )
        {
            writes.Add(write);
        }

        var tags = new Dictionary<long, HashSet<string>>();
        foreach (var write in writes.OrderBy(write => write.WantedAt).ThenBy(write => write.Id))
        {
            var entry = await picket.LedgerEntryAsync(write.Id, cancellation);
            foreach (var device in entry.Entries.Where(device => device.State == LedgerState.Confirmed))
            {
                Apply(tags, device.UemId, write);
            }
        }

        return tags;
    }

    // In the order of the writes; the last one wins.
    private static void Apply(Dictionary<long, HashSet<string>> tags, long device, LedgerSummary write)
    {
        if (!tags.TryGetValue(device, out var carried))
        {
            tags[device] = carried = [];
        }

        if (write.Kind == "AddTag")
        {
            carried.Add(write.Subject);
        }
        else if (write.Kind == "RemoveTag")
        {
            carried.Remove(write.Subject);
        }
    }
}
