using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Risk;
using Picket.Server.Deployment;
using Picket.Server.Hunts;
using Picket.Server.Inventory;
using Picket.Server.Response;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Inventory;

/// <summary>One enrolment user: what is shown, what is taken along, and what is left of one who is gone.</summary>
public abstract class UserStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;
    private readonly InventorySeed seed = new(running.Application.OpenDatabase);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_is_shown_with_devices_by_level_groups_and_what_was_sent()
    {
        var anna = User(7, "anna");
        var (phone, tablet, old) = (Device("Phone", anna), Device("Tablet", anna), Device("Old phone", anna));
        (phone.Level, tablet.Level, old.GoneAt) = (RiskLevel.High, RiskLevel.Unknown, InventorySeed.Day(3));
        var other = Device("Somebody's", User(8, "bert"));
        var sales = Group("Sales");
        var (write, device) = Write(tablet);
        await seed.SaveAsync(
            anna,
            phone,
            tablet,
            old,
            other,
            sales,
            Group("Nobody"),
            Member(sales, "anna"),
            seed.Finding(phone, "device.compromised"),
            seed.Finding(phone, "device.not-encrypted", clearedAt: InventorySeed.Day(2)),
            seed.Finding(other, "device.compromised"),
            write,
            device
        );

        var user = await picket.Client.UserAsync(anna.Id, Cancel);
        var devices = await picket.Client.Devices(new DeviceFilter { UserId = anna.Id, Limit = 1 }).ToListAsync(Cancel);
        var groups = await picket.Client.GroupsOfUser(anna.Id).ToListAsync(Cancel);
        var sent = await picket.Client.Ledger(new LedgerFilter { UserId = anna.Id }).ToListAsync(Cancel);

        Assert.Equal(("anna", "anna@example.com", false), (user.User.UserName, user.User.Email, user.User.Erased));
        Assert.Equal(new LevelCounts(1, 0, 0, 0, 1, 0), user.Devices);
        Assert.Equal((1, 1, 1), (user.DevicesGone, user.Findings, user.Groups));
        Assert.Equal(["Phone", "Tablet"], devices.Select(each => each.FriendlyName));
        Assert.All(devices, each => Assert.Equal(anna.Id, each.UserId));
        Assert.Equal(["Sales"], groups.Select(group => group.Name));
        Assert.Equal([write.Id], sent.Select(each => each.Id));
    }

    [Fact]
    public async Task Who_is_in_no_list_is_not_there()
    {
        var (id, none) = (Guid.NewGuid(), HttpStatusCode.NotFound);

        Assert.Equal(none, await RefusalAsync(() => picket.Client.UserAsync(id, Cancel)));
        Assert.Equal(none, await RefusalAsync(() => picket.Client.GroupsOfUser(id).PageAsync(Cancel)));
        Assert.Equal(none, await RefusalAsync(() => picket.Client.ExportUserAsync(id, Stream.Null, Cancel)));
        Assert.Equal(none, await RefusalAsync(() => picket.Client.ErasureOfUserAsync(id, Cancel)));
        Assert.Equal(none, await RefusalAsync(() => picket.Client.EraseUserAsync(id, new EraseUser("anna"), Cancel)));
        Assert.Equal(none, await RefusalAsync(() => picket.Client.LiftErasureOfUserAsync(id, Cancel)));
    }

    [Fact]
    public async Task The_file_has_all_that_is_kept_says_where_it_is_from_and_nothing_of_others()
    {
        var anna = User(7, "anna");
        var phone = Device("Anna's phone", anna);
        var others = Device("Bert's phone", User(8, "bert"));
        var sales = Group("Sales");
        var (open, hidden) = (InventorySeed.App("com.example.mail", "Mail"), InventorySeed.App("#1234", hashed: true));
        var (write, device) = Write(phone);
        var changes = Enumerable
            .Range(0, Paging.MaxLimit + 1)
            .Select(i => Change(phone, "osVersion", $"{i}", $"{i + 1}"));
        var lent = new TagRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = 77,
            Name = "Lent",
            Hash = [],
        };
        await seed.SaveAsync([
            lent,
            new MembershipReadingRow { Id = lent.Id, IntegrationId = seed.Integration },
            new DeviceMembershipRow { GroupId = lent.Id, RemoteId = phone.RemoteId },
            anna,
            phone,
            others,
            sales,
            Member(sales, "anna"),
            open,
            hidden,
            InventorySeed.Held(phone, open, 1),
            InventorySeed.Held(phone, hidden, 1, until: 2),
            seed.Finding(phone, "device.compromised"),
            seed.Finding(others, "device.not-encrypted"),
            write,
            device,
            Change(others, DeviceHistory.User, "anna", "bert"),
            .. changes,
        ]);

        using var file = JsonDocument.Parse(await FileAsync(anna.Id));
        var root = file.RootElement;

        Assert.True(root.GetProperty("complete").GetBoolean());
        Assert.Equal("anna@example.com", Rows(root, "user")[0].GetProperty("email").GetString());
        Assert.Equal("Sales", Rows(root, "groups")[0].GetProperty("name").GetString());
        Assert.Equal("Anna's phone", Assert.Single(Rows(root, "devices")).GetProperty("friendlyName").GetString());
        Assert.Equal(["com.example.mail", null], Rows(root, "apps").Select(app => Text(app, "app")));
        Assert.Equal([null, "#1234"], Rows(root, "apps").Select(app => Text(app, "hash")));
        Assert.Equal(Paging.MaxLimit + 1, Rows(root, "changes").Count);
        Assert.Equal("anna", Assert.Single(Rows(root, "earlierDevices")).GetProperty("before").GetString());
        Assert.Equal("device.compromised", Assert.Single(Rows(root, "findings")).GetProperty("kind").GetString());
        Assert.Equal("Lent", Text(Assert.Single(Rows(root, "memberships")), "tag"));
        Assert.Equal($"{write.Id}", Assert.Single(Rows(root, "writes")).GetProperty("entry").GetString());
        Assert.Equal("user.exported", Assert.Single(Rows(root, "audit")).GetProperty("action").GetString());
        Assert.All(
            root.EnumerateObject().Where(part => part.Value.ValueKind is JsonValueKind.Object),
            section =>
                Assert.True(Text(section.Value, "comesFrom")!.Length > 0 && Text(section.Value, "kept")!.Length > 0)
        );
        Assert.DoesNotContain("Bert's", root.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_tells_the_sign_in_name_alone_is_theirs_and_letter_case_is_none()
    {
        var anna = User(7, "anna.berg");
        var (phone, tablet) = (Device("Phone", anna), Device("Tablet", anna));
        (phone.UserRemoteId, phone.UserName) = (null, "Anna.Berg");
        var (others, nobodys) = (Device("Bert's", User(8, "bert")), Device("Kiosk", User(9, "carl")));
        (others.UserName, nobodys.UserRemoteId, nobodys.UserName) = ("anna.berg", null, null);
        var sales = Group("Sales");
        await seed.SaveAsync(
            anna,
            phone,
            tablet,
            others,
            nobodys,
            sales,
            Member(sales, "ANNA.BERG"),
            seed.Finding(phone, "device.compromised")
        );

        var user = await picket.Client.UserAsync(anna.Id, Cancel);
        var devices = await picket.Client.Devices(new DeviceFilter { UserId = anna.Id }).ToListAsync(Cancel);
        var groups = await picket.Client.GroupsOfUser(anna.Id).ToListAsync(Cancel);
        using var file = JsonDocument.Parse(await FileAsync(anna.Id));
        var preview = await picket.Client.ErasureOfUserAsync(anna.Id, Cancel);

        Assert.Equal((2, 1, 1), (user.Devices.Secure, user.Findings, user.Groups));
        Assert.Equal(["Phone", "Tablet"], devices.Select(each => each.FriendlyName));
        Assert.All(devices, each => Assert.Equal(anna.Id, each.UserId));
        Assert.Equal(["Sales"], groups.Select(group => group.Name));
        Assert.Equal(2, Rows(file.RootElement, "devices").Count);
        Assert.Single(Rows(file.RootElement, "groups"));
        Assert.Single(Rows(file.RootElement, "findings"));
        Assert.Equal((2, 1), (preview.Devices, preview.Groups));
    }

    [Fact]
    public async Task The_file_has_publications_hunts_and_messages_too()
    {
        var anna = User(7, "anna.frank");
        var (phone, others) = (Device("Phone", anna), Device("Bert's", User(8, "bert")));
        var publication = Publication();
        var hunt = new HuntRow
        {
            Id = Guid.CreateVersion7(),
            Name = $"Hunt {Guid.NewGuid():N}",
            Kind = HuntKind.App,
            Value = "com.example.spy",
            Owner = "somebody",
            Reason = "Seen in the news",
        };
        var nudge = new NudgeRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            PublicationId = publication.Id,
            Gap = Picket.Core.Deployment.FunnelGap.Pending,
            Subject = "Guard",
            Text = "Please open the catalogue.",
            MadeBy = "somebody",
            MadeAt = InventorySeed.Day(2),
        };
        await seed.SaveAsync(
            anna,
            phone,
            others,
            publication,
            PublicationDevice(publication, phone),
            PublicationDevice(publication, others),
            hunt,
            HuntDevice(hunt, phone, personal: true),
            HuntDevice(hunt, others, personal: false),
            nudge,
            NudgeDevice(nudge, phone, NudgeDeviceState.Sent),
            NudgeDevice(nudge, others, NudgeDeviceState.Sent)
        );

        using var file = JsonDocument.Parse(await FileAsync(anna.Id));
        var root = file.RootElement;

        var rollout = Assert.Single(Rows(root, "publications"));
        Assert.Equal(("Guard", "Android app"), (Text(rollout, "publication"), Text(rollout, "app")));
        var found = Assert.Single(Rows(root, "hunts"));
        Assert.Equal(("com.example.spy", true), (Text(found, "value"), found.GetProperty("personal").GetBoolean()));
        var message = Assert.Single(Rows(root, "messages"));
        Assert.Equal(("Guard", "Please open the catalogue."), (Text(message, "subject"), Text(message, "text")));
    }

    [Fact]
    public async Task The_file_is_for_auditors_and_administrators_and_who_took_it_is_in_the_audit_by_ids()
    {
        var anna = User(7, $"anna-{Guid.NewGuid():N}");
        await seed.SaveAsync(anna);
        using var auditor = await Colleague.JoinAsync(picket, new Grant(Role.Auditor, seed.Integration));
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, seed.Integration));
        var address = new Uri(Routes.Fill(Routes.UserExport, anna.Id), UriKind.Relative);

        using var refused = await analyst.Http.GetAsync(address, Cancel);
        using var taken = await auditor.Http.GetAsync(address, Cancel);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.StatusCode, taken.StatusCode));
        Assert.Equal("picket-user-7.json", taken.Content.Headers.ContentDisposition?.FileName);
        await using var db = picket.OpenDatabase();
        var entries = await db.Audit.Where(entry => entry.Subject == $"{anna.Id}").ToListAsync(Cancel);
        Assert.Equal("user.exported", Assert.Single(entries).Action);
        Assert.DoesNotContain(anna.UserName!, JsonSerializer.Serialize(entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_person_who_left_the_UEM_nothing_stays_and_names_of_others_do()
    {
        var anna = User(7, "anna.meyer");
        anna.GoneAt = InventorySeed.Day(5);
        var (phone, passedOn) = (Device("anna.meyer iPhone", anna), Device("ANNA.MEYER iPad", User(8, "bert")));
        var (lost, sales) = (Device("anna.meyer Pixel", User(9, "carl")), Group("Sales"));
        (phone.GoneAt, lost.GoneAt) = (InventorySeed.Day(5), InventorySeed.Day(5));
        var (handed, taken) = (
            Change(passedOn, DeviceHistory.User, "Anna.Meyer", "bert"),
            Change(lost, "user", "bert", "carl")
        );
        var called = Change(phone, DeviceHistory.FriendlyName, "Our Annie's", "anna.meyer iPhone");
        await seed.SaveAsync(anna, phone, passedOn, lost, sales, Member(sales, "Anna.Meyer"), handed, taken, called);

        var erased = await picket.Client.EraseUserAsync(anna.Id, new EraseUser("anna.meyer"), Cancel);

        Assert.Equal(new ErasureView(false, 1, 1, 2, 2, NamedElsewhere: 1, ImportLines: 0), erased);
        Assert.Equal(HttpStatusCode.NotFound, await RefusalAsync(() => picket.Client.UserAsync(anna.Id, Cancel)));
        await using var db = picket.OpenDatabase();
        Assert.False(await db.ErasedUsers.AnyAsync(row => row.IntegrationId == seed.Integration, Cancel));
        Assert.False(await db.UserGroupMembers.AnyAsync(row => row.UserGroupId == sales.Id, Cancel));
        var devices = await db.Devices.Where(row => row.IntegrationId == seed.Integration).ToListAsync(Cancel);
        Assert.Equal(
            ["SN-001 – – –", "SN-002 ANNA.MEYER iPad bert 8", "SN-003 – carl 9"],
            devices
                .OrderBy(row => row.SerialNumber)
                .Select(row =>
                    $"{row.SerialNumber} {row.FriendlyName ?? "–"} {row.UserName ?? "–"} {row.UserRemoteId?.ToString() ?? "–"}"
                )
        );
        var changes = await db.DeviceChanges.ToDictionaryAsync(row => row.Id, row => (row.Before, row.After), Cancel);
        Assert.Equal((null, "bert"), changes[handed.Id]);
        Assert.Equal(("bert", "carl"), changes[taken.Id]);
        Assert.Equal((null, null), changes[called.Id]);
    }

    private UserRow User(int number, string name) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = number,
            UserName = name,
            Email = $"{name}@example.com",
            Hash = [],
        };

    private DeviceRow Device(string name, UserRow user)
    {
        var device = seed.Device(name, user: user.UserName!);
        device.UserRemoteId = user.RemoteId;
        return device;
    }

    private UserGroupRow Group(string name) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = name.Length,
            Name = name,
            Hash = [],
        };

    private static UserGroupMemberRow Member(UserGroupRow group, string name) =>
        new() { UserGroupId = group.Id, UserName = name };

    private static DeviceChangeRow Change(DeviceRow device, string attribute, string? before, string? after) =>
        DeviceHistory.Change(device.Id, InventorySeed.Day(1), attribute, before, after);

    private (LedgerEntryRow, LedgerDeviceRow) Write(DeviceRow device)
    {
        var entry = new LedgerEntryRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            IdempotencyKey = $"{Guid.NewGuid()}",
            Kind = "AddTag",
            Subject = "Picket: High",
            WantedBy = "test",
            State = Picket.Core.Response.LedgerState.Confirmed,
            Devices = 1,
        };
        return (entry, new LedgerDeviceRow { EntryId = entry.Id, RemoteId = device.RemoteId });
    }

    private PublicationRow Publication() =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            Name = "Guard",
            AppUuid = Guid.NewGuid(),
            AppName = "Android app",
            Configuration = "[]",
            MadeBy = "somebody",
            MadeAt = InventorySeed.Day(1),
        };

    private static PublicationDeviceRow PublicationDevice(PublicationRow publication, DeviceRow device) =>
        new()
        {
            Id = PublicationDeviceRow.IdOf(publication.Id, device.RemoteId),
            PublicationId = publication.Id,
            RemoteId = device.RemoteId,
            SeenAt = InventorySeed.Day(2),
        };

    private HuntDeviceRow HuntDevice(HuntRow hunt, DeviceRow device, bool personal) =>
        new()
        {
            HuntId = hunt.Id,
            DeviceId = device.Id,
            IntegrationId = seed.Integration,
            Personal = personal,
            HasNow = true,
            FoundAt = InventorySeed.Day(2),
        };

    private static NudgeDeviceRow NudgeDevice(NudgeRow nudge, DeviceRow device, NudgeDeviceState state) =>
        new()
        {
            Id = NudgeDeviceRow.IdOf(nudge.Id, device.RemoteId),
            NudgeId = nudge.Id,
            PublicationId = nudge.PublicationId,
            RemoteId = device.RemoteId,
            State = state,
            SentAt = InventorySeed.Day(2),
        };

    private async Task<string> FileAsync(Guid user)
    {
        using var file = new MemoryStream();
        await picket.Client.ExportUserAsync(user, file, Cancel);
        return System.Text.Encoding.UTF8.GetString(file.ToArray());
    }

    private static async Task<HttpStatusCode?> RefusalAsync(Func<Task> ask) =>
        (await Assert.ThrowsAsync<PicketApiException>(ask)).Status;

    private static List<JsonElement> Rows(JsonElement root, string section) =>
        [.. root.GetProperty(section).GetProperty("rows").EnumerateArray()];

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? value.GetString() : null;
}

public sealed class UserTests(PicketOnSqlite running) : UserStories(running), IClassFixture<PicketOnSqlite>;

public sealed class PostgresUserTests(PicketOnPostgres running) : UserStories(running), IClassFixture<PicketOnPostgres>;
