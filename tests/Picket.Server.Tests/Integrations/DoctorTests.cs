using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;
using LedgerState = Picket.Core.Response.LedgerState;

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

    [Fact]
    public async Task Who_began_an_examination_looks_on_while_it_lasts_and_nobody_else()
    {
        await using var picket = await PicketApplication.StartAsync();
        picket.Emulator.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "mdm/devices/search",
                Action = FaultAction.Slow,
                Milliseconds = 3000,
            }
        );
        using var http = picket.NewHttp();
        var other = new PicketClient(http, await picket.NewPersonAsync("grace"));
        var round = Guid.CreateVersion7();

        var asked = picket.Client.DoctorAsync(picket.Draft(), round: round, cancellationToken: Cancellation);
        var seen = await SeenAsync(picket.Client, round, "group-scope");
        var hidden = await Assert.ThrowsAsync<PicketApiException>(() => other.DoctorProgressAsync(round, Cancellation));

        Assert.False(asked.IsCompleted);
        Assert.Equal(HttpStatusCode.NotFound, hidden.Status);
        var report = await asked;
        Assert.Equal(report.Checks.Count, seen.Of);
        Assert.InRange(seen.Checks.Count, 5, report.Checks.Count - 1);
        Assert.All(seen.Checks, check => Assert.Equal(report.Check(check.Id).State, check.State));
        var over = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.DoctorProgressAsync(round, Cancellation)
        );
        Assert.Equal(HttpStatusCode.NotFound, over.Status);
    }

    private static async Task<DoctorProgress> SeenAsync(PicketClient client, Guid round, string check)
    {
        while (true)
        {
            try
            {
                var progress = await client.DoctorProgressAsync(round, Cancellation);
                if (progress.Checks.Any(each => each.Id == check))
                {
                    return progress;
                }
            }
            catch (PicketApiException early) when (early.Status == HttpStatusCode.NotFound)
            {
                // Not begun yet; the test's own time limit ends a wait for nothing.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }
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

        var made = await picket.CreateIntegrationAsync();

        var report = await picket.Client.DoctorAsync(made.Id, record: true, cancellationToken: Cancellation);

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
        Assert.Contains("EnrollmentStatus", text);
    }

    [Fact]
    public async Task Records_of_a_draft_what_was_asked_and_nothing_that_was_answered()
    {
        await using var picket = await PicketApplication.StartAsync();

        var report = await picket.Client.DoctorAsync(picket.Draft(), record: true, cancellationToken: Cancellation);

        Assert.Equal(report.Calls, report.Capture!.Count);
        Assert.All(report.Capture, exchange => Assert.Equal((null, 200), (exchange.Body, exchange.Status)));
    }

    [Fact]
    public async Task Tells_of_each_check_what_it_breaks_what_was_seen_and_where_it_is_set()
    {
        await using var picket = await PicketApplication.StartAsync();
        string[] ofTheNetwork = ["name-resolution", "connection", "tls", "version", "clock", "quota", "excess"];

        var report = await picket.Client.DoctorAsync(picket.Draft(), cancellationToken: Cancellation);

        Assert.All(
            report.Checks,
            check =>
            {
                Assert.NotEmpty(check.Title);
                Assert.False(string.IsNullOrWhiteSpace(check.Finding), check.Id);
                Assert.False(string.IsNullOrWhiteSpace(check.Breaks), check.Id);
                Assert.Equal(ofTheNetwork.Contains(check.Id), check.ConsolePath is null);
                Assert.Equal(check.ConsolePath is null, check.Clicks.Count == 0);
            }
        );
        var proved = report.Checks.Where(check =>
            check.Id.StartsWith("right:", StringComparison.Ordinal) && check.State == CheckState.Pass
        );
        Assert.All(proved, check => Assert.InRange(check.Evidence!.HttpStatus!.Value, 200, 204));
    }

    [Fact]
    public async Task Finds_the_group_of_a_saved_integration_by_its_number_and_reads_no_list()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        picket.Emulator.RequestLog.Clear();

        var report = await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);

        Assert.Equal(0, report.Fail);
        Assert.Equal(0, picket.Emulator.RequestLog.Count("GET system/groups/search"));
    }

    [Fact]
    public async Task Finds_the_group_by_its_uuid_when_the_number_is_another_groups()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var other = picket.Emulator.Groups.Find("nw-europe")!;
        await using var db = picket.OpenDatabase();
        await db.Integrations.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.OrganizationGroupId, other.Id),
            Cancellation
        );

        var resumed = await picket.Client.ResumeIntegrationAsync(made.Id, Cancellation);

        Assert.Equal(made.OrganizationGroup, resumed.OrganizationGroup);
    }

    [Fact]
    public async Task Names_a_right_to_write_that_was_taken_away_once_its_use_is_refused()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var connection = await picket.Service<UemConnections>().OpenAsync(made.Id, Cancellation);
        var account = picket.Emulator.Access.Account(picket.Emulator.Credentials.Account);
        var role = account.Role;
        account.Role = picket.Emulator.Access.Role("Read Only");
        var refusal = await Assert.ThrowsAsync<PermissionMissingException>(() =>
            connection.Client.Tags.CreateAsync(picket.Emulator.OrganizationGroup.Id, "x", Cancellation)
        );
        account.Role = role;

        await WroteAsync(picket, made.Id, LedgerState.Confirmed, null);
        var proved = await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);
        await WroteAsync(picket, made.Id, LedgerState.Failed, refusal);
        var refused = await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);
        await picket.Client.RotateCredentialAsync(made.Id, picket.OAuthCredential(), Cancellation);
        var rotated = await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);

        Assert.Equal(CheckState.Pass, proved.Check("right:tags-edit").State);
        var check = refused.Check("right:tags-edit");
        Assert.Equal(CheckState.Warn, check.State);
        Assert.Contains("Real use was refused", check.Finding);
        Assert.NotEmpty(check.Clicks);
        Assert.Equal(CheckState.NotTested, rotated.Check("right:tags-edit").State);
    }

    [Fact]
    public async Task Lists_the_rights_that_are_new_since_the_last_pass_until_it_passes()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var fresh = await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);
        await using var db = picket.OpenDatabase();
        await db.Integrations.ExecuteUpdateAsync(set => set.SetProperty(row => row.RightsVersion, 0), Cancellation);

        var upgraded = await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);
        var after = await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);

        Assert.Empty(fresh.NewRights);
        Assert.Contains("right:rest-devices", upgraded.NewRights);
        Assert.All(upgraded.NewRights, id => upgraded.Check(id));
        Assert.Empty(after.NewRights);
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

    private static async Task WroteAsync(
        PicketApplication picket,
        Guid integration,
        LedgerState state,
        WorkspaceOneException? refusal
    )
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = picket.OpenDatabase();
        db.Ledger.Add(
            new LedgerEntryRow
            {
                Id = Guid.CreateVersion7(now),
                IntegrationId = integration,
                IdempotencyKey = $"{state}",
                Kind = "CreateTag",
                Subject = "Picket: High",
                State = state,
                WantedBy = "test",
                WantedAt = now,
                SentAt = now,
                HttpStatus = (int?)refusal?.Status,
                ErrorCode = refusal?.ErrorCode,
                Error = refusal?.Message,
            }
        );
        await db.SaveChangesAsync(Cancellation);
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
