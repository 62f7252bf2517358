using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Tests.People;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Deployment;

/// <summary>The UEM's catalogue, read and changed from Picket. The UEM's own truth decides.</summary>
public sealed class CatalogueTests
{
    private const string Scanner = "com.example.scanner";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static AddStoreApp Wish =>
        new()
        {
            Name = "Scanner",
            BundleId = Scanner,
            Platform = AppPlatform.Android,
        };

    [Fact]
    public async Task Lists_apps_of_all_kinds_by_name_page_after_page()
    {
        await using var scene = await PublicationScene.StartAsync();

        var whole = await ListAsync(scene);
        var paged = await ListAsync(scene, new CatalogueFilter { Limit = 2 });

        Assert.Equal(Enum.GetValues<PublishedAppKind>(), whole.Select(app => app.Kind).Distinct().Order());
        Assert.Equal(whole, paged);
        Assert.Equal(
            whole.Select(app => app.Name?.ToUpperInvariant()).Order(StringComparer.Ordinal),
            whole.Select(app => app.Name?.ToUpperInvariant())
        );
        var guard = Assert.Single(whole, app => app.BundleId == PublicationScene.Bundle);
        Assert.Equal(
            (scene.App.Uuid, PublishedAppKind.Public, AppPlatform.Android, CatalogueAppStatus.Active),
            (guard.Uuid, guard.Kind, guard.Platform, guard.Status)
        );
        Assert.Equal(scene.Uem.OrganizationGroup.Name, guard.OrganizationGroup);
        Assert.Equal((0, 0, 0), (guard.Assigned, guard.Installed, guard.NotInstalled));
    }

    [Fact]
    public async Task Lists_only_what_is_asked_for()
    {
        await using var scene = await PublicationScene.StartAsync();

        var byBundle = await ListAsync(
            scene,
            new CatalogueFilter { BundleId = PublicationScene.Bundle.ToUpperInvariant() }
        );
        var byText = await ListAsync(scene, new CatalogueFilter { Search = "UARD" });
        var purchased = await ListAsync(scene, new CatalogueFilter { Kind = PublishedAppKind.Purchased });
        var none = await ListAsync(scene, new CatalogueFilter { BundleId = "com.example.guar" });

        Assert.Equal(scene.App.Id, Assert.Single(byBundle).Id);
        Assert.Contains(byText, app => app.Id == scene.App.Id);
        Assert.All(purchased, app => Assert.Equal(PublishedAppKind.Purchased, app.Kind));
        Assert.NotEmpty(purchased);
        Assert.Empty(none);
        var wrong = await RefusedAsync(() => ListAsync(scene, new CatalogueFilter { Cursor = "none of ours" }));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
    }

    [Fact]
    public async Task Adds_a_store_app_once_and_says_when_it_is_there()
    {
        await using var scene = await PublicationScene.StartAsync();

        var added = await scene.Client.AddStoreAppAsync(scene.Integration, Wish, Cancel);
        var again = await scene.Client.AddStoreAppAsync(scene.Integration, Wish, Cancel);

        Assert.Equal((false, true), (added.WasSo, again.WasSo));
        Assert.Equal(added.App.Uuid, again.App.Uuid);
        Assert.Equal(added.App.Id, Assert.Single(await InUemAsync(scene, CatalogueKind.Public)).Id);
        Assert.Equal(["AddStoreApp Confirmed 1 com.example.scanner (Android)"], await LedgerAsync(scene));
        Assert.Equal(1, Sent(scene, "/mam/apps/public"));
        var audit = await scene.Client.Audit().ToListAsync(cancellationToken: Cancel);
        Assert.Single(audit, entry => entry.Action == "catalogue.AddStoreApp");
    }

