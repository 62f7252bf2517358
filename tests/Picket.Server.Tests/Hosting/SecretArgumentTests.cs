namespace Picket.Server.Tests.Hosting;

/// <summary>Arguments stand in the list of processes, where every user of the machine reads them.</summary>
public sealed class SecretArgumentTests : IDisposable
{
    private const string Canary = "canary-5512";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("picket-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refuses_every_secret_among_the_arguments_and_names_where_it_belongs()
    {
        await using var server = PicketProcess.Start(
            folder.FullName,
            $"--Storage:Postgres=Host=db;Database=picket;Username=picket;Password={Canary}",
            "--secrets:certificatepassword",
            Canary,
            "--Kestrel:Certificates:Default:Password",
            Canary,
            $"/Kestrel:Endpoints:Https:Certificate:Password={Canary}",
            "--OTEL_EXPORTER_OTLP_HEADERS",
            $"api-key={Canary}",
            "--Uem:MaxRetries",
            "99"
        );

        Assert.Equal(78, await server.ExitCodeAsync(Cancellation));
        Assert.Contains("Storage:Postgres: a connection string with a password is no argument", server.Output);
        Assert.Contains("as Storage__Postgres in the environment", server.Output);
        Assert.Contains("as secrets__certificatepassword in the environment", server.Output);
        Assert.Contains("as Kestrel__Certificates__Default__Password in the environment", server.Output);
        Assert.Contains("as Kestrel__Endpoints__Https__Certificate__Password in the environment", server.Output);
        Assert.Contains("as OTEL_EXPORTER_OTLP_HEADERS in the environment", server.Output);
        Assert.Contains("Uem:MaxRetries", server.Output); // with all other mistakes, at once
        Assert.DoesNotContain(Canary, server.Output);
    }

    [Theory]
    [InlineData("Host=/run/postgresql;Database=picket;Username=picket;Timeout=3")]
    [InlineData("Host=127.0.0.1;Port=1;Database=picket;Username=picket;Passfile=/etc/picket/pgpass;Timeout=3")]
    public async Task Takes_a_connection_string_without_a_password(string connection)
    {
        await using var server = PicketProcess.Start(folder.FullName, "--Storage:Postgres", connection);

        Assert.Equal(69, await server.ExitCodeAsync(Cancellation)); // the database does not answer
        Assert.DoesNotContain("is no argument", server.Output);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
