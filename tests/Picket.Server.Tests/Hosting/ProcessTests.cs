namespace Picket.Server.Tests.Hosting;

public sealed class ProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("picket-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_all_mistaken_settings_at_once_and_ends_with_78()
    {
        await using var server = PicketProcess.Start(
            folder.FullName,
            "--Outbound:AllowedNetworks:0",
            "not a network",
            "--Outbound:ConnectTimeoutSeconds",
            "0",
            "--Uem:MaxRetries",
            "99",
            "--Uem:LockThreshold",
            "five",
            "--Outbound:AllowLoopback",
            "perhaps",
            "--Secrets:CertificateFile",
            "/nowhere/at-all.pfx",
            "--Hosting:TrustedProxies",
            "10.20.0.7, the proxy, 0.0.0.0/0",
            "--FORWARDEDHEADERS_ENABLED",
            "true"
        );

        Assert.Equal(78, await server.ExitCodeAsync(Cancellation));
        Assert.Contains("Outbound:AllowedNetworks", server.Output);
        Assert.Contains("Outbound:ConnectTimeoutSeconds", server.Output);
        Assert.Contains("Uem:MaxRetries", server.Output);
        Assert.Matches("Uem:LockThreshold: .{1,6}five.{1,6} is not a whole number", server.Output);
        Assert.Matches("Outbound:AllowLoopback: .{1,6}perhaps.{1,6} is not true or false", server.Output);
        Assert.Contains("Secrets:CertificateFile", server.Output);
        Assert.Matches("Hosting:TrustedProxies: .{1,6}the proxy.{1,6} is no address", server.Output);
        Assert.Matches("Hosting:TrustedProxies: .{1,6}0.0.0.0/0.{1,6} is everybody", server.Output);
        Assert.Contains("ASPNETCORE_FORWARDEDHEADERS_ENABLED believes", server.Output);
        Assert.DoesNotMatch("TrustedProxies: .{1,6}10.20.0.7.{1,6} is", server.Output);
    }

    [Theory]
    [InlineData("--urls", "http://127.0.0.1:99999", "urls:")]
    [InlineData("--urls", "nonsense", "urls:")]
    [InlineData("--Storage:Postgres", "nonsense", "Storage:Postgres")]
    [InlineData("--Storage:DataFoldr", "elsewhere", "Storage:DataFoldr is no setting")]
    [InlineData("--Hosting:TrustedProxy", "10.20.0.7", "Hosting:TrustedProxy is no setting")]
    [InlineData("--Outbound:AllowedNetworks", "10.0.0.0/8,nonsense", "Outbound:AllowedNetworks")]
    [InlineData("--Uem:MaxRetries", "many", "Uem:MaxRetries")]
    public async Task Names_a_setting_that_cannot_be_used(string setting, string value, string named)
    {
        await using var server = PicketProcess.Start(folder.FullName, setting, value);

        Assert.Equal(78, await server.ExitCodeAsync(Cancellation));
        Assert.Contains(named, server.Output);
        Assert.DoesNotContain("Unhandled exception", server.Output);
    }

    [Fact]
    public async Task Says_that_its_address_is_taken_and_ends_with_78()
    {
        await using var first = PicketProcess.Start(folder.FullName);
        await first.ReadyAsync(Cancellation);
        using var other = new TemporaryFolder();

        await using var second = PicketProcess.Start(other.Path, "--urls", first.Address.ToString());

        Assert.Equal(78, await second.ExitCodeAsync(Cancellation));
        Assert.Contains("urls:", second.Output);
    }

    [Fact]
    public async Task Says_that_its_database_does_not_answer_and_ends_with_69()
    {
        await using var server = PicketProcess.Start(
            folder.FullName,
            new Dictionary<string, string>
            {
                ["Storage__Postgres"] =
                    "Host=127.0.0.1;Port=1;Database=picket;Username=picket;Password=canary-4471;Timeout=3",
            }
        );

        Assert.Equal(69, await server.ExitCodeAsync(Cancellation));
        Assert.Contains("The database does not answer", server.Output);
        Assert.DoesNotContain("canary-4471", server.Output);
    }

    [Fact]
    public async Task Lets_one_server_alone_use_a_data_folder_and_frees_it_when_killed()
    {
        await using var first = PicketProcess.Start(folder.FullName);
        await first.ReadyAsync(Cancellation);

        await using var second = PicketProcess.Start(folder.FullName);
        Assert.Equal(78, await second.ExitCodeAsync(Cancellation));
        Assert.Contains("Another server already uses the data folder", second.Output);

        await first.KillAsync();
        await using var third = PicketProcess.Start(folder.FullName);
        await third.ReadyAsync(Cancellation);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
