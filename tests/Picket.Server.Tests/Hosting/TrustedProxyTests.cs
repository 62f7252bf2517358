using System.Net;
using System.Text.RegularExpressions;

namespace Picket.Server.Tests.Hosting;

/// <summary>Behind a proxy that ends TLS; the tests' own address stands for it.</summary>
public sealed partial class TrustedProxyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", "https", true)]
    [InlineData("192.0.2.0/24,127.0.0.0/8", "https", true)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("192.0.2.7", "https", false)]
    [InlineData(null, "https", false)]
    public async Task Believes_the_forwarded_scheme_of_trusted_proxies_alone(
        string? proxies,
        string? scheme,
        bool https
    )
    {
        var settings = new Dictionary<string, string?> { ["Hosting:TrustedProxies"] = proxies };
        await using var picket = await PicketApplication.StartAsync(new() { Settings = settings });
        using var browser = picket.NewHttp();
        if (scheme is not null)
        {
            browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
            browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.5");
        }

        var redirect = await browser.GetAsync("/", Cancel);
        var form = await browser.GetAsync("/sign-in", Cancel);
        var session = await SignInAsync(browser, form);
        browser.DefaultRequestHeaders.Host = "picket.example";
        var named = await browser.GetAsync("/sign-in", Cancel);
        var failed = await browser.GetAsync("/api/v1/devices?limit=0", Cancel);

        Assert.Equal(https ? "https" : "http", redirect.Headers.Location!.Scheme);
        Assert.Equal(https, Cookie(form, ".AspNetCore.Antiforgery").Contains("; secure", StringComparison.Ordinal));
        Assert.Equal(https, Cookie(session, "picket").Contains("; secure", StringComparison.Ordinal));
        Assert.Equal(
            [https, https],
            new[] { named, failed }.Select(answer => answer.Headers.Contains("Strict-Transport-Security"))
        );
        Assert.False(form.Headers.Contains("Strict-Transport-Security"), "It would hold for all else on this machine.");
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, HttpResponseMessage form)
    {
        var page = await form.Content.ReadAsStringAsync(Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in/session")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["name"] = PicketApplication.Owner.Name,
                    ["password"] = PicketApplication.Owner.Password,
                    ["__RequestVerificationToken"] = Hidden().Match(page).Groups[1].Value,
                }
            ),
        };
        request.Headers.Add("Cookie", Cookie(form, ".AspNetCore.Antiforgery").Split(';')[0]);
        var answer = await browser.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer;
    }

    private static string Cookie(HttpResponseMessage answer, string name) =>
        Assert.Single(
            answer.Headers.GetValues("Set-Cookie"),
            cookie => cookie.StartsWith(name, StringComparison.Ordinal)
        );

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}
