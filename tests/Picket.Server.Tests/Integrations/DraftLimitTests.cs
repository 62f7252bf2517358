using System.Net;
using System.Net.Http.Json;
using Picket.Api;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Integrations;

/// <summary>A draft is checked wherever its caller says, so that this is not done without end.</summary>
public sealed class DraftLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checks_so_many_drafts_a_minute_and_caller_and_says_when_to_come_again()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(
            new()
            {
                Time = time,
                Settings = new Dictionary<string, string?> { ["Uem:DraftsPerMinute"] = "2" },
            }
        );
        var nobody = new PicketClient(picket.NewHttp());
        var elsewhere = await nobody.SignInAsync(PicketApplication.Owner, Cancel);
        using var other = picket.NewHttp(elsewhere.Token.Secret);

        using var first = await CheckAsync(picket, picket.Http);
        using var second = await CheckAsync(picket, picket.Http);
        var asked = picket.Emulator.RequestLog.Total;
        using var third = await CheckAsync(picket, picket.Http);
        var unmoved = picket.Emulator.RequestLog.Total;
        using var another = await CheckAsync(picket, other);
        time.Advance(TimeSpan.FromSeconds(61));
        using var later = await CheckAsync(picket, picket.Http);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.InRange(third.Headers.RetryAfter?.Delta ?? default, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal("application/problem+json", third.Content.Headers.ContentType?.MediaType);
        var problem = await third.Content.ReadFromJsonAsync(PicketApiJson.Default.Problem, Cancel);
        Assert.Equal(429, problem!.Status);
        Assert.Contains("within a minute", problem.Detail);
        Assert.Contains("Wait", problem.Next);
        Assert.Equal(asked, unmoved); // it went nowhere
        Assert.Equal(HttpStatusCode.OK, another.StatusCode); // each token has its own count
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    private static Task<HttpResponseMessage> CheckAsync(PicketApplication picket, HttpClient http) =>
        http.PostAsJsonAsync(Routes.Doctor, picket.Draft(), PicketApiJson.Default.CreateIntegration, Cancel);
}
