using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// The lists of denied apps, in a third of the histories: who switches them on and off, decides what is held, and changes them
/// in the UEM by hand; and what they have to hold at the end. With a chance of its own, as <see cref="Purposes"/>.
/// </summary>
internal sealed partial class DenyLists(
    PicketDatabase database,
    ModelledUem uem,
    TimeProvider clock,
    Random random,
    IntegrationRow integration,
    Discoveries discoveries,
    Action<string> tell
)
{
    private static readonly (DenyPlatform Platform, string Name)[] Names =
    [
        (DenyPlatform.Android, "Picket: denied apps (Android)"),
        (DenyPlatform.Apple, "Picket: denied apps (Apple)"),
    ];

    private static readonly string[] OfOthers = ["com.theirs.one", "com.theirs.two"];

    private readonly Dictionary<int, string> foreign = [];
    private bool areWanted = true;

    public bool IsOn { get; private set; }

    /// <summary>Whether they come before the tags: what a process dies of then.</summary>
    public bool AreFirst { get; } = random.Next(2) == 0;

    public async Task BeginAsync(bool? isOn)
    {
        IsOn = isOn ?? random.Next(3) == 0;
        if (!IsOn)
        {
            return;
        }

        MakeByHand("Games");
        if (random.Next(6) == 0)
        {
            MakeByHand(Names[0].Name); // In Picket's way, until somebody calls it otherwise.
        }

        await SwitchAsync(on: true);
        if (isOn is null && random.Next(2) == 0)
        {
            await discoveries.ActAsync();
            await KeepAsync();
        }
    }

    /// <summary>As an earlier, well run left them.</summary>
    private async Task KeepAsync()
    {
        await using var db = database.Open();
        var now = clock.GetUtcNow();
        db.AppGroupRuns.Add(
            new AppGroupRunRow
            {
                Id = Guid.CreateVersion7(now),
                IntegrationId = integration.Id,
                State = RunState.Completed,
                QueuedAt = now,
                StartedAt = now,
                EndedAt = now,
            }
        );
        foreach (var (platform, name) in Names)
        {
            var apps = discoveries.Denied(platform, uem.Devices).ToList();
            if (apps.Count == 0 || uem.AppGroups.Values.Any(group => group.Name == name))
            {
                continue;
            }

            var made = uem.MakeAppGroup(name, platform.ToString(), isPickets: true, apps);
            var owned = new OwnedAppGroupRow
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                IntegrationId = integration.Id,
                Uem = integration.Address,
                OrganizationGroupId = integration.OrganizationGroupId,
                Platform = platform,
                Name = name,
                RemoteId = made.Id,
            };
            db.OwnedAppGroups.Add(owned);
            db.AppGroupApps.AddRange(
                apps.Select(app => new AppGroupAppRow
                {
                    GroupId = owned.Id,
                    AppId = app,
                    Ours = true,
                })
            );
        }

        await db.SaveChangesAsync();
    }

    private void MakeByHand(string name)
    {
        var group = uem.MakeAppGroup(name, "Android", isPickets: false, OfOthers);
        foreign[group.Id] = string.Join(' ', group.Apps);
    }

    /// <returns>Whether the fleet is read after it.</returns>
    public async Task<bool> ActAsync()
    {
        if (!IsOn)
        {
            return false;
        }

        switch (random.Next(8))
        {
            case < 3:
                return ChangeByHand();
            case 3:
                await DecideAsync(approves: random.Next(2) == 0);
                return false;
            case 4 when random.Next(3) == 0:
                await SwitchAsync(on: !areWanted);
                return false;
            default:
                return false;
        }
    }

    private bool ChangeByHand()
    {
        var groups = uem.AppGroups.Values.Where(group => group.IsPickets).ToList();
        if (groups.Count == 0)
        {
            return false;
        }

        var group = groups[random.Next(groups.Count)];
        var app = random.Next(2) == 0 ? OfOthers[random.Next(2)] : group.Apps.ElementAt(random.Next(group.Apps.Count));
        if (random.Next(4) == 0)
        {
            uem.AppGroups.Remove(group.Id);
            tell($"by hand app group {group.Id} was deleted");
        }
        else if (group.Apps.Add(app))
        {
            group.ByHand.Add(app);
            tell($"by hand {app} was put into app group {group.Id}");
        }
        else if (group.Apps.Count > 1)
        {
            group.Apps.Remove(app);
            group.ByHand.Remove(app);
            tell($"by hand {app} was taken out of app group {group.Id}");
        }

        return true;
    }

    /// <summary>An administrator accepts a preview, or has Picket's apps taken out.</summary>
    private async Task SwitchAsync(bool on)
    {
        await using var db = database.Open();
        var now = clock.GetUtcNow();
        if (await AppGroupQueue.Open(db).AnyAsync())
        {
            return; // As both are refused then.
        }

        var row = await db.AppGroupSwitches.SingleOrDefaultAsync();
        row ??= db
            .AppGroupSwitches.Add(
                new AppGroupSwitchRow { IntegrationId = integration.Id, MostChanges = random.Next(3) * 3 }
            )
            .Entity;
        (row.Enabled, row.AcceptedFor) = (on, AcceptedFor());
        if (!on)
        {
            db.AppGroupRuns.Add(NewCleanUp(now));
        }

        await db.SaveChangesAsync();
        areWanted = on;
        tell($"lists of denied apps are switched {(on ? "on" : "off")}");
    }

    private AppGroupRunRow NewCleanUp(DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration.Id,
            Kind = AppGroupRunKind.CleanUp,
            ApprovedBy = "person",
            ApprovedAt = now,
            QueuedAt = now,
        };

    /// <summary>What an administrator's word holds for.</summary>
    private string AcceptedFor() =>
        JsonSerializer.Serialize(
            new
            {
                integration.Address,
                integration.OrganizationGroupId,
                Excluded = Array.Empty<string>(),
                SmartGroups = Array.Empty<string>(),
            }
        );

    /// <summary>Somebody decides on what the brake holds.</summary>
    /// <returns>Whether something was held.</returns>
    public async Task<bool> DecideAsync(bool approves)
    {
        await using var db = database.Open();
        var now = clock.GetUtcNow();
        var held = db.AppGroupRuns.Where(run => run.State == RunState.Held);
        var decided = approves
            ? await held.ExecuteUpdateAsync(set =>
                set.SetProperty(run => run.State, RunState.Queued)
                    .SetProperty(run => run.AcceptedChanges, run => run.HeldChanges)
                    .SetProperty(run => run.ApprovedBy, "person")
                    .SetProperty(run => run.ApprovedAt, now)
            )
            : await held.ExecuteUpdateAsync(set =>
                set.SetProperty(run => run.State, RunState.Cancelled)
                    .SetProperty(run => run.EndedAt, now)
                    .SetProperty(run => run.CancelledBy, "person")
            );
        if (decided > 0)
        {
            tell($"the held change of lists is {(approves ? "approved" : "declined")}");
        }

        return decided > 0;
    }

    /// <summary>What is in Picket's way is called otherwise, and what was put off comes now.</summary>
    public void Mend()
    {
        uem.CatchUp(all: true);
        foreach (var group in uem.AppGroups.Values.Where(group => !group.IsPickets))
        {
            group.Name = $"Games {group.Id}";
        }
    }

    /// <summary>Whether a run is still to come. A clean-up that ended short is asked for anew.</summary>
    public async Task<bool> AreUnderWayAsync()
    {
        await using var db = database.Open();
        var last = await db.AppGroupRuns.AsNoTracking().OrderByDescending(run => run.Id).FirstOrDefaultAsync();
        if (areWanted || last is null or { State: RunState.Completed, Kind: AppGroupRunKind.CleanUp })
        {
            return areWanted && last is not { State: RunState.Completed };
        }

        if (last.EndedAt is not null)
        {
            db.AppGroupRuns.Add(NewCleanUp(clock.GetUtcNow()));
            await db.SaveChangesAsync();
        }

        return true;
    }
}
