using Microsoft.EntityFrameworkCore;
using OtpNet;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Commands;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.Server.Tests.Deployment;
using Picket.Server.Tests.People;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Access;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// People who, between the kills, list apps, have users told of them, send commands and have one device wiped; and what the UEM
/// got of it in the end.
/// </summary>
internal sealed class KilledPeople(PublicationScene scene, DeviceRow victim, IReadOnlyList<string> apps)
{
    private const int FewestListed = 2;

    private readonly Dictionary<string, Guid> listed = [];
    private Seat asker = null!;
    private Seat approver = null!;
    private Guid? wipe;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<KilledPeople> BeginAsync(PublicationScene scene, DeviceRow victim, IEnumerable<Guid> calm)
    {
        var rare = await RareAppsAsync(scene, [.. calm]);
        var people = new KilledPeople(scene, victim, rare);
        people.asker = await SitAsync(scene, Role.Administrator);
        people.approver = await SitAsync(scene, Role.Approver);
        foreach (var app in rare.Take(FewestListed))
        {
            await people.ListAsync(scene.Client, app);
        }

        await scene.Sync.JudgedAsync();
        var preview = await scene.Client.PreviewAppGroupsAsync(scene.Integration, Cancel);
        await scene.Client.AcceptAppGroupsAsync(scene.Integration, preview.Id, Cancel);
        return people;
    }

    /// <summary>Apps on few devices, so that nobody has to be asked before their tags change.</summary>
    private static async Task<List<string>> RareAppsAsync(PublicationScene scene, List<Guid> calm)
    {
        await using var db = scene.Picket.OpenDatabase();
        var all = await (
            from app in db.Apps
            join there in db.DeviceApps on app.Id equals there.AppId
            where !app.Hashed && app.Platform == "Android"
            group there by app.Identifier into devices
            where devices.Count() <= 3 && !devices.Any(there => calm.Contains(there.DeviceId))
            orderby devices.Key
            select devices.Key
        ).ToListAsync(Cancel);
        var apps = all.FindAll(app => app != PublicationScene.Bundle && !WellKnownApps.IsUemAgent(app));
        Assert.True(apps.Count > FewestListed, $"Only {apps.Count} apps are on few devices.");
        return apps;
    }

    /// <summary>Somebody with a second factor, linked to a UEM account of their own.</summary>
    private static async Task<Seat> SitAsync(PublicationScene scene, Role role)
    {
        var colleague = await Tests.People.Colleague.JoinAsync(scene.Picket, new Core.Identity.Grant(role, null));
        var account = scene.Uem.Access.AddAccount(
            colleague.Name,
            "secret",
            SeededRoles.ConsoleAdministrator,
            scene.Uem.OrganizationGroup.Index
        );
        await using var db = scene.Picket.OpenDatabase();
        var person = await db.Persons.SingleAsync(row => row.UserName == colleague.Name, Cancel);
        var now = TimeProvider.System.GetUtcNow();
        db.AdminLinks.Add(
            new AdminLinkRow
            {
                Id = Guid.CreateVersion7(now),
                IntegrationId = scene.Integration,
                PersonId = person.Id,
                AdminUuid = account.Uuid,
                UserName = account.Name,
                LinkedAt = now,
                ReadAt = now,
            }
        );
        await db.SaveChangesAsync(Cancel);
        var secret = Base32Encoding.ToBytes((await colleague.Client.NewSecondFactorAsync(Cancel)).Secret);
        var seat = new Seat(colleague, secret);
        // Of the half minute before: that of now is for the wipe.
        await colleague.Client.ConfirmSecondFactorAsync(new SecondFactorCode(seat.Code(-30)), Cancel);
        return seat;
    }

