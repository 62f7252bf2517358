using Picket.Api;
using Picket.WorkspaceOne;

namespace Picket.Server.Tests.Deployment;

/// <summary>Rings of the people in user groups. The UEM assigns apps to smart groups only, so Picket makes one of them.</summary>
public sealed class UserGroupRingTests
{
    private const string Early = "Early birds";
    private const string Made = "Picket: Guard Ring 1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_devices_of_a_user_groups_people_get_the_app_and_those_of_who_joins_later_too()
    {
        await using var scene = await PublicationScene.StartAsync();
        var people = await PeopleAsync(scene);
        var group = await scene.Console.UserGroups.CreateAsync(
            Early,
            organizationGroupId: scene.Uem.OrganizationGroup.Id,
            cancellationToken: Cancel
        );
        await scene.Console.UserGroups.AddMemberAsync(group, people[0].Id, Cancel);
        await scene.ReadFleetAsync();

        var draft = await scene.MakeAsync(Wish());
        var preview = await scene.Client.PreviewPublicationAsync(draft.Id, Cancel);
        Assert.True(preview.Rings[0].MakesGroup);
        Assert.Equal(people[0].Devices.Count, preview.Rings[0].Devices);
        Assert.Equal([Early], draft.Rings[0].UserGroups);

        await scene.Client.StartPublicationAsync(draft.Id, Cancel);
        await scene.WatchingAsync(draft.Id);
        var made = Assert.Single(await GroupsAsync(scene));
        Assert.Equal(Made, made.Name);
        Assert.Equal(people[0].Devices.Order(), await HoldersAsync(scene, draft.Id));

        await scene.Console.UserGroups.AddMemberAsync(group, people[1].Id, Cancel);
        var both = people[0].Devices.Concat(people[1].Devices).Distinct().Count();
        await scene.UntilAsync(draft.Id, view => view.Rings[0].Assigned == both);

        await scene.Client.UndoPublicationAsync(draft.Id, cancellationToken: Cancel);
        await scene.BecomesAsync(draft.Id, PublicationState.Undone);
        Assert.Empty(await GroupsAsync(scene));
        Assert.Contains(
            (await scene.Console.UserGroups.SearchCustom().ReadAllAsync(Cancel)).Items,
            each => each.UserGroupName == Early
        );
    }

    [Fact]
    public async Task What_a_ring_cannot_be_is_refused_at_once()
    {
        await using var scene = await PublicationScene.StartAsync();

        var unknown = await Assert.ThrowsAsync<PicketApiException>(() => scene.MakeAsync(Wish("Nobody knows it")));
        var mixed = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.MakeAsync(
                Wish() with
                {
                    Rings = [new RingInput("Ring 1", [PublicationScene.Canary], 20) { UserGroups = [Early] }],
                }
            )
        );

        Assert.Contains("no user group 'Nobody knows it'", unknown.Problem.Errors!["rings"][0]);
        Assert.Contains("smart groups or user groups", mixed.Problem.Errors!["rings"][0]);
    }

    private static CreatePublication Wish(string group = Early) =>
        PublicationScene.Wish() with
        {
            Rings = [new RingInput("Ring 1", []) { UserGroups = [group] }],
        };

    /// <summary>Two people with Android devices that are enrolled, and these devices.</summary>
    private static async Task<List<(int Id, List<int> Devices)>> PeopleAsync(PublicationScene scene)
    {
        var android = (
            await scene.Console.SmartGroups.Search(name: PublicationScene.Everybody).ReadAllAsync(Cancel)
        ).Items[0];
        var members = (await scene.Console.SmartGroups.DevicesAsync(android.Id, Cancel))
            .Select(each => each.Id)
            .ToHashSet();
        var users = scene.Uem.Users.ToDictionary(user => user.Index, user => user.Id);
        return
        [
            .. scene
                .Uem.Fleet.All.Where(device => device.IsEnrolled)
                .GroupBy(device => users[device.User])
                .Where(own => own.All(device => members.Contains(device.Id)))
                .Take(2)
                .Select(own => (own.Key, own.Select(device => device.Id).ToList())),
        ];
    }

    private static async Task<List<UemSmartGroup>> GroupsAsync(PublicationScene scene) =>
        [.. (await scene.Console.SmartGroups.Search(name: "Picket: ").ReadAllAsync(Cancel)).Items];

    private static async Task<IEnumerable<int>> HoldersAsync(PublicationScene scene, Guid publication) =>
        (await scene.DevicesAsync(publication)).Select(device => device.UemId).Order();
}
