using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Server.Tests.Integrations;

public sealed class IntegrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creates_reads_changes_and_removes_an_integration_and_audits_each()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();

        Assert.Equal(IntegrationState.Active, made.State);
        Assert.False(made.Writing);
        Assert.Equal(picket.Emulator.OrganizationGroup.Id, made.OrganizationGroup.Id);
        Assert.Equal(picket.Emulator.OrganizationGroup.Uuid, made.OrganizationGroup.Uuid);
        Assert.NotNull(made.NextRunAt);
        Assert.True(made.Quota.DailyLimit > 0);

        var changed = await picket.Client.ChangeIntegrationAsync(
            made.Id,
            made.Version,
            new ChangeIntegration { Name = "Renamed", QuotaSharePercent = 25 },
            Cancellation
        );
        Assert.Equal(("Renamed", 25), (changed.Name, changed.Quota.SharePercent));
        Assert.Equal(changed.Version, (await picket.Client.IntegrationAsync(made.Id, Cancellation)).Version);

        await picket.Client.RemoveIntegrationAsync(made.Id, cancellationToken: Cancellation);
        await Expect.RefusedAsync(HttpStatusCode.NotFound, () => picket.Client.IntegrationAsync(made.Id, Cancellation));
        await using var db = picket.OpenDatabase();
        Assert.Equal(
            ["integration.created", "integration.changed", "integration.removed"],
            await db
                .Audit.Where(row => row.Action.StartsWith("integration."))
                .OrderBy(row => row.Id)
                .Select(row => row.Action)
                .ToListAsync(Cancellation)
        );
    }

    [Theory]
    [InlineData("code")]
    [InlineData("number")]
    [InlineData("uuid")]
    public async Task Finds_the_organization_group_however_it_is_named(string form)
    {
        await using var picket = await PicketApplication.StartAsync();
        var group = picket.Emulator.OrganizationGroup;
        var typed = form switch
        {
            "code" => group.GroupId.ToUpperInvariant(),
            "number" => $"{group.Id}",
            _ => $"{group.Uuid}",
        };

        var made = await picket.CreateIntegrationAsync(picket.Draft() with { OrganizationGroup = typed });

        Assert.Equal(
            (group.Id, group.Uuid, group.GroupId),
            ((int)made.OrganizationGroup.Id, made.OrganizationGroup.Uuid, made.OrganizationGroup.GroupId)
        );
    }

    [Fact]
    public async Task Turns_the_names_of_a_scope_into_numbers_and_says_which_are_unknown()
    {
        await using var picket = await PicketApplication.StartAsync();
        var europe = picket.Emulator.Groups.Find("nw-europe")!;
        var draft = picket.Draft() with { Scope = new IntegrationScope { ExcludedOrganizationGroups = ["nw-europe"] } };

        var made = await picket.CreateIntegrationAsync(draft);
        var refused = await Expect.RefusedAsync(
            HttpStatusCode.BadRequest,
            () =>
                picket.Client.ChangeIntegrationAsync(
                    made.Id,
                    made.Version,
                    new ChangeIntegration
                    {
                        Scope = new IntegrationScope
                        {
                            ExcludedOrganizationGroups = ["nowhere"],
                            SmartGroups = ["nothing"],
                        },
                    },
                    Cancellation
                )
        );

        Assert.Equal([$"{europe.Id}"], made.Scope.ExcludedOrganizationGroups);
        Assert.Equal(["scope.excludedOrganizationGroups", "scope.smartGroups"], refused.Problem.Errors!.Keys.Order());
    }

    [Fact]
    public async Task Names_every_mistake_of_a_draft_at_once()
    {
        await using var picket = await PicketApplication.StartAsync();
        var draft = picket.Draft() with
        {
            Name = " ",
            Credential = new BasicCredential("", "", ""),
            CaCertificatePem = "no certificate",
            Proxy = new ProxySettings("proxy without scheme"),
            QuotaSharePercent = 0,
            SyncIntervalMinutes = 1,
            TagPrefix = "",
        };

        var refused = await Expect.RefusedAsync(HttpStatusCode.BadRequest, () => picket.CreateIntegrationAsync(draft));

        Assert.Equal(
            [
                "caCertificatePem",
                "credential.account",
                "credential.apiKey",
                "credential.password",
                "name",
                "proxy.address",
                "quotaSharePercent",
                "syncIntervalMinutes",
                "tagPrefix",
            ],
            refused.Problem.Errors!.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal(0, picket.Emulator.RequestLog.Total);
    }

    [Fact]
    public async Task Refuses_a_change_without_a_version_or_from_an_old_one()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var address = Routes.Fill(Routes.Integration, made.Id);
        var change = new ChangeIntegration { Name = "First" };

        using var blind = await picket.Http.PatchAsJsonAsync(
            address,
            change,
            PicketApiJson.Default.ChangeIntegration,
            Cancellation
        );
        await picket.Client.ChangeIntegrationAsync(made.Id, made.Version, change, Cancellation);
        await Expect.RefusedAsync(
            HttpStatusCode.PreconditionFailed,
            () =>
                picket.Client.ChangeIntegrationAsync(
                    made.Id,
                    made.Version,
                    change with
                    {
                        Name = "Second",
                    },
                    Cancellation
                )
        );
        using var read = await picket.Http.GetAsync(address, Cancellation);

        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        var now = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        Assert.Equal("First", now.Name);
        Assert.Equal($"\"{now.Version}\"", read.Headers.ETag?.Tag);
    }

    [Theory]
    [InlineData(TokenScope.Read)]
    [InlineData(TokenScope.Write)]
    public async Task Lets_no_service_token_change_settings_and_says_why(TokenScope scope)
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var service = new PicketClient(await picket.NewHttpAsync(scope));
        var calls = picket.Emulator.RequestLog.Total;

        Func<Task>[] changes =
        [
            () => service.CreateIntegrationAsync(picket.Draft("Other"), Cancellation),
            () => service.DoctorAsync(picket.Draft("Other"), cancellationToken: Cancellation),
            () => service.ChangeIntegrationAsync(made.Id, made.Version, new() { Name = "Mine" }, Cancellation),
            () => service.RotateCredentialAsync(made.Id, picket.BasicCredential(), Cancellation),
            () => service.PauseIntegrationAsync(made.Id, Cancellation),
            () => service.ResumeIntegrationAsync(made.Id, Cancellation),
            () => service.SetWritingAsync(made.Id, false, Cancellation),
            () => service.RemoveIntegrationAsync(made.Id, cancellationToken: Cancellation),
        ];
        foreach (var change in changes)
        {
            var refused = await Expect.RefusedAsync(HttpStatusCode.Forbidden, change);
            Assert.Contains("Service tokens never change settings", refused.Problem.Detail);
        }

        Assert.Equal(calls, picket.Emulator.RequestLog.Total);
        Assert.Equal(made.Version, (await service.IntegrationAsync(made.Id, Cancellation)).Version);
    }

    [Fact]
    public async Task Saves_an_unprepared_integration_only_as_paused_and_resumes_it_after_the_doctor()
    {
        await using var picket = await PicketApplication.StartAsync();
        var role = picket.Emulator.Access.Account(picket.Emulator.Credentials.Account).Role;
        role.Revoke(new Right(Rows.Devices, RightMode.Read));

        var made = await picket.CreateIntegrationAsync(picket.Draft() with { SaveAsPaused = true });
        await Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () => picket.Client.ResumeIntegrationAsync(made.Id, Cancellation)
        );
        role.Grant(new Right(Rows.Devices, RightMode.Read));
        var resumed = await picket.Client.ResumeIntegrationAsync(made.Id, Cancellation);

        Assert.Equal((IntegrationState.Paused, null), (made.State, made.NextRunAt));
        Assert.Equal(IntegrationState.Active, resumed.State);
        Assert.Equal(picket.Emulator.OrganizationGroup.Id, resumed.OrganizationGroup.Id);
        Assert.NotNull(resumed.NextRunAt);
    }

    [Fact]
    public async Task Lets_writing_on_only_after_an_accepted_preview_and_off_always()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();

        await Expect.RefusedAsync(
            HttpStatusCode.Conflict,
            () => picket.Client.SetWritingAsync(made.Id, true, Cancellation)
        );
        var preview = await picket.Client.PreviewTagsAsync(made.Id, Cancellation);
        await picket.Client.AcceptTagsAsync(made.Id, preview.Id, Cancellation);

        Assert.False((await picket.Client.SetWritingAsync(made.Id, false, Cancellation)).Writing);
        Assert.True((await picket.Client.SetWritingAsync(made.Id, true, Cancellation)).Writing);
        Assert.False((await picket.Client.SetWritingAsync(made.Id, false, Cancellation)).Writing);
    }

    [Fact]
    public async Task Shows_what_was_read_and_takes_all_of_it_along_when_removed()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var run = await picket.Client.StartRunAsync(made.Id, new StartRun(), Cancellation);
        await Expect.RefusedAsync(
            HttpStatusCode.Conflict,
            () => picket.Client.RemoveIntegrationAsync(made.Id, cancellationToken: Cancellation)
        );
        while (run.State is RunState.Queued or RunState.Running)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
            run = await picket.Client.RunAsync(run.Id, Cancellation);
        }

        var view = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        Assert.Equal((200, run.Id), (view.Counts.Devices, view.LastRun?.Id));
        Assert.InRange(view.AppCoverage.Known, 1, view.AppCoverage.Eligible);
        Assert.True(view.Quota.UsedToday > made.Quota.UsedToday);

        await picket.Client.RemoveIntegrationAsync(made.Id, cancellationToken: Cancellation);

        await using var db = picket.OpenDatabase();
        Assert.Equal(0, await db.Devices.CountAsync(Cancellation));
        Assert.Equal(0, await db.DeviceApps.CountAsync(Cancellation));
        Assert.Equal(0, await db.DeviceChanges.CountAsync(Cancellation));
        Assert.Equal(0, await db.Findings.CountAsync(Cancellation));
        Assert.Equal(0, await db.Users.CountAsync(Cancellation));
        Assert.Equal(0, await db.UserGroups.CountAsync(Cancellation));
        Assert.Equal(0, await db.UserGroupMembers.CountAsync(Cancellation));
        Assert.Equal(0, await db.Administrators.CountAsync(Cancellation));
        Assert.Equal(0, await db.OrganizationGroups.CountAsync(Cancellation));
        Assert.Equal(0, await db.SmartGroups.CountAsync(Cancellation));
        Assert.Equal(0, await db.Tags.CountAsync(Cancellation));
        Assert.Equal(0, await db.SyncRuns.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Keeps_the_day_s_spending_over_a_restart()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();

        await picket.RestartAsync();
        var connection = await picket.Service<UemConnections>().OpenAsync(made.Id, Cancellation);

        Assert.Equal(made.Quota.UsedToday, connection.Client.Quota.CallsMade);
        Assert.Equal(made.Quota.DailyLimit, connection.Client.Quota.Limit);
    }
}
