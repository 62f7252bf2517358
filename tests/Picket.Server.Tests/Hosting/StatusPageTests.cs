using System.Net;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Hosting;

/// <summary>Where an answer would be a bare status a person gets a page that says what it means.</summary>
public sealed class StatusPageTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/no/such/page", HttpStatusCode.NotFound, "There is nothing at this address")]
    [InlineData("/audit", HttpStatusCode.Forbidden, "This page is not for your role")]
    public async Task Each_status_has_its_page(string address, HttpStatusCode status, string title)
    {
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));

        using var answer = await analyst.Browser.GetAsync(address);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"<h1>{title}</h1>", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_any_role_is_told_whom_to_ask_for_one()
    {
        using var newcomer = await Colleague.JoinAsync(picket);
        using var owner = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        using var administrator = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));

        using var answer = await newcomer.Browser.GetAsync("/devices");
        var text = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("You have no role here yet", text, StringComparison.Ordinal);
        Assert.Contains(owner.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain(administrator.Name, text, StringComparison.Ordinal);
        Assert.Contains("action=\"/sign-out\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_of_somebody_without_a_role_is_told_no_names()
    {
        using var newcomer = await Colleague.JoinAsync(picket);
        var wish = new CreateToken("reads", TokenScope.Read, 1) { Personal = true };
        using var program = picket.NewHttp((await newcomer.Client.CreateTokenAsync(wish, Cancel)).Secret);
        program.DefaultRequestHeaders.Add("Accept", "text/html");

        using var answer = await program.GetAsync("/devices", Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("not for your role", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    /// <summary>Whoever has a role finds the people on their page, or asks whoever gave it.</summary>
    [Fact]
    public async Task Owners_are_named_to_whom_has_no_role_alone()
    {
        using var newcomer = await Colleague.JoinAsync(picket);
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));

        Assert.Contains("owner", (await newcomer.Client.MyAccountAsync(Cancel)).WhoGivesRoles);
        Assert.Empty((await analyst.Client.MyAccountAsync(Cancel)).WhoGivesRoles);
    }

    [Theory]
    [InlineData(405, "This address is not a page")]
    [InlineData(429, "Wait a minute")]
    [InlineData(503, "in a moment")]
    [InlineData(418, "The server answered 418")]
    public async Task What_no_address_answers_now_has_its_words(int status, string words)
    {
        using var nobody = new FormBrowser(picket);

        Assert.Contains(words, await nobody.TextAsync($"/status/{status}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_has_the_headers_that_protect_it_a_failure_too()
    {
        HttpResponseMessage[] answers =
        [
            await picket.Http.GetAsync("/about", Cancel),
            await picket.Http.GetAsync(Routes.Devices, Cancel),
            await picket.Http.GetAsync(Routes.Devices + "?limit=0", Cancel),
            await picket.Http.GetAsync("/no/such/page", Cancel),
        ];

        foreach (var answer in answers)
        {
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self'; ", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }

        Assert.All(answers[1..3], answer => Assert.True(answer.Headers.CacheControl?.NoStore));
    }
}
