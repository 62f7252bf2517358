using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Commands;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Tests.Simulation;

/// <summary>What is true at the end of each history, whatever happened in it.</summary>
internal sealed class Expectations(
    PicketDatabase database,
    ModelledUem uem,
    People people,
    Colleagues colleagues,
    DenyLists lists,
    Letters letters,
    IntegrationRow integration
)
{
    /// <summary>Whether tags or messages still go on by themselves.</summary>
    public async Task<bool> AreTagsUnderWayAsync()
    {
        await using var db = database.Open();
        var last = await db.TagRuns.AsNoTracking().OrderByDescending(run => run.Id).FirstOrDefaultAsync();
        return last is not { State: RunState.Completed }
            || people.HasNudged && await db.Nudges.AnyAsync(nudge => nudge.State == NudgeState.Sending);
    }

    public async Task<bool> AreCommandsUnderWayAsync()
    {
        await using var db = database.Open();
        return await db.DeviceCommands.AnyAsync(command => command.EndedAt == null);
    }

    /// <summary>
    /// In a quiet hour a tag costs no more calls than its devices fill, and names none of them twice. What came up after a held run
    /// was shown goes in a run of its own, and may cost one call more.
    /// </summary>
    public async Task CallsAreFewAsync(DateTimeOffset since)
    {
        await using var db = database.Open();
        var apart = await db.TagRuns.CountAsync(run => run.NotShown > 0 && run.EndedAt >= since);
        foreach (var calls in uem.Writes.GroupBy(write => (write.Tag, write.IsAdd)))
        {
            var devices = calls.SelectMany(call => call.Devices).ToList();
            var fewest = (devices.Count + integration.TagBatchSize - 1) / integration.TagBatchSize;
            if (devices.Count != devices.Distinct().Count())
            {
                uem.Offences.Add($"Tag {calls.Key} was sent twice for a device: {string.Join(", ", devices)}.");
            }

            if (uem.BulkLimit >= integration.TagBatchSize && calls.Count() > fewest + apart)
            {
                uem.Offences.Add($"Tag {calls.Key} took {calls.Count()} calls for {devices.Count} devices.");
            }
        }
    }

    public async Task<List<string>> WrongAsync()
    {
        await using var db = database.Open();
        var owned = await db.OwnedTags.AsNoTracking().ToListAsync();
        var wrong = new List<string>(uem.Offences);
        wrong.AddRange(WrongForeign());
        wrong.AddRange(await WrongTagsAsync(db, owned));
        wrong.AddRange(await WrongLedgerAsync(db, owned));
        if (people.HasNudged)
        {
            wrong.AddRange(await WrongMessagesAsync(db));
        }

        if (colleagues.HasCommanded)
        {
            wrong.AddRange(await WrongCommandsAsync(db));
        }

        if (lists.IsOn)
        {
            wrong.AddRange(await lists.WrongAsync(db));
        }

        if (letters.IsOn)
        {
            wrong.AddRange(await letters.WrongAsync(db));
        }

        return wrong;
    }

    private IEnumerable<string> WrongForeign() =>
        from tag in people.Foreign
        let now = uem.Tags[tag.Key]
        where !tag.Value.SetEquals(now.Carriers)
        select $"{now.Name} of others was on {Text(tag.Value)}, and is on {Text(now.Carriers)}.";

    /// <summary>
    /// Each device carries the tag of its level, those of the policy's sets that it is to, and no other of ours; and that is
    /// what is taken for confirmed.
    /// </summary>
    private async Task<List<string>> WrongTagsAsync(PicketDbContext db, List<OwnedTagRow> owned)
    {
        var levels = owned.Where(tag => tag.RemoteId is not null).ToDictionary(tag => tag.RemoteId!.Value);
        var carried = (
            from tag in uem.Tags.Values
            where tag.IsPickets
            from device in tag.Carriers
            select (Device: device, Tag: levels.GetValueOrDefault(tag.Id))
        ).ToList();
        var wanted = (await db.Devices.AsNoTracking().Where(device => device.GoneAt == null).ToListAsync()).Where(
            device => device.Level != RiskLevel.Unknown
        );
        var ofSets = await (
            from wish in db.WantedTags
            join device in db.Devices on wish.DeviceId equals device.Id
            where device.GoneAt == null && db.PolicyTags.Any(tag => tag.Name == wish.Tag)
            select new { device.RemoteId, wish.Tag }
        ).ToListAsync();
        var confirmed = await db.DeviceTags.AsNoTracking().ToListAsync();
        var known = (await db.Devices.Select(device => device.RemoteId).ToListAsync()).ToHashSet();
        var wrong = new List<string>();
        Compare(
            "wanted",
            wanted
                .Select(device => (device.RemoteId, (string?)$"Picket: {device.Level}"))
                .Concat(ofSets.Select(wish => (wish.RemoteId, (string?)wish.Tag)))
                .Where(IsTouched),
            carried.Select(pair => (pair.Device, pair.Tag?.Name)).Where(IsTouched)
        );
        Compare(
            "confirmed",
            confirmed.Select(row => (row.RemoteId, (Guid?)row.OwnedTagId)),
            carried.Select(pair => (pair.Device, pair.Tag?.Id))
        );
        return wrong;

        // Of a device that is in no inventory nobody can tell whether the list means it: it counts as if it did.
        bool IsTouched<T>((int Device, T) pair) =>
            !uem.NeverTouched.Contains(pair.Device) && (uem.NeverTouched.Count == 0 || known.Contains(pair.Device));

        void Compare<T>(string what, IEnumerable<(int, T)> said, IEnumerable<(int, T)> true_)
        {
            var (expected, actual) = (Text(said.Order()), Text(true_.Order()));
            if (expected != actual)
            {
                wrong.Add($"{what} is {expected}; the UEM has {actual}.");
            }
        }
    }

    /// <summary>Nothing waits for ever, and what is said to be confirmed is so.</summary>
    private async Task<IEnumerable<string>> WrongLedgerAsync(PicketDbContext db, List<OwnedTagRow> owned)
    {
        var entries = await (
            from entry in db.Ledger.AsNoTracking()
            where entry.OwnedTagId != null
            join device in db.LedgerDevices.AsNoTracking() on entry.Id equals device.EntryId into devices
            from device in devices.DefaultIfEmpty()
            select new
            {
                entry.Kind,
                entry.Subject,
                entry.State,
                entry.OwnedTagId,
                Device = (int?)device.RemoteId,
                Confirmed = (LedgerState?)device.State == LedgerState.Confirmed,
            }
        ).ToListAsync();
        var open = entries
            .Where(entry => entry.State is not (LedgerState.Confirmed or LedgerState.Failed or LedgerState.Undone))
            .Select(entry => $"The ledger leaves {entry.Kind} {entry.Subject} as {entry.State}.");
        var numbers = owned.ToDictionary(tag => tag.Id, tag => tag.RemoteId);
        var confirmed = entries
            .Where(entry => entry is { Kind: "AddTag", Confirmed: true })
            .Select(entry => (entry.Device!.Value, numbers[entry.OwnedTagId!.Value] ?? 0))
            .ToHashSet();
        var missing =
            from write in uem.ByPicket
            where write.Value && !people.ByHand.Contains(write.Key)
            where uem.Tags.TryGetValue(write.Key.Tag, out var tag) && tag.Carriers.Contains(write.Key.Device)
            where !confirmed.Contains(write.Key)
            select $"Picket put tag {write.Key.Tag} on device {write.Key.Device}, and the ledger confirms it nowhere.";
        return open.Concat(missing);
    }

    /// <summary>No message is left on its way, each was marked once, and what is said to have been sent has arrived.</summary>
    private async Task<IEnumerable<string>> WrongMessagesAsync(PicketDbContext db)
    {
        var devices = await db.NudgeDevices.AsNoTracking().ToListAsync();
        var commands = await db
            .Ledger.AsNoTracking()
            .Where(entry => entry.Kind == "SendMessage" && entry.CommandId == null)
            .ToListAsync();
        var open = devices
            .Where(device => device.State is NudgeDeviceState.Waiting or NudgeDeviceState.Sending)
            .Select(device => $"The message to device {device.RemoteId} is {device.State}.");
        var twice = commands
            .Where(command => command.Sends != 1)
            .Select(command => $"A message was marked as sent {command.Sends} times.");
        var claimed = devices
            .Where(device => device.State == NudgeDeviceState.Sent)
            .Where(device => !uem.Messages.ContainsKey(device.RemoteId))
            .Select(device => $"Device {device.RemoteId} is said to have got a message that never came.");
        var silent = commands
            .Where(command => command is { State: LedgerState.Sent, Error: null })
            .Select(_ => "The ledger does not say why nobody can tell whether a message went out.");
        return open.Concat(twice).Concat(claimed).Concat(silent);
    }

    /// <summary>Each command has an end, went out at most once, and is said to have wiped only what was wiped.</summary>
    private async Task<IEnumerable<string>> WrongCommandsAsync(PicketDbContext db)
    {
        var commands = await db.DeviceCommands.AsNoTracking().ToListAsync();
        var entries = (await db.Ledger.AsNoTracking().Where(entry => entry.CommandId != null).ToListAsync()).ToLookup(
            entry => entry.CommandId
        );
        var open = commands
            .Where(command => command.EndedAt is null)
            .Select(command => $"{command.Kind} to {command.RemoteId} is {command.State} for ever.");
        var twice = commands
            .Where(command => entries[command.Id].OrderBy(entry => entry.Id).SkipLast(1).Any(MayHaveLeft))
            .Select(command => $"{command.Kind} to {command.RemoteId} was sent again.");
        var marks = commands
            .SelectMany(command => entries[command.Id])
            .Where(entry => entry.Sends > 1)
            .Select(entry => $"{entry.Kind} to {entry.Subject} was marked as sent {entry.Sends} times.");
        var left = commands
            .Where(command => command.State != CommandState.Taken) // Of a message the UEM tells no more.
            .SelectMany(command => entries[command.Id])
            .Where(entry =>
                entry.State
                    is not (LedgerState.Confirmed or LedgerState.Failed or LedgerState.Undone or LedgerState.Dropped)
            )
            .Select(entry => $"The ledger leaves {entry.Kind} to {entry.Subject} as {entry.State}.");
        var claimed = commands
            .Where(command =>
                command is { Kind: CommandKind.EnterpriseWipe, State: CommandState.Confirmed, EndedBy: null }
            )
            .Where(command => !uem.WasWiped(command.RemoteId, command.SentAt!.Value))
            .Select(command => $"Device {command.RemoteId} is said to be wiped, and nobody did.");
        return open.Concat(twice).Concat(marks).Concat(left).Concat(claimed);

        // What the UEM refused, or what never left, may be sent by another entry; what is in doubt never.
        static bool MayHaveLeft(LedgerEntryRow entry) => entry.State is not (LedgerState.Dropped or LedgerState.Failed);
    }

    private static string Text<T>(IEnumerable<T> things) => string.Join(", ", things);
}
