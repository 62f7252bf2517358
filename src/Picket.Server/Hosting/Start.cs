using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Server.Brakes;
using Picket.Server.Storage;

namespace Picket.Server.Hosting;

/// <summary>
/// From settings to a running server: 1 all mistaken settings are named at once; 2 the data folder is taken; 3 the
/// database is brought to this version, and says whether all writes are stopped; 4 the server listens, and only then does anything run; 5 where nobody owns it
/// yet, a link for its first owner is made and printed.
/// </summary>
internal static class Start
{
    /// <summary>Exit code of a server whose settings have to be mended (EX_CONFIG).</summary>
    private const int Misconfigured = 78;

    /// <summary>Exit code of a server whose database does not answer (EX_UNAVAILABLE): starting again may help.</summary>
    private const int Unavailable = 69;

    /// <summary>
    /// Settings are read once. To watch their file is to watch the working folder with all that lies below, and a
    /// database there would tell the watcher of each of its writes.
    /// </summary>
    public static WebApplicationBuilder Builder(string[] arguments) =>
        WebApplication.CreateBuilder([.. arguments, "--hostBuilder:reloadConfigOnChange=false"]);

    public static async Task RunPicketAsync(this WebApplication app, string[] arguments)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Picket.Server");
        await using (app)
        {
            if (HostCommand.Asked(arguments) is { } command)
            {
                Environment.ExitCode = await command(app);
                return;
            }

            Environment.ExitCode = await PrepareAsync(app, log) ?? await ListenAsync(app, log) ?? 0;
        }
    }

    /// <returns>The exit code where it cannot start, else null.</returns>
    private static async Task<int?> PrepareAsync(WebApplication app, ILogger log)
    {
        try
        {
            var unreadable = UnreadableSettings.TakeOut(app.Configuration, app.Services.GetServices<SettingsSection>());
            var settings = app.Services.GetRequiredService<IStartupValidator>().Mistakes(); // 1
            var mistakes = unreadable
                .Concat(settings)
                .Concat(ListenAddresses.Mistakes(app.Configuration))
                .Concat(SecretArguments.Mistakes())
                .ToList();
            if (mistakes.Count > 0)
            {
                HostingLog.CannotStart(log, string.Join(Environment.NewLine, mistakes));
                return Misconfigured;
            }

            app.Services.GetRequiredService<DataFolderLock>().Take(); // 2
            WarnOfOpenSecrets(app, log);
            var database = app.Services.GetRequiredService<PicketDatabase>();
            await DatabaseMigration.MigrateAsync(database, app.Lifetime.ApplicationStopping); // 3
            await app.Services.GetRequiredService<WriteBrake>().ReadAsync(app.Lifetime.ApplicationStopping);
            return null;
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            HostingLog.CannotStart(log, mistake.Message);
            return Misconfigured;
        }
        catch (DbException failure)
        {
            HostingLog.DatabaseUnavailable(log, failure.Message);
            return Unavailable;
        }
    }

    private static async Task<int?> ListenAsync(WebApplication app, ILogger log)
    {
        try
        {
            await app.StartAsync(); // 4
            var firstOwner = app.Services.GetRequiredService<People.FirstOwnerNotice>();
            await firstOwner.PrintAsync(app.Urls, app.Lifetime.ApplicationStopping); // 5
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            HostingLog.CannotStart(log, $"urls: {taken.Message} Give another address with --urls.");
            return Misconfigured;
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException)
        {
            HostingLog.DatabaseUnavailable(log, failure.GetBaseException().Message);
            return Unavailable;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return null; // Asked to end before it had begun.
        }

        await app.WaitForShutdownAsync();
        return null;
    }

    private static void WarnOfOpenSecrets(WebApplication app, ILogger log)
    {
        var folder = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder;
        if (DataFolder.IsOpenToOthers(folder))
        {
            HostingLog.DataFolderOpen(log, Path.GetFullPath(folder));
        }

        if (app.Services.GetRequiredService<IOptions<SecretsOptions>>().Value.CertificateFile is null)
        {
            HostingLog.KeyRingNotWrapped(log);
        }
    }

    private static IEnumerable<string> Mistakes(this IStartupValidator validator)
    {
        try
        {
            validator.Validate();
            return [];
        }
        catch (OptionsValidationException mistakes)
        {
            return mistakes.Failures;
        }
        catch (AggregateException several)
        {
            return several.InnerExceptions.SelectMany(each =>
                each is OptionsValidationException mistakes ? mistakes.Failures : [each.Message]
            );
        }
    }
}

/// <summary>The addresses that the server is told to listen at.</summary>
internal static class ListenAddresses
{
    private const int HighestPort = 65_535;

    public static IEnumerable<string> Mistakes(IConfiguration configuration) =>
        (configuration["urls"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(address => !IsUsable(address))
            .Select(address => $"urls: '{address}' is no address to listen at, such as http://127.0.0.1:8480.");

    private static bool IsUsable(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            return parsed.IsUnixPipe || parsed.Port is >= 0 and <= HighestPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
