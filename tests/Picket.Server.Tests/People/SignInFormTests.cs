using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Picket.Server.People;

namespace Picket.Server.Tests.People;

/// <summary>What a browser is let do with the forms by which people come in and go out.</summary>
public sealed class SignInFormTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_cookie_of_a_session_is_for_this_server_alone_and_for_no_script()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var browser = new FormBrowser(picket);

        var answer = await browser.SignInAsync(PicketApplication.Owner.Name, PicketApplication.Owner.Password);

        var cookie = answer
            .Headers.GetValues("Set-Cookie")
            .Single(value => value.StartsWith("picket=", StringComparison.Ordinal));
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_form_that_this_server_did_not_show_is_refused()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var http = picket.NewHttp();
        using var inside = new FormBrowser(picket);
        await inside.SignInAsync(PicketApplication.Owner.Name, PicketApplication.Owner.Password);

        var signIn = await http.PostAsync(
            new Uri("/sign-in/session", UriKind.Relative),
            Form(("name", PicketApplication.Owner.Name), ("password", PicketApplication.Owner.Password)),
            Cancel
        );
        var second = await http.PostAsync(
            new Uri("/sign-in/second-factor", UriKind.Relative),
            Form(("code", "123456")),
            Cancel
        );
        var signOut = await inside.PostAsync("/sign-out", Form());

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest),
            (signIn.StatusCode, second.StatusCode, signOut.StatusCode)
        );
        Assert.False(signIn.Headers.Contains("Set-Cookie"));
        Assert.Contains("may have been open for too long", await signOut.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, (await inside.GetAsync("/")).StatusCode);
    }

    [Fact]
    public void A_password_costs_what_OWASP_asks_for()
    {
        var services = new ServiceCollection();
        services.AddPeople();
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<PasswordHasherOptions>>().Value;

        Assert.Equal(PasswordHasherCompatibilityMode.IdentityV3, options.CompatibilityMode); // PBKDF2 with HMAC-SHA512
        Assert.InRange(options.IterationCount, 210_000, 1_000_000);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
