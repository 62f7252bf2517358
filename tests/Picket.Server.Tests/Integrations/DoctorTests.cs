using System.Net;
using Picket.Api;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Integrations;

public sealed class DoctorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passes_a_prepared_UEM_within_40_calls_and_only_reads()
    {
        await using var picket = await PicketApplication.StartAsync();

        var report = await picket.Client.DoctorAsync(picket.Draft(), cancellationToken: Cancellation);

        Assert.Empty(report.Failed());
        Assert.Equal(0, report.Fail);
        Assert.Equal(report.Checks.Count, report.Pass + report.Warn + report.NotTested);
        Assert.Equal("25.11.6.68", report.UemVersion);
        Assert.InRange(report.Calls, 8, 40);
        Assert.Equal(picket.Emulator.RequestLog.Total, report.Calls);
        Assert.All(picket.Emulator.RequestLog.Entries, call => Assert.Equal("GET", call.Method));
        Assert.DoesNotContain(picket.Emulator.RequestLog.Entries, call => call.Path.Contains("api-keys"));
        Assert.Contains("Picket with tags", report.Check("account-roles").Finding);
        Assert.Equal(CheckState.Pass, report.Check("tls").State);
        Assert.Equal(CheckState.NotTested, report.Check("right:tags-edit").State);
        Assert.Null(report.Capture);
    }

    public static TheoryData<string, string> Refusals =>
        new()
        {
            { "wrong password", "account" },
            { "locked account", "account-locked" },
            { "wrong key", "api-key" },
            { "key of the wrong kind", "api-key-kind" },
            { "key of another tree", "api-key-tree" },
            { "API disabled", "api-access" },
            { "Basic disabled", "account" },
            { "group out of scope", "group-scope" },
            { "unknown group", "group-scope" },
            { "role without devices", "right:rest-devices" },
            { "directory account", "authentication-kind" },
            { "certificate", "authentication-kind" },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Says_what_is_wrong_and_nothing_is_saved(string fault, string check)
    {
        await using var picket = await StartWithAsync(fault);
        var draft = Spoil(picket, fault);

        var refused = await Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () => picket.CreateIntegrationAsync(draft)
        );

        var report = refused.Problem.Doctor;
        Assert.NotNull(report);
        var failed = report.Check(check);
        Assert.Equal(CheckState.Fail, failed.State);
        Assert.False(string.IsNullOrEmpty(failed.Finding));
        Assert.False(string.IsNullOrEmpty(failed.Breaks));
        Assert.NotEmpty(failed.Causes);
        Assert.False(string.IsNullOrEmpty(failed.ConsolePath));
        Assert.NotEmpty(failed.Clicks);
        Assert.Equal(check, report.Failed()[0]);
        Assert.InRange(report.Calls, 0, 40);
        await using var db = picket.OpenDatabase();
        Assert.Empty(db.Integrations);
    }

    [Theory]
    [InlineData("wrong password")]
    [InlineData("Basic disabled")]
    [InlineData("locked account")]
    public async Task Signs_in_once_with_a_credential_that_is_refused(string fault)
    {
        await using var picket = await StartWithAsync(fault);

        await picket.Client.DoctorAsync(Spoil(picket, fault), cancellationToken: Cancellation);

        Assert.Single(picket.Emulator.RequestLog.Entries, call => call.Status == 401);
        Assert.Equal(1, picket.Emulator.RequestLog.Total);
    }

    [Fact]
    public async Task Names_the_causes_that_one_answer_cannot_tell_apart()
    {
        await using var picket = await StartWithAsync("wrong password");

        var report = await picket.Client.DoctorAsync(Spoil(picket, "wrong password"), cancellationToken: Cancellation);

        var account = report.Check("account");
        Assert.Equal(401, account.Evidence?.HttpStatus);
        Assert.Equal(1005, account.Evidence?.ErrorCode);
        Assert.Equal(2, account.Causes.Count);
        Assert.All(account.Causes, cause => Assert.NotEmpty(cause.Clicks));
    }

    [Fact]
    public async Task Lets_a_role_without_tags_pass_and_says_that_tagging_is_off()
    {
        await using var picket = await PicketApplication.StartAsync(
            new()
            {
                Emulator = new EmulatorOptions
                {
                    Http = true,
                    Devices = 50,
                    Role = SeededRoles.Minimum,
                },
            }
        );

        var report = await picket.Client.DoctorAsync(picket.Draft(), cancellationToken: Cancellation);

        Assert.Equal(0, report.Fail);
        var tags = report.Check("right:tags");
        Assert.Equal(CheckState.Warn, tags.State);
        Assert.Contains("Tagging is off: needs", tags.Finding);
    }

    [Fact]
    public async Task Mends_an_address_that_ends_with_API()
    {
        await using var picket = await PicketApplication.StartAsync();

        var view = await picket.CreateIntegrationAsync(
            picket.Draft() with
            {
                Address = picket.Emulator.Address.GetLeftPart(UriPartial.Authority) + "/API/help",
            }
        );

        Assert.Equal(picket.Emulator.Address.ToString(), view.Address);
    }

    [Fact]
    public async Task Records_exchanges_without_secrets_names_or_addresses()
    {
        await using var picket = await PicketApplication.StartAsync();
        var credentials = picket.Emulator.Credentials;

        var report = await picket.Client.DoctorAsync(picket.Draft(), record: true, Cancellation);

        Assert.NotNull(report.Capture);
        Assert.Equal(report.Calls, report.Capture.Count);
        var text = string.Join(
            '\n',
            report.Capture.Select(exchange =>
                $"{exchange.Path} {string.Join(' ', exchange.RequestHeaders)} {exchange.Body}"
            )
        );
        Assert.DoesNotContain(credentials.Password, text);
        Assert.DoesNotContain(credentials.ApiKey, text);
        Assert.DoesNotContain(credentials.Account, text);
        Assert.DoesNotContain("Northwind", text);
        Assert.DoesNotContain($"{picket.Emulator.OrganizationGroup.Uuid}", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("system/groups/{ogUuid}", text);
        Assert.Contains("OrganizationGroups", text);
    }

    [Fact]
    public async Task Asks_a_saved_integration_again_and_a_refused_one_not_at_all()
    {
        await using var picket = await PicketApplication.StartAsync();
        var integration = await picket.CreateIntegrationAsync();
        Assert.Equal(0, (await picket.Client.DoctorAsync(integration.Id, cancellationToken: Cancellation)).Fail);

        picket.Emulator.Access.Account(picket.Emulator.Credentials.Account).Password = "changed";
        picket.Emulator.RequestLog.Clear();
        var first = await picket.Client.DoctorAsync(integration.Id, cancellationToken: Cancellation);
        var second = await picket.Client.DoctorAsync(integration.Id, cancellationToken: Cancellation);
        await picket.RestartAsync();
        var third = await picket.Client.DoctorAsync(integration.Id, cancellationToken: Cancellation);

        Assert.All([first, second, third], report => Assert.Equal(CheckState.Fail, report.Check("account").State));
        Assert.Equal(1, picket.Emulator.RequestLog.Total);
        var view = await picket.Client.IntegrationAsync(integration.Id, Cancellation);
        Assert.Equal(IntegrationState.CredentialRefused, view.State);
    }

    [Fact]
    public async Task Tells_an_HTML_page_from_a_UEM()
    {
        await using var picket = await PicketApplication.StartAsync();
        picket.Emulator.Faults = FaultScript.Of(new FaultRule { Action = FaultAction.Html });

        var report = await picket.Client.DoctorAsync(picket.Draft(), cancellationToken: Cancellation);

        Assert.Equal(["uem"], report.Failed());
    }

    private static Task<PicketApplication> StartWithAsync(string fault) =>
        PicketApplication.StartAsync(
            new()
            {
                Emulator = new EmulatorOptions
                {
                    Http = true,
                    Devices = 50,
                    OrganizationGroup = fault == "group out of scope" ? "nw-europe" : null,
                },
            }
        );

    private static CreateIntegration Spoil(PicketApplication picket, string fault)
    {
        var uem = picket.Emulator;
        var basic = picket.BasicCredential();
        var draft = picket.Draft();
        switch (fault)
        {
            case "locked account":
                uem.Access.Account(basic.Account).Locked = true;
                break;
            case "API disabled":
                uem.Access.ApiEnabled = false;
                break;
            case "role without devices":
                uem.Access.Role(SeededRoles.WithTags).Revoke(new Right(Rows.Devices, RightMode.Read));
                break;
            case "Basic disabled":
                uem.Access.BasicEnabled = false;
                break;
        }

        return fault switch
        {
            "wrong password" => draft with { Credential = basic with { Password = "wrong" } },
            "wrong key" => draft with { Credential = basic with { ApiKey = "no-such-key" } },
            "key of the wrong kind" => draft with
            {
                Credential = basic with { ApiKey = uem.Credentials.EnrollmentUserApiKey },
            },
            "key of another tree" => draft with
            {
                Credential = basic with { ApiKey = uem.Credentials.OtherTreeApiKey },
            },
            "group out of scope" => draft with { OrganizationGroup = uem.Groups.Customer.GroupId },
            "unknown group" => draft with { OrganizationGroup = "no-such-group" },
            "directory account" => draft with { Credential = basic with { Account = @"CORP\picket" } },
            "certificate" => draft with { Credential = new CertificateCredential() },
            _ => draft,
        };
    }
}
