using Microsoft.Data.Sqlite;
using Picket.Bench.Harness;
using Picket.Bench.Raw;

namespace Picket.Bench.Measurements;

/// <summary>
/// A sync of a fleet in which three of five devices reported again and nothing else changed: no history, and nothing
/// written but the moment of contact.
/// </summary>
internal static class QuietResync
{
    private static readonly TimeSpan Contact = TimeSpan.FromSeconds(11);

    public static async Task MeasureAsync(BenchSite bench)
    {
        var fleet = await bench.FleetAsync();
        var (server, integration) = await bench.FilledServerAsync();
        using var raw = new RawPages(fleet);
        await raw.FetchAndParseAsync();
        List<double> parse = [],
            product = [],
            moved = [];
        long history = 0,
            rewritten = 0;
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            // Devices of the emulator report every ten seconds, or every few hours.
            await Task.Delay(Contact, TimeProvider.System);
            parse.Add(await Timing.SecondsAsync(raw.FetchAndParseAsync));
            var before = HistoryRows(server.Folder);
            var run = await server.SyncAsync(integration);
            product.Add(run.DeviceSeconds());
            await server.SettleAsync();
            moved.Add(run.Devices().Touched / (double)run.Devices().Read);
            history += HistoryRows(server.Folder) - before;
            rewritten += run.Devices().Added + run.Devices().Changed + run.Devices().Removed;
        }

        var note =
            $"raw fetch+parse {parse.Seconds()}, product {product.Seconds()}, {moved.Median():P0} of the devices moved";
        bench.Report.Add(
            Figure.AtLeast("quiet re-sync / raw fetch+parse", parse.Median() / product.Median(), 0.85, note)
        );
        bench.Report.Add(Figure.None("history rows of quiet re-syncs", history, ""));
        bench.Report.Add(Figure.None("rows rewritten by quiet re-syncs", rewritten, "added, changed or removed"));
    }

    private static long HistoryRows(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "picket.db")};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM device_changes";
        return (long)command.ExecuteScalar()!;
    }
}
