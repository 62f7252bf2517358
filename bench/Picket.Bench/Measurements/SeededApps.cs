using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Picket.Bench.Harness;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Bench.Measurements;

/// <summary>Ten apps on every Android device of a database, as though each had been asked; and a feed that names a few.</summary>
internal static class SeededApps
{
    public const int Indicators = 10_000;
    public const string Named = "org.picket.bench.named";
    private const string Other = "org.picket.bench.other";
    private const int AppsPerDevice = 10;
    private const int OtherApps = 20_000;
    private const int Holders = 200;
    private const int RowsPerCommit = 10_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>A feed in the format of stalkerware-indicators that names the apps of a range of numbers.</summary>
    public static string Feed(int from, int to)
    {
        var text = new StringBuilder();
        for (var i = from; i < to; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"- name: Bench {i}\n  type: stalkerware\n  packages:\n  - {Named}{i}\n"
            );
        }

        return text.ToString();
    }

    /// <summary>Writes the apps; returns how many rows, and the devices that hold an app which the feed names.</summary>
    public static async Task<(int Rows, List<Guid> Holders)> WriteAsync(string folder)
    {
        var database = new PicketDatabase(new StorageOptions { DataFolder = folder });
        await using var db = database.Open();
        var now = TimeProvider.System.GetUtcNow();
        await db.Devices.ExecuteUpdateAsync(set =>
            set.SetProperty(row => row.AppsState, DetailState.Known).SetProperty(row => row.AppsReadAt, now)
        );
        var devices = await db
            .Devices.OrderBy(row => row.Id)
            .Select(row => new { row.Id, Judged = row.Platform == "Android" && row.EnrollmentStatus == "Enrolled" })
            .ToListAsync();
        var apps = Apps();
        await WriteAsync(database, db, apps);
        var holders = devices.Where(device => device.Judged).Take(Holders).Select(device => device.Id).ToList();
        var others = devices.SelectMany((device, place) => Presences(device.Id, place, apps, now));
        var rows = others.Concat(holders.Select((id, place) => Presence(id, apps[OtherApps + 1 + (place % 10)], now)));
        var written = await WriteAsync(database, db, rows);
        SqliteConnection.ClearAllPools();
        return (written, holders);
    }

    public static async Task FillAsync(BenchSite bench, string folder, int devices)
    {
        var fleet = await bench.EmulatorAsync(devices);
        await using var server = await ServerProgram.StartAsync(folder);
        var integration = await server.ConnectAsync(fleet, "seeded");
        await server.SyncAsync(integration);
    }

    public static async Task SettleAsync(PicketDatabase database) =>
        await UntilAsync(async () =>
        {
            await using var db = database.Open();
            return !await db.Devices.AnyAsync(row => row.JudgingDue && row.GoneAt == null);
        });

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            await Task.Delay(Poll, TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Waits until there is one.</summary>
    public static async Task<T> ValueAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        T? value = null;
        await UntilAsync(async () => (value = await read()) is not null);
        return value!;
    }

    private static List<AppRow> Apps() =>
        [
            .. Enumerable.Range(0, OtherApps).Select(i => App($"{Other}{i}")),
            .. Enumerable.Range(0, 11).Select(i => App($"{Named}{i}")),
        ];

    private static AppRow App(string identifier) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Platform = "Android",
            Identifier = identifier,
            Name = identifier,
        };

    private static IEnumerable<DeviceAppRow> Presences(Guid device, int place, List<AppRow> apps, DateTimeOffset now) =>
        Enumerable
            .Range(0, AppsPerDevice)
            .Select(i => Presence(device, apps[(int)(((place * 7919L) + (i * 1999L)) % OtherApps)], now));

    private static DeviceAppRow Presence(Guid device, AppRow app, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            DeviceId = device,
            AppId = app.Id,
            Version = "1.0",
            FirstSeenAt = now,
        };

    private static async Task<int> WriteAsync<TRow>(PicketDatabase database, PicketDbContext db, IEnumerable<TRow> rows)
        where TRow : class
    {
        var written = 0;
        foreach (var part in rows.Chunk(RowsPerCommit))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await database.Bulk.UpsertAsync(db, part, CancellationToken.None);
            await transaction.CommitAsync();
            written += part.Length;
        }

        return written;
    }
}
