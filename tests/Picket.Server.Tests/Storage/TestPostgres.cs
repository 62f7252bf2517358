using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Picket.Server.Tests.Storage.TestPostgres))]

namespace Picket.Server.Tests.Storage;

/// <summary>
/// A PostgreSQL for the tests: the one that PICKET_TEST_POSTGRES names (a connection string), else a throw-away server
/// made from installed binaries, which goes with the test run. Started when the first test asks for it.
/// </summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private string? server;
    private string? folder;

    /// <summary>A connection string of a new and empty database.</summary>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            server ??= Environment.GetEnvironmentVariable("PICKET_TEST_POSTGRES") ?? await StartAsync(cancellation);
        }
        finally
        {
            gate.Release();
        }

        var name = $"picket_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return new NpgsqlConnectionStringBuilder(server)
        {
            Database = name,
            IncludeErrorDetail = true,
            // Each server of a test has a pool of its own, and there are hundreds: what rests is given back soon.
            ConnectionIdleLifetime = 10,
            ConnectionPruningInterval = 5,
        }.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        gate.Dispose();
        if (folder is null)
        {
            return;
        }

        NpgsqlConnection.ClearAllPools();
        await RunAsync($"'{Binaries()}/pg_ctl' -D '{folder}/data' -m immediate -w stop; rm -rf '{folder}'", default);
    }

    private async Task<string> StartAsync(CancellationToken cancellation)
    {
        var binaries = Binaries();
        folder = (await RunAsync("mktemp -d -p /tmp", cancellation)).Trim();
        await RunAsync(
            $"'{binaries}/initdb' --no-sync --auth=trust -U picket -D '{folder}/data' >'{folder}/log' 2>&1 && "
                + $"'{binaries}/pg_ctl' -D '{folder}/data' -l '{folder}/log' -w start "
                + $"-o \"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=500\" >/dev/null 2>&1",
            cancellation
        );
        return $"Host={folder};Username=picket;Database=postgres";
    }

    private static string Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory
            .GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .Order()
            .LastOrDefault()
            is { } found
            ? found
            : throw new InvalidOperationException(
                "These tests need PostgreSQL. Install it (Debian: apt-get install postgresql), or name a server in "
                    + "PICKET_TEST_POSTGRES, as in 'Host=localhost;Username=picket;Password=…;Database=postgres'."
            );

    /// <summary>PostgreSQL refuses to run as root, so there it runs as its own user.</summary>
    private static async Task<string> RunAsync(string script, CancellationToken cancellation)
    {
        string[] shell = ["/bin/sh", "-c", script];
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. shell] : shell;
        using var process = Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, WorkingDirectory = "/tmp" }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"PostgreSQL could not be started or stopped: {script}\n{output}");
    }
}
