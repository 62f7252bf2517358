using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Access;

/// <summary>A browser adds its session also to what a page of somebody else's asks. Such a page changes nothing here.</summary>
public sealed class OtherOriginTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    public async Task Another_sites_page_changes_nothing_with_somebodys_session(string header, string value)
    {
        using var owner = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        var name = $"made by {header} {value} {Guid.NewGuid():N}";

        using var answer = await PostAsync(name, owner.Browser.Cookie("picket")!, header, value);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync(PicketApiJson.Default.Problem, Cancel))!;
        Assert.Contains("Another site's page", problem.Detail);
        Assert.Contains("Hosting:TrustedProxies", problem.Next);
        await using var db = picket.OpenDatabase();
        Assert.False(await db.ApiTokens.AnyAsync(row => row.Name == name, Cancel));
        Assert.True(await db.Audit.AnyAsync(entry => entry.Subject == $"POST {Routes.Tokens}", Cancel));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "own")]
    [InlineData(null, null)]
    public async Task The_consoles_own_page_and_what_is_no_browser_do(string? header, string? value)
    {
        using var owner = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        var origin = value == "own" ? picket.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : value;

        using var answer = await PostAsync("own", owner.Browser.Cookie("picket")!, header, origin);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Reading_and_what_comes_with_a_token_ask_for_no_origin()
    {
        using var owner = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        using var reading = new HttpRequestMessage(HttpMethod.Get, Routes.Devices);
        reading.Headers.Add("Cookie", $"picket={owner.Browser.Cookie("picket")!.Value}");
        reading.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var writing = Wish("with a token", "Sec-Fetch-Site", "cross-site");
        using var nobody = picket.NewHttp();

        using var read = await nobody.SendAsync(reading, Cancel);
        using var written = await owner.Http.SendAsync(writing, Cancel);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Created), (read.StatusCode, written.StatusCode));
    }

    private async Task<HttpResponseMessage> PostAsync(string name, Cookie session, string? header, string? value)
    {
        using var browser = picket.NewHttp();
        using var wish = Wish(name, header, value);
        wish.Headers.Add("Cookie", $"picket={session.Value}");
        return await browser.SendAsync(wish, Cancel);
    }

    private static HttpRequestMessage Wish(string name, string? header, string? value)
    {
        var wish = new HttpRequestMessage(HttpMethod.Post, Routes.Tokens)
        {
            Content = new StringContent(
                $$"""{"name":"{{name}}","scope":"Read","expiresInDays":1}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        if (header is not null)
        {
            wish.Headers.Add(header, value);
        }

        return wish;
    }
}
