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
            "--Secrets:CertificateFile",
            "/nowhere/at-all.pfx"
        );

        Assert.Equal(78, await server.ExitCodeAsync(Cancellation));
        Assert.Contains("Outbound:AllowedNetworks", server.Output);
        Assert.Contains("Outbound:ConnectTimeoutSeconds", server.Output);
        Assert.Contains("Uem:MaxRetries", server.Output);
        Assert.Contains("Secrets:CertificateFile", server.Output);
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
