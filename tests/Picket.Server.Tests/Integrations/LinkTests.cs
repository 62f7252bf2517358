using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Integrations;

/// <summary>Law 6: a person proves to hold an administrator account of the UEM. The password goes into one call.</summary>
public sealed class LinkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_by_one_call_with_the_password_which_is_kept_nowhere()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        picket.Emulator.Access.AddAccount("grace", "grace-canary-1f4e", "Console Administrator", TopGroup(picket));
        var grace = await ClientAsync(picket, "grace");
        picket.Emulator.RequestLog.Clear();

        var link = await grace.LinkAsync(made.Id, new("Grace ", "grace-canary-1f4e"), Cancellation);

        var own = picket.Emulator.Credentials.Account;
        Assert.Equal(("grace", "grace", true), (link.PersonName, link.UserName, link.MayChange));
        Assert.Single(picket.Emulator.RequestLog.Entries, call => call.Account == "grace");
        Assert.All(
            picket.Emulator.RequestLog.Entries.Where(call => call.Account != "grace"),
            call => Assert.Equal((own, true), (call.Account, call.Path.Contains("admins/search")))
        );
        Assert.True((await grace.IntegrationAsync(made.Id, Cancellation)).MayChange);
        Assert.Equal(
            ["grace", PicketApplication.Owner.Name],
            (await picket.Client.Links(made.Id).ToListAsync(Cancellation)).Select(each => each.PersonName).Order()
        );
        await picket.StopServerAsync();
        var files = Directory.EnumerateFiles(picket.DataFolder, "picket.db*").Select(File.ReadAllBytes);
        Assert.All(
            files.Select(System.Text.Encoding.Latin1.GetString).Append(picket.Logs.All),
            place => Assert.DoesNotContain("grace-canary-1f4e", place)
        );
    }

    /// <summary>The inventory knows accounts: an account in the audit would name its holder also after an erasure (law 8).</summary>
    [Fact]
    public async Task The_audit_tells_of_a_link_and_not_of_the_account()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        picket.Emulator.Access.AddAccount("grace", "right", "Console Administrator", TopGroup(picket));
        var grace = await ClientAsync(picket, "grace");
        await grace.LinkAsync(made.Id, new("grace", "right"), Cancellation);
        await grace.LinkAsync(made.Id, new("grace", "right"), Cancellation);
        await using var db = picket.OpenDatabase();
        var row = db.AdminLinks.Single(link => link.UserName == "grace");

        await grace.UnlinkAsync(made.Id, Cancellation);

        var audit = string.Concat((await picket.Client.Audit().ToListAsync(Cancellation)).Select(entry => $"{entry}"));
        Assert.DoesNotContain($"{row.AdminUuid}", audit);
        Assert.Equal(3, audit.Split($"{row.Id}").Length); // Proven, and ended.
    }

    [Fact]
    public async Task Creates_nothing_without_the_creator_s_own_administrator_account()
    {
        await using var picket = await PicketApplication.StartAsync();
        picket.Emulator.Access.AddAccount("helper", "a long Password 1", "Read Only", TopGroup(picket));
        var europe = picket.Emulator.Groups.Find("nw-europe")!.Index;
        picket.Emulator.Access.AddAccount("below", "a long Password 1", "Console Administrator", europe);
        var draft = picket.Draft();

        var without = await RefusedAsync(HttpStatusCode.BadRequest, draft with { Creator = null });
        var wrong = await RefusedAsync(HttpStatusCode.UnprocessableEntity, Proven(picket.Proof().UserName, "wrong"));
        var own = await RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            Proven(picket.Emulator.Credentials.Account, picket.Emulator.Credentials.Password)
        );
        var reader = await RefusedAsync(HttpStatusCode.Forbidden, Proven("helper", "a long Password 1"));
        var elsewhere = await RefusedAsync(HttpStatusCode.Forbidden, Proven("below", "a long Password 1"));

        Assert.Equal(["creator.password", "creator.userName"], without.Problem.Errors!.Keys.Order());
        Assert.Contains("refused this user name or password", wrong.Problem.Detail);
        Assert.Contains("the account that Picket itself signs in with", own.Problem.Detail);
        Assert.Contains("read-only", reader.Problem.Detail);
        Assert.Contains("one above or below does not count", elsewhere.Problem.Detail);
        Assert.Empty(await picket.Client.Integrations().ToListAsync(Cancellation));
        var made = await picket.CreateIntegrationAsync(draft);
        Assert.Equal((true, picket.Administrator.Name), (made.MayChange, made.Link?.UserName));

        CreateIntegration Proven(string name, string password) => draft with { Creator = new(name, password) };
        Task<PicketApiException> RefusedAsync(HttpStatusCode status, CreateIntegration refused) =>
            Expect.RefusedAsync(status, () => picket.CreateIntegrationAsync(refused));
    }

    [Fact]
    public async Task Saves_nothing_as_paused_where_the_creator_cannot_be_proven_and_says_what_to_mend()
    {
        await using var picket = await PicketApplication.StartAsync();
        var draft = picket.Draft() with { SaveAsPaused = true };
        var role = picket.Emulator.Access.Account(picket.Emulator.Credentials.Account).Role;

        role.Revoke(new Right(Rows.Admins, RightMode.Read));
        var unreadable = await Expect.RefusedAsync(
            HttpStatusCode.BadGateway,
            () => picket.CreateIntegrationAsync(draft)
        );
        role.Grant(new Right(Rows.Admins, RightMode.Read));
        picket.Emulator.Access.ApiEnabled = false;
        var closed = await Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () => picket.CreateIntegrationAsync(draft)
        );
        picket.Emulator.Faults = FaultScript.Of(new FaultRule { Action = FaultAction.Reset });
        var gone = await Expect.RefusedAsync(HttpStatusCode.BadGateway, () => picket.CreateIntegrationAsync(draft));

        Assert.Contains("API > REST > Admins: Read", unreadable.Problem.Detail);
        Assert.True(unreadable.Problem.Doctor!.Fail > 0);
        Assert.Contains("1014", closed.Problem.Detail);
        Assert.Contains("Without its answer nobody is linked", gone.Problem.Detail);
    }

    [Fact]
    public async Task Sends_no_fourth_wrong_password_within_an_hour_whoever_tries_and_after_a_restart()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        picket.Emulator.Access.AddAccount("grace", "right", "Console Administrator", TopGroup(picket));
        var (one, other) = (await picket.NewPersonAsync("ada"), await picket.NewPersonAsync("bob"));
        foreach (var guess in new[] { "wrong 1", "wrong 2", "wrong 3" })
        {
            await RefusedAsync(HttpStatusCode.UnprocessableEntity, one, "grace", guess);
        }

        picket.Emulator.RequestLog.Clear();
        var fourth = await RefusedAsync(HttpStatusCode.TooManyRequests, one, "grace", "right");
        await RefusedAsync(HttpStatusCode.TooManyRequests, one, "somebody else", "wrong");
        await RefusedAsync(HttpStatusCode.TooManyRequests, other, "GRACE", "right");
        await picket.RestartAsync();
        await RefusedAsync(HttpStatusCode.TooManyRequests, other, "grace", "right");

        Assert.Equal(0, picket.Emulator.RequestLog.Total);
        Assert.Equal(3, picket.Emulator.Access.Account("grace").FailedSignIns);
        Assert.Contains("Nothing was sent to the UEM", fourth.Problem.Detail);
        await using var db = picket.OpenDatabase();
        Assert.Equal(7, await db.Audit.CountAsync(row => row.Action == "link.refused", Cancellation));

        Task<PicketApiException> RefusedAsync(HttpStatusCode status, string token, string name, string password) =>
            Expect.RefusedAsync(
                status,
                () => new PicketClient(picket.NewHttp(token)).LinkAsync(made.Id, new(name, password), Cancellation)
            );
    }

    [Fact]
    public async Task Lets_an_account_stand_for_one_person_until_the_link_is_ended()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var ada = await ClientAsync(picket, "ada");

        var taken = await Expect.RefusedAsync(
            HttpStatusCode.Conflict,
            () => ada.LinkAsync(made.Id, picket.Proof(), Cancellation)
        );
        await picket.Client.UnlinkAsync(made.Id, Cancellation);
        var unlinked = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        await ada.LinkAsync(made.Id, picket.Proof(), Cancellation);

        Assert.Contains("An account stands for one person", taken.Problem.Detail);
        Assert.Equal((false, null), (unlinked.MayChange, unlinked.Link));
        Assert.Contains("not linked", unlinked.WhyNot);
        await picket.Client.UnlinkAsync(made.Id, (await ada.MeAsync(Cancellation)).PersonId!.Value, Cancellation);
        Assert.Null((await ada.IntegrationAsync(made.Id, Cancellation)).Link);
    }

    [Fact]
    public async Task Asks_for_the_key_where_the_integration_signs_in_by_OAuth_without_one()
    {
        await using var picket = await PicketApplication.StartAsync();
        var oauth = picket.OAuthCredential() with { ApiKey = null };
        var draft = picket.Draft() with { Credential = oauth };

        var keyless = await Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () => picket.CreateIntegrationAsync(draft)
        );
        var made = await picket.CreateIntegrationAsync(
            draft with
            {
                Creator = picket.Proof() with { ApiKey = picket.Emulator.Credentials.ApiKey },
            }
        );

        Assert.Contains("no REST API key", keyless.Problem.Detail);
        Assert.True(made.MayChange);
    }

    private static int TopGroup(PicketApplication picket) => picket.Emulator.Groups.Customer.Index;

    private static async Task<PicketClient> ClientAsync(PicketApplication picket, string name) =>
        new(picket.NewHttp(await picket.NewPersonAsync(name)));
}
