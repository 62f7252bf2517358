using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Integrations;

/// <summary>Law 6: the administrator is re-read before each change; who may no longer is refused at once.</summary>
public sealed class ChangeTests
{
    /// <summary>Every address that changes a setting of an integration, with a body that it takes.</summary>
    private static readonly (string Method, string Route, string? Body)[] Changes =
    [
        ("PATCH", Routes.Integration, """{"name":"Other"}"""),
        ("DELETE", Routes.Integration, null),
        (
            "POST",
            Routes.IntegrationCredential,
            """{"credential":{"kind":"basic","account":"a","password":"b","apiKey":"c"}}"""
        ),
        ("POST", Routes.IntegrationPause, null),
        ("POST", Routes.IntegrationResume, null),
        ("POST", Routes.IntegrationWriting, """{"enabled":false}"""),
        ("PUT", Routes.Enrollment, """{"enabled":true}"""),
        ("PUT", Routes.Deployment, """{"enabled":true}"""),
        ("PUT", Routes.IntegrationCommands, """{"commands":true}"""),
        ("PUT", Routes.WipeCredential, """{"credential":{"kind":"basic","account":"a","password":"b","apiKey":"c"}}"""),
        ("DELETE", Routes.WipeCredential, null),
        ("POST", Routes.TaggingAccept, null),
        ("POST", Routes.TaggingAdopt, """{"tagName":"Picket: High"}"""),
        ("POST", Routes.TaggingCleanUp, null),
        ("PUT", Routes.CompliancePolicies, """{"ids":[]}"""),
        ("PUT", Routes.AppGroups, """{"mostChanges":5}"""),
        ("POST", Routes.AppGroupAccept, null),
        ("POST", Routes.AppGroupAdopt, """{"uemId":601}"""),
        ("POST", Routes.AppGroupCleanUp, null),
    ];

    /// <summary>They ask for the right, and have tests of their own for law 6.</summary>
    private static readonly string[] OfNoSetting =
    [
        Routes.IntegrationRecoveryAcknowledge,
        Routes.IntegrationLinkRequestConfirm,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_nobody_change_a_setting_who_is_not_linked_says_why_and_keeps_it_in_the_audit()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var preview = await picket.Client.PreviewTagsAsync(made.Id, Cancellation);
        var lists = await picket.Client.PreviewAppGroupsAsync(made.Id, Cancellation);
        using var ada = picket.NewHttp(await picket.NewPersonAsync("ada"));
        picket.Emulator.RequestLog.Clear();

        foreach (var (method, route, body) in Changes)
        {
            object[] ids = route switch
            {
                Routes.TaggingAccept => [made.Id, preview.Id],
                Routes.AppGroupAccept => [made.Id, lists.Id],
                _ => [made.Id],
            };
            using var request = new HttpRequestMessage(new HttpMethod(method), Routes.Fill(route, ids));
            request.Headers.IfMatch.Add(new($"\"{made.Version}\""));
            request.Content = body is null ? null : new StringContent(body, null, "application/json");
            using var answer = await ada.SendAsync(request, Cancellation);
            var problem = await answer.Content.ReadFromJsonAsync(PicketApiJson.Default.Problem, Cancellation);

            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {route}: {answer.StatusCode}");
            Assert.Contains("not linked to a UEM administrator account", problem!.Detail);
            Assert.Contains("picket integrations link", problem.Next);
        }

        var view = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        Assert.Equal((made.Version, made.Name), (view.Version, view.Name));
        Assert.Equal(0, picket.Emulator.RequestLog.Total);
        await using var db = picket.OpenDatabase();
        var refused = await db
            .Audit.Where(row => row.Action == "integration.change-refused" && row.Outcome == AuditOutcome.Refused)
            .OrderBy(row => row.Sequence)
            .ToListAsync(Cancellation);
        Assert.Equal(Changes.Length, refused.Count);
        Assert.All(
            refused,
            entry =>
                Assert.Equal(
                    (made.Id.ToString(), true),
                    (entry.Subject, entry.Actor.StartsWith("person:") || entry.Actor.StartsWith("token:"))
                )
        );
        Assert.Contains("PATCH", refused[0].After);
        Assert.Contains("NotLinked", refused[0].After);
    }

    [Fact]
    public async Task Has_every_address_that_changes_an_integration_in_that_table()
    {
        await using var picket = await PicketApplication.StartAsync();
        var needing =
            from endpoint in picket.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.OfType<IAuthorizeData>().Any(data => data.Policy == Policies.ChangeSettings)
            let route = endpoint.RoutePattern.RawText!
            where route.Contains("{id}", StringComparison.Ordinal) && !OfNoSetting.Contains(route)
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            select $"{method} {route}";

        Assert.Equal(Changes.Select(change => $"{change.Method} {change.Route}").Order(), needing.Order());
    }

    public static TheoryData<string, string> Mishaps =>
        new()
        {
            { "moved", "one above or below does not count" },
            { "deactivated", "not active" },
            { "removed", "no longer shows the account" },
            { "made anew", "no longer shows the account" },
            { "read-only", "read-only" },
            { "role off", "not active" },
            { "answers nothing", "could not be asked" },
        };