    /// <summary>An app comes onto the list and another leaves it; of what was found users are told; commands go out.</summary>
    public async Task SpeakAsync(PicketClient client, Uri address, int kill)
    {
        using var http = asker.At(address);
        var person = new PicketClient(http);
        var app = apps[kill % apps.Count];
        await (listed.ContainsKey(app) ? UnlistAsync(client, app) : ListAsync(client, app));
        await TellAsync(person);
        await using var db = Open();
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => row.EnrollmentStatus == "Enrolled" && row.GoneAt == null && row.Id != victim.Id)
            .OrderBy(row => row.RemoteId)
            .ToListAsync(Cancel);
        foreach (var kind in (DeviceCommand[])[DeviceCommand.Sync, DeviceCommand.Query, DeviceCommand.Lock])
        {
            var device = devices[(kill + (int)kind) % devices.Count];
            await TryAsync(() =>
                person.CommandAsync(device.Id, new CreateCommand { Command = kind, Reason = "To see" }, Cancel)
            );
        }
    }

    /// <summary>One asks for the wipe, another approves it.</summary>
    public async Task WipeAsync(Uri address)
    {
        using var first = asker.At(address);
        using var second = approver.At(address);
        var wish = new RequestWipe { Reason = "Stolen at the station", SecondFactor = asker.Code() };
        var asked = await new PicketClient(first).RequestWipeAsync(victim.Id, wish, Cancel);
        wipe = asked.Id;
        await new PicketClient(second).ApproveCommandAsync(
            asked.Id,
            new ApproveCommand { SecondFactor = approver.Code() },
            Cancel
        );
    }

    private async Task TellAsync(PicketClient person)
    {
        await using var db = Open();
        var found = await db
            .Findings.AsNoTracking()
            .Where(row => row.Kind == FindingKinds.DeniedApp.Id || row.Kind == FindingKinds.MaliciousApp.Id)
            .Where(row => row.ClearedAt == null && row.DeviceId != victim.Id)
            .Where(row => !db.DeviceCommands.Any(told => told.FindingId == row.Id))
            .OrderBy(row => row.Id)
            .Take(3)
            .ToListAsync(Cancel);
        foreach (var finding in found)
        {
            await TryAsync(async () =>
            {
                var about = new MessageFilter { FindingId = finding.Id, By = MessageChannel.Push };
                var preview = await person.MessagePreviewAsync(finding.DeviceId, about, Cancel);
                var wish = new SendMessage
                {
                    FindingId = finding.Id,
                    By = MessageChannel.Push,
                    Text = preview.Text,
                };
                await person.SendMessageAsync(finding.DeviceId, wish, Cancel);
            });
        }
    }

    /// <summary>What is over by now, or held, is refused: then it is not wanted.</summary>
    private static async Task TryAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (PicketApiException refused) when ((int)refused.Status is 409 or 422)
        {
            TestContext.Current.SendDiagnosticMessage(refused.Message);
        }
    }

    private async Task ListAsync(PicketClient client, string app)
    {
        var wish = new SaveOwnIndicator("app-id", app, Level.High, "Case 7", "Ada");
        listed[app] = (await client.AddOwnIndicatorAsync(wish, Cancel)).Id;
    }

    private async Task UnlistAsync(PicketClient client, string app)
    {
        await client.RemoveOwnIndicatorAsync(listed[app], Cancel);
        listed.Remove(app);
    }

    private PicketDbContext Open() =>
        new PicketDatabase(new StorageOptions { DataFolder = scene.Picket.DataFolder }).Open();

    public async Task AssertEndsAsync()
    {
        await AssertCommandsAsync();
        await AssertListsAsync();
    }

    /// <summary>The UEM got each at most once, and none that is said not to have gone out.</summary>
    private async Task AssertCommandsAsync()
    {
        await using var db = scene.Picket.OpenDatabase();
        var rows = await TagScene.UntilAsync(
            () => db.DeviceCommands.AsNoTracking().ToListAsync(Cancel),
            now => now.TrueForAll(row => row.SentAt is not null || row.EndedAt is not null)
        );
        Assert.NotEmpty(rows);
        Assert.All(
            await db.Ledger.Where(row => row.CommandId != null).ToListAsync(Cancel),
            entry => Assert.InRange(entry.Sends, 0, 1)
        );
        foreach (var sent in rows.GroupBy(row => (row.RemoteId, Name: NameOf(row), row.MessageText)))
        {
            var got = scene
                .Uem.Commands.Of(scene.Uem.Fleet.ById(sent.Key.RemoteId)!)
                .Count(command => command.Name == sent.Key.Name && command.Text == sent.Key.MessageText);
            var sure = sent.Count(row =>
                row.State is Core.Response.CommandState.Taken or Core.Response.CommandState.Sent
            );
            var may = sent.Count(row => row.SentAt is not null);
            Assert.True(got >= sure && got <= may, $"{sent.Key} came {got} times, of {sure} to {may}.");
        }

        Assert.True(wipe is null || rows.Exists(row => row.Id == wipe && row.SentAt is not null));
    }

    private static string NameOf(DeviceCommandRow row) =>
        row.Kind switch
        {
            Core.Response.CommandKind.Message => "PushMessage",
            Core.Response.CommandKind.EnterpriseWipe => "EnterpriseWipe",
            Core.Response.CommandKind.Sync => "SyncDevice",
            Core.Response.CommandKind.Lock => "Lock",
            _ => "DeviceQuery",
        };

    private async Task AssertListsAsync()
    {
        await scene.Sync.JudgedAsync();
        var name = AppGroupScene.AndroidName;
        var wanted = await TagScene.UntilAsync(
            async () => (Wanted: await WantedAsync(), Actual: Actual(name)),
            now => now.Wanted == now.Actual
        );
        Assert.NotEmpty(wanted.Wanted);
        Assert.Single(scene.Uem.AppGroups.All, group => group.Name == name);
        var last = await TagScene.UntilAsync(
            async () => (await scene.Client.AppGroupsAsync(scene.Integration, Cancel)).LastRun!,
            run => run.State == RunState.Completed
        );
        Assert.Equal(0, last.Failed);
        var now = (await scene.Client.AppGroupsAsync(scene.Integration, Cancel)).Groups;
        Assert.All(now, group => Assert.Empty(group.Others));
    }

    /// <summary>What is listed and on a device.</summary>
    private async Task<string> WantedAsync()
    {
        var mine = listed.Keys.ToList();
        await using var db = scene.Picket.OpenDatabase();
        var there = await (
            from app in db.Apps
            join had in db.DeviceApps on app.Id equals had.AppId
            join device in db.Devices on had.DeviceId equals device.Id
            where had.GoneAt == null && device.GoneAt == null && mine.Contains(app.Identifier)
            select app.Identifier
        )
            .Distinct()
            .ToListAsync(Cancel);
        return string.Join(' ', there.Order(StringComparer.Ordinal));
    }

    private string Actual(string name) =>
        string.Join(
            ' ',
            scene
                .Uem.AppGroups.All.Where(group => group.Name == name)
                .SelectMany(group => group.Applications)
                .Select(app => app.BundleId)
                .Order(StringComparer.Ordinal)
        );

    private sealed record Seat(Tests.People.Colleague Colleague, byte[] Secret)
    {
        public string Code(int seconds = 0) =>
            new Totp(Secret).ComputeTotp(TimeProvider.System.GetUtcNow().AddSeconds(seconds).UtcDateTime);

        public HttpClient At(Uri address)
        {
            var http = new HttpClient { BaseAddress = address };
            http.DefaultRequestHeaders.Authorization = Colleague.Http.DefaultRequestHeaders.Authorization;
            return http;
        }
    }
}
