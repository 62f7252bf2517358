using System.Net;
using System.Net.Http.Json;
using System.Text;
using Picket.Api;
using Picket.Server.Tests.Inventory;

namespace Picket.Server.Tests.Hosting;

/// <summary>Whatever is refused says what happened and what to do next.</summary>
public sealed class ProblemTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_a_missing_token_from_a_dead_one()
    {
        using var nobody = picket.NewHttp();
        using var stranger = picket.NewHttp("pk_" + new string('0', 32) + "_nonsense");

        var missing = await ProblemAsync(await nobody.GetAsync(Routes.Devices, Cancel), HttpStatusCode.Unauthorized);
        var dead = await ProblemAsync(await stranger.GetAsync(Routes.Devices, Cancel), HttpStatusCode.Unauthorized);

        Assert.Contains("carries no token", missing.Detail);
        Assert.Contains("unknown, expired or revoked", dead.Detail);
        Assert.All([missing, dead], problem => Assert.False(string.IsNullOrEmpty(problem.Next)));
    }

    [Fact]
    public async Task Tells_an_unknown_address_from_an_unknown_id()
    {
        var address = await ProblemAsync(
            await picket.Http.GetAsync(Routes.Prefix + "/nowhere", Cancel),
            HttpStatusCode.NotFound
        );
        var id = await ProblemAsync(
            await picket.Http.GetAsync(Routes.Fill(Routes.Device, Guid.NewGuid()), Cancel),
            HttpStatusCode.NotFound
        );

        Assert.Contains("nowhere", address.Detail);
        Assert.Contains("openapi", address.Next);
        Assert.Contains("id", id.Detail);
    }

    [Theory]
    [InlineData(Routes.Runs + "?state=Nonsense")]
    [InlineData(Routes.Devices + "?level=17x")]
    public async Task Names_a_value_that_cannot_be_read(string address)
    {
        var problem = await ProblemAsync(await picket.Http.GetAsync(address, Cancel), HttpStatusCode.BadRequest);

        Assert.Contains(address.Split('=')[1], problem.Detail);
        Assert.Contains("openapi", problem.Next);
    }

    [Fact]
    public async Task Names_the_place_in_a_body_that_cannot_be_read_but_not_its_text()
    {
        using var body = new StringContent(
            """{ "name": "x", "scope": "canary-8812", "expiresInDays": 3 }""",
            Encoding.UTF8,
            "application/json"
        );

        using var answer = await picket.Http.PostAsync(Routes.Tokens, body, Cancel);

        var problem = await ProblemAsync(answer, HttpStatusCode.BadRequest);
        Assert.Contains("$.scope", problem.Detail);
        Assert.DoesNotContain("canary-8812", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData(Routes.Runs)]
    [InlineData(Routes.Findings)]
    [InlineData(Routes.Ledger)]
    [InlineData(Routes.Audit)]
    [InlineData(Routes.Tokens)]
    [InlineData(Routes.Feeds)]
    [InlineData(Routes.PolicyVersions)]
    [InlineData(Routes.Integrations)]
    [InlineData(Routes.Devices)]
    [InlineData(Routes.Apps)]
    public async Task Refuses_a_cursor_and_a_limit_that_would_answer_another_question(string list)
    {
        var cursor = await ProblemAsync(
            await picket.Http.GetAsync(list + "?cursor=garbage", Cancel),
            HttpStatusCode.BadRequest
        );
        var limit = await ProblemAsync(
            await picket.Http.GetAsync(list + "?limit=9999", Cancel),
            HttpStatusCode.BadRequest
        );

        Assert.Equal("cursor", Assert.Single(cursor.Errors!).Key);
        Assert.Equal("limit", Assert.Single(limit.Errors!).Key);
    }

    private static async Task<Problem> ProblemAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync(PicketApiJson.Default.Problem, Cancel))!;
    }
}