    [Theory]
    [MemberData(nameof(Mishaps))]
    public async Task Refuses_at_once_who_is_no_longer_an_administrator_of_the_very_group(string what, string reason)
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var changed = await RenameAsync(picket, made, "First");
        var access = picket.Emulator.Access;
        var (name, account) = (picket.Administrator.Name, picket.Administrator);

        switch (what)
        {
            case "moved":
                account.Group = picket.Emulator.Groups.Find("nw-europe")!.Index;
                break;
            case "deactivated":
                account.Active = false;
                break;
            case "removed":
                access.RemoveAccount(account);
                break;
            case "made anew":
                access.AddAccount(name, "x", SeededRoles.ConsoleAdministrator, account.Group);
                break;
            case "read-only":
                account.Role = access.Role("Read Only");
                break;
            case "role off":
                account.Change(had =>
                    had with
                    {
                        Assignments = [.. had.Assignments.Select(role => role with { Active = false })],
                    }
                );
                break;
            default:
                picket.Emulator.Faults = FaultScript.Of(new FaultRule { Action = FaultAction.Reset });
                break;
        }

        var refused = await Expect.RefusedAsync(HttpStatusCode.Forbidden, () => RenameAsync(picket, changed, "Second"));

        Assert.Contains(reason, refused.Problem.Detail);
        var view = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        Assert.Equal("First", view.Name);
        // No answer says nothing about the account: what was read before is shown on.
        Assert.Equal(what == "answers nothing", view.MayChange);
        Assert.Equal(view.MayChange ? null : refused.Problem.Detail, view.WhyNot);
    }

    [Fact]
    public async Task Rotates_a_refused_credential_by_what_the_new_one_reads()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        picket.Emulator.Access.Account(picket.Emulator.Credentials.Account).Password = "new password";
        await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);
        var credential = picket.BasicCredential() with { Password = "new password" };

        var paused = await Expect.RefusedAsync(
            HttpStatusCode.Forbidden,
            () => picket.Client.PauseIntegrationAsync(made.Id, Cancellation)
        );
        picket.Administrator.Active = false;
        var refused = await Expect.RefusedAsync(
            HttpStatusCode.Forbidden,
            () => picket.Client.RotateCredentialAsync(made.Id, credential, Cancellation)
        );
        picket.Administrator.Active = true;
        var rotated = await picket.Client.RotateCredentialAsync(made.Id, credential, Cancellation);

        Assert.Contains("Rotate the credential first", paused.Problem.Detail);
        Assert.Contains("not active", refused.Problem.Detail);
        Assert.Equal(IntegrationState.Active, rotated.State);
    }

    /// <summary>A UEM of somebody's own would call anybody an administrator.</summary>
    [Fact]
    public async Task Asks_the_present_UEM_whether_somebody_may_lead_the_integration_to_another()
    {
        await using var picket = await PicketApplication.StartAsync();
        await using var elsewhere = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var change = new ChangeIntegration
        {
            Address = elsewhere.Emulator.Address.ToString(),
            Credential = elsewhere.BasicCredential(),
        };

        picket.Administrator.Active = false;
        var refused = await Expect.RefusedAsync(HttpStatusCode.Forbidden, ChangeAsync);
        picket.Administrator.Active = true;
        var unknownThere = await Expect.RefusedAsync(HttpStatusCode.Forbidden, ChangeAsync);

        Assert.Contains("not active", refused.Problem.Detail);
        Assert.Contains("no longer shows the account", unknownThere.Problem.Detail);
        Assert.Equal(made.Address, (await picket.Client.IntegrationAsync(made.Id, Cancellation)).Address);

        Task ChangeAsync() => picket.Client.ChangeIntegrationAsync(made.Id, made.Version, change, Cancellation);
    }

    [Fact]
    public async Task Shows_settings_read_only_with_the_reason_and_personal_tokens_act_as_the_person()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var personal = await picket.Client.CreateTokenAsync(
            new CreateToken("mine", TokenScope.Full, 1) { Personal = true },
            Cancellation
        );
        var service = new PicketClient(await picket.NewHttpAsync(TokenScope.Write));
        var auditor = new PicketClient(picket.NewHttp(await picket.NewPersonAsync("ada", Core.Identity.Role.Auditor)));
        picket.Emulator.RequestLog.Clear();

        var shownToService = await service.IntegrationAsync(made.Id, Cancellation);
        var shownToAuditor = await auditor.IntegrationAsync(made.Id, Cancellation);
        var calls = picket.Emulator.RequestLog.Total;
        var renamed = await new PicketClient(picket.NewHttp(personal.Secret)).ChangeIntegrationAsync(
            made.Id,
            made.Version,
            new() { Name = "By token" },
            Cancellation
        );

        Assert.Equal((false, false, 0L), (shownToService.MayChange, shownToAuditor.MayChange, calls));
        Assert.Contains("Service tokens never change settings", shownToService.WhyNot);
        Assert.Contains("right to change integrations", shownToAuditor.WhyNot);
        Assert.Equal(("By token", true), (renamed.Name, renamed.MayChange));
    }

    private static Task<IntegrationView> RenameAsync(PicketApplication picket, IntegrationView view, string name) =>
        picket.Client.ChangeIntegrationAsync(view.Id, view.Version, new() { Name = name }, Cancellation);
}