    [Fact]
    public async Task Says_all_mistakes_at_once_and_sends_nothing()
    {
        await using var scene = await PublicationScene.StartAsync();

        var refused = await RefusedAsync(() =>
            scene.Client.AddStoreAppAsync(
                scene.Integration,
                new AddStoreApp
                {
                    Name = " ",
                    BundleId = "with blank",
                    Platform = AppPlatform.Apple,
                    Url = "http://example.com",
                },
                Cancel
            )
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(["bundleId", "name", "url"], refused.Problem.Errors!.Keys.Order());
        Assert.Empty(await LedgerAsync(scene));
    }

    [Fact]
    public async Task Names_the_row_of_the_role_editor_that_is_missing()
    {
        await using var scene = await PublicationScene.StartAsync();
        scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role = scene.Uem.Access.Role("Read Only");

        var refused = await RefusedAsync(() => scene.Client.AddStoreAppAsync(scene.Integration, Wish, Cancel));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Apps & Books > Public Apps (Edit)", refused.Problem.Detail);
        Assert.StartsWith("AddStoreApp Failed 1", Assert.Single(await LedgerAsync(scene)));
    }

    [Theory]
    [InlineData(FaultAction.LoseAnswer)]
    [InlineData(FaultAction.CrashAfter)]
    public async Task A_lost_answer_is_settled_by_looking_for_the_app(FaultAction fault)
    {
        await using var scene = await PublicationScene.StartAsync();
        Break(scene, "mam/apps/public", fault);

        var added = await scene.Client.AddStoreAppAsync(scene.Integration, Wish, Cancel);

        Assert.False(added.WasSo);
        Assert.Single(await InUemAsync(scene, CatalogueKind.Public));
        Assert.StartsWith("AddStoreApp Confirmed 1", Assert.Single(await LedgerAsync(scene)));
    }

    [Fact]
    public async Task What_was_lost_before_it_was_done_is_not_sent_again_by_itself()
    {
        await using var scene = await PublicationScene.StartAsync();
        Break(scene, "mam/apps/public", FaultAction.Reset);

        var unclear = await RefusedAsync(() => scene.Client.AddStoreAppAsync(scene.Integration, Wish, Cancel));

        Assert.Equal(HttpStatusCode.BadGateway, unclear.Status);
        Assert.Empty(await InUemAsync(scene, CatalogueKind.Public));
        Assert.StartsWith("AddStoreApp Sent 1", Assert.Single(await LedgerAsync(scene)));
        Assert.False((await scene.Client.AddStoreAppAsync(scene.Integration, Wish, Cancel)).WasSo);
        Assert.Equal(
            ["AddStoreApp Confirmed 1", "AddStoreApp Failed 1"],
            (await LedgerAsync(scene)).Select(entry => entry[..entry.IndexOf(" com", StringComparison.Ordinal)]).Order()
        );
    }

    [Fact]
    public async Task Changes_nothing_while_deploying_is_off_and_reads_nothing_while_the_integration_is_paused()
    {
        await using var scene = await PublicationScene.StartAsync(integration: row => row.DeploymentEnabled = false);

        var add = await RefusedAsync(() => scene.Client.AddStoreAppAsync(scene.Integration, Wish, Cancel));
        var upload = await RefusedAsync(() => CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish()));
        var retire = await RefusedAsync(() =>
            scene.Client.RetireAppAsync(scene.Integration, 1, cancellationToken: Cancel)
        );

        Assert.All([add, upload, retire], each => Assert.Equal(HttpStatusCode.Conflict, each.Status));
        Assert.NotEmpty(await ListAsync(scene));
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db.Integrations.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, IntegrationState.Paused),
                Cancel
            );
        }

        Assert.Equal(HttpStatusCode.Conflict, (await RefusedAsync(() => ListAsync(scene))).Status);
    }

    [Fact]
    public async Task Whoever_only_reads_may_not_and_whoever_operates_may_not_take_an_app_off_devices()
    {
        await using var scene = await PublicationScene.StartAsync();
        using var auditor = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Auditor, scene.Integration));
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, scene.Integration));

        var read = await RefusedAsync(() => auditor.Client.AddStoreAppAsync(scene.Integration, Wish, Cancel));
        var retire = await RefusedAsync(() =>
            analyst.Client.RetireAppAsync(scene.Integration, 1, cancellationToken: Cancel)
        );

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (read.Status, retire.Status));
        Assert.False((await analyst.Client.AddStoreAppAsync(scene.Integration, Wish, Cancel)).WasSo);
    }

    internal static async Task<List<CatalogueAppView>> ListAsync(PublicationScene scene, CatalogueFilter? filter = null)
    {
        var apps = new List<CatalogueAppView>();
        await foreach (var app in scene.Client.Catalogue(scene.Integration, filter).WithCancellation(Cancel))
        {
            apps.Add(app);
        }

        return apps;
    }

    internal static async Task<PicketApiException> RefusedAsync(Func<Task> act) =>
        await Assert.ThrowsAsync<PicketApiException>(act);

    internal static void Break(PublicationScene scene, string path, FaultAction action, int from = 1) =>
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = path,
                Method = "POST",
                Action = action,
                From = from,
                Times = 1,
            }
        );

    /// <summary>Calls that changed something, since the log was cleared.</summary>
    internal static int Sent(PublicationScene scene, string path) =>
        scene.Uem.RequestLog.Entries.Count(call =>
            call.Method == "POST" && call.Path.Contains(path, StringComparison.OrdinalIgnoreCase)
        );

    internal static async Task<List<string>> LedgerAsync(PublicationScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        var rows = await db.Ledger.OrderBy(row => row.Id).ToListAsync(Cancel);
        return [.. rows.Select(row => $"{row.Kind} {row.State} {row.Sends} {row.Subject}")];
    }

    private static async Task<IReadOnlyList<CatalogueApp>> InUemAsync(PublicationScene scene, CatalogueKind kind) =>
        (await scene.Console.Apps.Search(kind, Scanner, scene.Uem.OrganizationGroup.Id).ReadAllAsync(Cancel)).Items;
}
