using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Users made, devices announced, groups filled by hand.</summary>
public sealed class EnrollmentTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The emulator's account has no right to add devices until somebody grants it.</summary>
    private static async Task<Uem> GrantedAsync()
    {
        var uem = await Uem.StartAsync();
        var account = uem.Host.Access.Account(uem.Host.Credentials.Account);
        account.Role = uem.Host.Access.Role("Console Administrator");
        return uem;
    }

    [Fact]
    public async Task Makes_a_user_and_changes_only_what_it_is_told_to()
    {
        await using var uem = await GrantedAsync();
        var client = uem.Client();
        var user = new NewUser("e.noether")
        {
            FirstName = "Emmy",
            LastName = "Noether",
            Email = "e.noether@example.com",
            OrganizationGroupId = uem.Group,
        };

        var id = await client.Users.AddAsync(user, Cancel);
        await client.Users.ChangeAsync(id, new() { LastName = "Noether-Artin" }, Cancel);

        var found = Assert.Single(
            (await client.Users.Search(uem.Group, "e.noether").ReadAllAsync(Cancel)).Items,
            each => each.Id == id
        );
        Assert.Equal(
            ("Emmy", "Noether-Artin", "e.noether@example.com"),
            (found.FirstName, found.LastName, found.Email)
        );
    }

    [Fact]
    public async Task Says_that_a_user_is_there_already()
    {
        await using var uem = await GrantedAsync();
        var client = uem.Client();
        var there = (await client.Users.Search(uem.Group).ReadAllAsync(Cancel)).Items[0].UserName!;

        var refused = await Assert.ThrowsAsync<AlreadyThereException>(() =>
            client.Users.AddAsync(new NewUser(there), Cancel)
        );

        Assert.Equal(7, refused.ErrorCode);
    }

    [Fact]
    public async Task Never_makes_a_user_twice_when_the_answer_is_lost_and_the_user_can_be_found_again()
    {
        await using var uem = await GrantedAsync();
        var client = uem.Client();
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.LoseAnswer,
                Method = "POST",
                Times = 1,
            }
        );

        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
            client.Users.AddAsync(new NewUser("s.kowalewskaja") { OrganizationGroupId = uem.Group }, Cancel)
        );

        Assert.Single((await client.Users.Search(uem.Group, "s.kowalewskaja").ReadAllAsync(Cancel)).Items);
        Assert.Equal(1, uem.Host.RequestLog.Count("POST system/users/adduser"));
    }

    [Fact]
    public async Task Announces_a_device_once_and_finds_it_among_those_that_are_announced()
    {
        await using var uem = await GrantedAsync();
        var client = uem.Client();
        var user = (await client.Users.Search(uem.Group).ReadAllAsync(Cancel)).Items[0];
        var device = new DeviceRegistration
        {
            FriendlyName = "The new phone",
            Ownership = "C",
            PlatformId = 2,
            SerialNumber = "NEW0001",
            AssetNumber = "A-17",
            OrganizationGroupId = uem.Group,
        };
        Assert.Empty(await client.Users.RegisteredDevicesAsync(uem.Group, Cancel));

        await client.Users.RegisterDeviceAsync(user.Id, device, Cancel);
        await Assert.ThrowsAsync<AlreadyThereException>(() =>
            client.Users.RegisterDeviceAsync(user.Id, device, Cancel)
        );

        var announced = Assert.Single(await client.Users.RegisteredDevicesAsync(uem.Group, Cancel));
        Assert.Equal(
            ("The new phone", "NEW0001", "A-17", user.UserName),
            (announced.FriendlyName, announced.SerialNumber, announced.AssetNumber, announced.Username)
        );
        Assert.NotNull(announced.RegistrationDate);
    }

    [Fact]
    public async Task Never_announces_a_device_twice_when_the_answer_is_lost()
    {
        await using var uem = await GrantedAsync();
        var client = uem.Client();
        var user = (await client.Users.Search(uem.Group).ReadAllAsync(Cancel)).Items[0];
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.LoseAnswer,
                Path = "registerdevice",
                Times = 1,
            }
        );

        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
            client.Users.RegisterDeviceAsync(user.Id, new() { SerialNumber = "NEW0002" }, Cancel)
        );

        var announced = await client.Users.RegisteredDevicesAsync(cancellationToken: Cancel);
        Assert.Equal("NEW0002", Assert.Single(announced).SerialNumber);
        Assert.Equal(1, uem.Host.RequestLog.Count("POST system/users/{id}/registerdevice"));
    }

    [Fact]
    public async Task Makes_a_group_and_fills_it_also_when_an_answer_is_lost()
    {
        await using var uem = await GrantedAsync();
        var client = uem.Client();
        var users = (await client.Users.Search(uem.Group).ReadAllAsync(Cancel)).Items.Take(2).ToList();

        var group = await client.UserGroups.CreateAsync("Canaries", uem.Group, "They see it first.", Cancel);
        await client.UserGroups.AddMemberAsync(group, users[0].Id, Cancel);
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.LoseAnswer,
                Path = "addusertogroup",
                Times = 1,
            }
        );
        await client.UserGroups.AddMemberAsync(group, users[1].Id, Cancel);
        await client.UserGroups.RemoveMemberAsync(group, users[0].Id, Cancel);

        var made = Assert.Single(
            (await client.UserGroups.SearchCustom(uem.Group, "Canaries").ReadAllAsync(Cancel)).Items
        );
        var member = Assert.Single((await client.UserGroups.Members(group).ReadAllAsync(Cancel)).Items);
        Assert.Equal((group, "Canaries"), (made.UserGroupId, made.UserGroupName));
        Assert.Equal(users[1].UserName, member.UserName);
    }

    [Fact]
    public async Task Fills_no_group_that_follows_a_directory()
    {
        await using var uem = await GrantedAsync();
        var client = uem.Client();
        var custom = (await client.UserGroups.SearchCustom().ReadAllAsync(Cancel)).Items;
        var all = (await client.UserGroups.Search().ReadAllAsync(Cancel)).Items;
        var followed = all.ExceptBy(custom.Select(group => group.UserGroupId), group => group.UserGroupId).First();
        var user = (await client.Users.Search(uem.Group).ReadAllAsync(Cancel)).Items[0];

        await Assert.ThrowsAsync<NotFoundException>(() =>
            client.UserGroups.AddMemberAsync(followed.UserGroupId, user.Id, Cancel)
        );
    }

    [Fact]
    public async Task Names_a_missing_user_another_tenants_group_and_a_missing_right()
    {
        await using var uem = await GrantedAsync();
        var client = uem.Client();

        await Assert.ThrowsAsync<NotFoundException>(() => client.Users.ChangeAsync(999_999, new(), Cancel));
        await Assert.ThrowsAsync<NotFoundException>(() => client.Users.RegisterDeviceAsync(999_999, new(), Cancel));
        await Assert.ThrowsAsync<OutOfScopeException>(() =>
            client.Users.AddAsync(new NewUser("a.turing") { OrganizationGroupId = 999_999 }, Cancel)
        );
        var account = uem.Host.Access.Account(uem.Host.Credentials.Account);
        account.Role = uem.Host.Access.Role("Read Only");
        await Assert.ThrowsAsync<PermissionMissingException>(() =>
            client.Users.AddAsync(new NewUser("a.turing"), Cancel)
        );
        await Assert.ThrowsAsync<PermissionMissingException>(() =>
            client.UserGroups.CreateAsync("Nobody", cancellationToken: Cancel)
        );
    }

    [Fact]
    public async Task Sends_a_password_only_for_a_user_of_the_uem_itself_and_tells_it_to_nobody()
    {
        const string secret = "correct-horse-battery";
        await using var uem = await GrantedAsync();
        var told = new List<string>();
        var client = uem.Client(uem.Options with { Recorder = exchange => told.Add($"{exchange}") });
        var user = new NewUser("k.goedel") { Security = UserSecurity.Basic, Password = secret };

        // What else a Basic user needs is missing: the server says so.
        var refused = await Assert.ThrowsAsync<WorkspaceOneException>(() => client.Users.AddAsync(user, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.Users.AddAsync(user with { Security = UserSecurity.Directory }, Cancel)
        );
        var whole = user with { FirstName = "Kurt", LastName = "Gödel", Email = "k.goedel@example.com" };
        Assert.True(await client.Users.AddAsync(whole, Cancel) > 0);

        Assert.Contains("user.Password", refused.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(told);
        Assert.DoesNotContain(
            [.. told, $"{refused}", $"{whole}"],
            text => text.Contains(secret, StringComparison.Ordinal)
        );
    }
}
