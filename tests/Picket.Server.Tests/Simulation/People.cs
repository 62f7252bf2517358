using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Core.Risk;
using Picket.Server.Brakes;
using Picket.Server.Deployment;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.Server.Sync;

namespace Picket.Server.Tests.Simulation;

/// <summary>All that happens to a fleet from outside: verdicts change, devices come and go, people work in the UEM and in Picket.</summary>
internal sealed class People(
    PicketDatabase database,
    ModelledUem uem,
    SimulatedClock clock,
    Random random,
    IntegrationRow integration,
    Colleagues colleagues,
    Action<string> tell
)
{
    private int passwords;
    private Guid? publication;

    /// <summary>Of each tag of other people, who carries it as they left it.</summary>
    public Dictionary<int, SortedSet<int>> Foreign { get; } = [];

    /// <summary>Devices and tags of Picket that somebody changed by hand: the ledger knows nothing of it.</summary>
    public HashSet<(int Device, int Tag)> ByHand { get; } = [];

    public bool HasNudged => publication is not null;

    public RiskLevel AnyLevel() => (RiskLevel)random.Next(Enum.GetValues<RiskLevel>().Length);

    public void MakeTag(string name, IEnumerable<int> carriers)
    {
        var tag = uem.Make(name, isPickets: false);
        tag.Carriers.UnionWith(carriers);
        Foreign[tag.Id] = [.. tag.Carriers];
    }

    public Task ActAsync() =>
        random.Next(14) switch
        {
            < 4 => JudgeAsync(),
            < 6 => ChangeByHandAsync(),
            < 7 => LeaveOrReturnAsync(),
            < 9 => NudgeAsync(),
            9 => random.Next(2) == 0 ? RefuseAsync() : ProtectAsync(),
            _ => colleagues.ActAsync(),
        };

    private async Task JudgeAsync()
    {
        var (first, many, level) = (random.Next(1, 9), random.Next(0, 6), AnyLevel());
        await using var db = database.Open();
        await db
            .Devices.Where(device => device.RemoteId >= first && device.RemoteId <= first + many)
            .ExecuteUpdateAsync(set => set.SetProperty(device => device.Level, level));
        tell($"devices {first} to {first + many} are {level}");
    }

    /// <summary>All verdicts change at once: each is a level worse, and the worst are fine.</summary>
    public async Task TurnAsync()
    {
        await using var db = database.Open();
        foreach (var device in await db.Devices.ToListAsync())
        {
            device.Level = device.Level == RiskLevel.Critical ? RiskLevel.Secure : device.Level + 1;
        }

        await db.SaveChangesAsync();
        tell("all verdicts change");
    }

    private Task ChangeByHandAsync()
    {
        var tag = uem.Seen[random.Next(uem.Seen.Count)];
        var device = uem.Devices.ElementAt(random.Next(uem.Devices.Count));
        switch (random.Next(tag.IsPickets ? 6 : 3))
        {
            case 0 or 3:
                tag.ChangeByHand(device, isOn: true);
                tell($"by hand {tag.Name} was put on {device}");
                break;
            case 1 or 4:
                tag.ChangeByHand(device, isOn: false);
                tell($"by hand {tag.Name} was taken off {device}");
                break;
            case 2:
                tag.Name = $"Renamed {tag.Id}";
                tell($"by hand tag {tag.Id} was renamed");
                break;
            default:
                uem.Tags.Remove(tag.Id);
                tell($"by hand {tag.Name} was deleted");
                break;
        }

        if (tag.IsPickets)
        {
            ByHand.Add((device, tag.Id));
        }
        else
        {
            Foreign[tag.Id] = [.. tag.Carriers];
        }

        return ReadAsync();
    }

    private async Task LeaveOrReturnAsync()
    {
        var device = random.Next(1, 9);
        if (uem.Devices.Contains(device) && uem.Devices.Count > 2)
        {
            Leave(device);
        }
        else
        {
            uem.Devices.Add(device);
            tell($"device {device} came to the UEM");
        }

        if (random.Next(2) == 0)
        {
            await ReadAsync();
        }
    }

    /// <summary>A device leaves the UEM.</summary>
    public void Leave(int device)
    {
        uem.Remove(device);
        foreach (var carriers in Foreign.Values)
        {
            carriers.Remove(device);
        }

        tell($"device {device} left the UEM");
    }

    /// <summary>The fleet is read: what left the UEM has left the inventory.</summary>
    public async Task ReadAsync()
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        foreach (var device in await db.Devices.ToListAsync())
        {
            Read(device, now);
        }

        db.SyncRuns.Add(
            new SyncRunRow
            {
                Id = Guid.CreateVersion7(now),
                IntegrationId = integration.Id,
                Kind = RunKind.Full,
                State = RunState.Completed,
                RequestedAt = now,
                StartedAt = now,
                EndedAt = now,
            }
        );
        await db.SaveChangesAsync();
    }

    private void Read(DeviceRow device, DateTimeOffset now)
    {
        if (!uem.Devices.Contains(device.RemoteId))
        {
            device.GoneAt ??= now;
            return;
        }

        device.GoneAt = null;
        if (colleagues.HasCommanded)
        {
            var phone = uem.Phone(device.RemoteId);
            (device.UserRemoteId, device.EnrollmentStatus) = (phone.User, phone.Status);
            (device.EnrolledAt, device.LastSeenAt) = (phone.EnrolledAt, phone.SeenAt);
        }
    }

    /// <summary>Somebody sends a message to some devices.</summary>
    private async Task NudgeAsync()
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        publication ??= db.Publications.Add(NewPublication(now)).Entity.Id;
        var nudge = new NudgeRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration.Id,
            PublicationId = publication.Value,
            Gap = FunnelGap.Pending,
            Text = ModelledUem.Nudge,
            State = NudgeState.Sending,
            GoesOnAt = now,
            MadeBy = "person",
            MadeAt = now,
        };
        db.Nudges.Add(nudge);
        List<int> devices = [.. Enumerable.Range(1, 9).Where(_ => random.Next(3) == 0)];
        db.NudgeDevices.AddRange(
            devices.Select(device => new NudgeDeviceRow
            {
                Id = NudgeDeviceRow.IdOf(nudge.Id, device),
                NudgeId = nudge.Id,
                PublicationId = publication.Value,
                RemoteId = device,
            })
        );
        await db.SaveChangesAsync();
        tell($"a message for {string.Join(", ", devices)}");
    }

    private PublicationRow NewPublication(DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration.Id,
            Name = "Guard",
            AppUuid = Guid.Empty,
            AppName = "Guard",
            Configuration = "[]",
            State = PublicationState.Running,
            MadeBy = "person",
            MadeAt = now,
        };

    private async Task ProtectAsync()
    {
        var device = random.Next(1, 9);
        await using var db = database.Open();
        var now = clock.GetUtcNow();
        db.NeverTouch.Add(
            new NeverTouchRow
            {
                Id = Guid.CreateVersion7(now),
                IntegrationId = integration.Id,
                Kind = Core.Response.NeverTouchKind.Device,
                Value = $"S{device}", // Its serial number.
                Reason = "Board member",
                AddedBy = "person",
                AddedAt = now,
            }
        );
        await db.SaveChangesAsync();
        uem.NeverTouched.Add(device);
        tell($"device {device} is never to be touched");
    }

    /// <summary>Somebody changes the password of Picket's account, and tells nobody.</summary>
    private Task RefuseAsync()
    {
        uem.IsPasswordRefused = true;
        tell("the password was changed in the UEM");
        return Task.CompletedTask;
    }

    /// <summary>Somebody enters the new password.</summary>
    public async Task MendAsync()
    {
        if (!uem.IsPasswordRefused)
        {
            return;
        }

        uem.IsPasswordRefused = false;
        await using var db = database.Open();
        var row = await db.Integrations.SingleAsync();
        row.CredentialVersion++;
        row.ProtectedSecrets = Scenery.Close(row, $"secret {++passwords}");
        (row.State, row.StateReason) = (IntegrationState.Active, null);
        await db.SaveChangesAsync();
        tell("the new password was entered");
    }

    /// <summary>Somebody approves what the brake holds, and has repaired what others changed.</summary>
    /// <returns>Whether something waited for it.</returns>
    public async Task<bool> DecideAsync()
    {
        await using var db = database.Open();
        var now = clock.GetUtcNow();
        var approved = await db
            .TagRuns.Where(run => run.State == RunState.Held)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(run => run.State, RunState.Queued)
                    .SetProperty(run => run.AcceptedChanges, run => run.HeldChanged)
                    .SetProperty(run => run.ApprovedBy, "person")
                    .SetProperty(run => run.ApprovedAt, now)
            );
        if (approved > 0)
        {
            tell("what was held is approved");
        }

        var repaired = await db
            .Drift.Where(drift => drift.Asks && drift.EndedAt == null)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(drift => drift.Asks, false)
                    .SetProperty(drift => drift.DecidedBy, "person")
                    .SetProperty(drift => drift.DecidedAt, now)
            );
        if (repaired > 0)
        {
            tell("what others changed is to be repaired");
        }

        return approved + repaired > 0;
    }
}
