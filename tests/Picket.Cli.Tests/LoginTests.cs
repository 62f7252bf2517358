using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>What <c>picket login</c> remembers, and to whom it gives it.</summary>
public sealed class LoginTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("picket-login-").FullName;

    private string ConfigPath => Path.Combine(_folder, "config.json");

    [Fact]
    public async Task Remembers_a_token_that_works_for_its_owner_alone()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Me, Fabricate.A<MeView>());

        var login = await LoginAsync(stub.Address, PicketStub.Token);
        var me = await CliRun.WithAsync(["findings"], new Dictionary<string, string>(), "", _folder);

        Assert.Equal(ExitCodes.Ok, login.Code);
        Assert.DoesNotContain(PicketStub.Token, login.Out + login.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(ConfigPath));
        // Signed in: the stub knows no findings, but it knows us.
        Assert.Equal(ExitCodes.NotFound, me.Code);
    }

    [Fact]
    public async Task Forgets_a_token_that_does_not_work()
    {
        await using var stub = await PicketStub.StartAsync();

        var login = await LoginAsync(stub.Address, "pk_wrong");

        Assert.Equal(ExitCodes.NotAllowed, login.Code);
        Assert.False(File.Exists(ConfigPath));
    }

    [Fact]
    public async Task Never_gives_the_token_of_one_server_to_another()
    {
        await using var stub = await PicketStub.StartAsync();
        await using var other = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Me, Fabricate.A<MeView>());
        await LoginAsync(stub.Address, PicketStub.Token);

        var run = await CliRun.WithAsync(
            ["--server", other.Address, "status"],
            new Dictionary<string, string>(),
            "",
            _folder
        );

        Assert.Equal(ExitCodes.NotAllowed, run.Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<CliRun> LoginAsync(string server, string token) =>
        CliRun.WithAsync(
            ["login", "--server", server, "--token-stdin"],
            new Dictionary<string, string>(),
            token + "\n",
            _folder
        );
}
