using System.Text.RegularExpressions;
using Picket.Api;

namespace Picket.Server.Tests.People;

/// <summary>The day on which the last owner does not get in any more.</summary>
public sealed partial class PasswordLinkCommandTests
{
    private const string NewPassword = "a walrus on a bicycle";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_owner_gets_in_again_by_a_link_from_the_servers_own_host()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Time = time });
        await AddFactorAsync(picket, time);

        var (code, said) = await RunAsync(
            picket,
            "--person",
            "owner",
            "--reason",
            "phone and password lost",
            "--second-factor",
            "remove"
        );
        var link = Link().Match(said).Groups[1].Value;
        using var browser = new FormBrowser(picket);
        await browser.SubmitAsync("/new-password", ("Wish.Code", link), ("Wish.Password", NewPassword));
        using var nobody = picket.NewHttp();
        var signedIn = await new PicketClient(nobody).SignInAsync(new SignIn("owner", NewPassword), Cancel);

        Assert.True(code == 0, said);
        Assert.Equal("owner", signedIn.Person.Name);
        using var owner = picket.NewHttp(signedIn.Token.Secret);
        var told = await new PicketClient(owner)
            .Audit(new AuditFilter { Action = "person.password-link-made" })
            .ToListAsync(Cancel);
        var entry = Assert.Single(told);
        Assert.Equal("host", entry.Actor);
        Assert.Contains("phone and password lost", entry.After);
    }

    [Theory]
    [InlineData("Nobody active is called", "--person", "nobody", "--reason", "x")]
    [InlineData("Usage:", "--person", "owner")]
    [InlineData("Usage:", "--person", "owner", "--reason", "x", "--second-factor", "forget")]
    public async Task Says_what_it_needs(string expected, params string[] arguments)
    {
        await using var picket = await PicketApplication.StartAsync();

        var (code, said) = await RunAsync(picket, arguments);

        Assert.Equal(64, code);
        Assert.Contains(expected, said);
        Assert.DoesNotContain("/new-password", said);
    }

    private static async Task AddFactorAsync(PicketApplication picket, SettableClock time)
    {
        var secret = (await picket.Client.NewSecondFactorAsync(Cancel)).Secret;
        await picket.Client.ConfirmSecondFactorAsync(new(AccountTests.Code(secret, time)), Cancel);
    }

    private static Task<(int Code, string Said)> RunAsync(PicketApplication picket, params string[] arguments) =>
        HostProgram.RunAsync(picket, "password-link", arguments);

    [GeneratedRegex("/new-password#(\\S+) ")]
    private static partial Regex Link();
}
