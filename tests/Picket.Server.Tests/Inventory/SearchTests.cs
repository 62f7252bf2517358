using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Inventory;

namespace Picket.Server.Tests.Inventory;

/// <summary>What is searched for is text: no character of it stands for others.</summary>
public abstract class SearchStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;
    private readonly InventorySeed seed = new(running.Application.OpenDatabase);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Names =>
        new()
        {
            { "50% of the fleet", "50x of the fleet" },
            { "north_east", "northxeast" },
            { @"corp\phones", "corpxphones" },
            { @"100%_\end", @"100xx\end" },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Finds_an_integration_by_the_characters_of_its_name(string name, string other)
    {
        await seed.SaveAsync(Integration(name), Integration(other));

        Assert.Equal([name], await IntegrationsAsync(name));
        Assert.Equal([name], await IntegrationsAsync(name[..^1].ToUpperInvariant()));
        Assert.Equal([other], await IntegrationsAsync(other));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Finds_a_user_by_the_characters_of_the_name(string name, string other)
    {
        await seed.SaveAsync(User(1, name), User(2, other));

        Assert.Equal([name], await UsersAsync(name));
        Assert.Equal([other], await UsersAsync(other));
    }

    private async Task<List<string>> IntegrationsAsync(string search) =>
        await picket
            .Client.Integrations(new ListFilter { Search = search })
            .Select(row => row.Name)
            .ToListAsync(Cancel);

    private async Task<List<string>> UsersAsync(string search) =>
        await picket
            .Client.Users(new ListFilter { IntegrationId = seed.Integration, Search = search })
            .Select(row => row.UserName)
            .ToListAsync(Cancel);

    private static IntegrationRow Integration(string name) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            Address = "https://uem.example.com",
            OrganizationGroupName = "Head office",
            CredentialKind = CredentialKind.Basic,
            Account = "picket-api",
            ProtectedSecrets = "",
            State = IntegrationState.Paused,
            CreatedAt = InventorySeed.Day(0),
        };

    private UserRow User(int id, string name) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = id,
            UserName = name,
            Hash = [],
        };
}

public sealed class SearchTests(PicketOnSqlite running) : SearchStories(running), IClassFixture<PicketOnSqlite>;

public sealed class SearchPostgresTests(PicketOnPostgres running)
    : SearchStories(running),
        IClassFixture<PicketOnPostgres>;
