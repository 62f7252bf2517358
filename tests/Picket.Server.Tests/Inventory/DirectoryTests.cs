using Picket.Api;
using Picket.Server.Inventory;
using Picket.Server.Response;

namespace Picket.Server.Tests.Inventory;

public abstract class DirectoryStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;
    private readonly InventorySeed seed = new(running.Application.OpenDatabase);
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_people_with_the_names_of_their_groups()
    {
        var uuid = Guid.NewGuid();
        await seed.SaveAsync(
            Group(uuid),
            User(1, "anna"),
            User(2, "bert", InventorySeed.Day(1)),
            new AdministratorRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = seed.Integration,
                RemoteKey = Guid.NewGuid().ToString(),
                UserName = "admin",
                Roles = $$"""[{"Name":"Reader","OrganizationGroupUuid":"{{uuid}}","IsActive":true}]""",
                Hash = [],
            }
        );
        var mine = new ListFilter { IntegrationId = seed.Integration };

        var user = Assert.Single((await picket.Client.Users(mine).PageAsync(cancellation)).Items);
        Assert.Equal(("anna", "Head office"), (user.UserName, user.OrganizationGroup));
        Assert.Empty((await picket.Client.Users(mine with { Search = "b" }).PageAsync(cancellation)).Items);
        var admin = Assert.Single((await picket.Client.Administrators(mine).PageAsync(cancellation)).Items);
        Assert.Equal(new AdministratorRole("Reader", "Head office", true), Assert.Single(admin.Roles));
    }

    [Fact]
    public async Task Shows_groups_and_tells_own_tags_from_others()
    {
        var owned = new OwnedTagRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            Name = "Picket: High",
            RemoteId = 2,
        };
        await seed.SaveAsync(
            Group(Guid.NewGuid()),
            Tag(1, "VIP"),
            Tag(2, "Picket: High"),
            owned,
            new DeviceTagRow { RemoteId = 77, OwnedTagId = owned.Id },
            new SmartGroupRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = seed.Integration,
                RemoteId = 5,
                Name = "Everybody",
                DeviceCount = 12,
                Hash = [],
            },
            new UserGroupRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = seed.Integration,
                RemoteId = 6,
                Name = "Sales",
                MemberCount = 3,
                Hash = [],
            }
        );
        var mine = new ListFilter { IntegrationId = seed.Integration };

        var tags = (await picket.Client.Tags(mine).PageAsync(cancellation)).Items;
        Assert.Equal(
            new (string, bool, int?)[] { ("VIP", false, null), ("Picket: High", true, 1) },
            tags.Select(tag => (tag.Name, tag.Managed, tag.Devices))
        );
        var group = Assert.Single((await picket.Client.OrganizationGroups(mine).PageAsync(cancellation)).Items);
        Assert.Equal("Head office", group.Name);
        var smart = Assert.Single((await picket.Client.SmartGroups(mine).PageAsync(cancellation)).Items);
        Assert.Equal(12, smart.Devices);
        var users = Assert.Single((await picket.Client.UserGroups(mine).PageAsync(cancellation)).Items);
        Assert.Equal(3, users.Members);
    }

    [Fact]
    public async Task Shows_the_members_of_a_user_group_page_by_page_also_those_of_whom_only_the_name_is_known()
    {
        var sales = new UserGroupRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = 9,
            Name = "Sales",
            MemberCount = 3,
            Hash = [],
        };
        await seed.SaveAsync(
            Group(Guid.NewGuid()),
            User(1, "anna"),
            User(2, "bert"),
            User(3, "carl"),
            sales,
            Member(sales, "anna"),
            Member(sales, "stranger"),
            Member(sales, "bert")
        );

        var members = await picket.Client.UserGroupMembers(sales.Id, limit: 2).ToListAsync(cancellation);

        Assert.Equal(["anna", "bert", "stranger"], members.Select(user => user.UserName));
        Assert.Equal(["Head office", "Head office", null], members.Select(user => user.OrganizationGroup));
        Assert.Equal("Sales", (await picket.Client.UserGroupAsync(sales.Id, cancellation)).Name);
    }

    private static UserGroupMemberRow Member(UserGroupRow group, string name) =>
        new() { UserGroupId = group.Id, UserName = name };

    private OrganizationGroupRow Group(Guid uuid) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = 7,
            RemoteUuid = uuid,
            Name = "Head office",
            Hash = [],
        };

    private UserRow User(int id, string name, DateTimeOffset? goneAt = null) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = id,
            UserName = name,
            OrganizationGroupId = 7,
            Hash = [],
            GoneAt = goneAt,
        };

    private TagRow Tag(int id, string name) =>
        new()
        {
            Id = Guid.CreateVersion7(InventorySeed.Day(id)),
            IntegrationId = seed.Integration,
            RemoteId = id,
            Name = name,
            Hash = [],
        };
}

public sealed class DirectoryTests(PicketOnSqlite running) : DirectoryStories(running), IClassFixture<PicketOnSqlite>;

public sealed class DirectoryPostgresTests(PicketOnPostgres running)
    : DirectoryStories(running),
        IClassFixture<PicketOnPostgres>;
