using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Bench.Harness;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Bench.Measurements;

/// <summary>
/// A policy tried over the fleet of today and of the last 30 days, ten apps on each device, every tenth device changed in
/// that time, all of them in a smart group and half with a tag that the policy names; to judging the fleet once, which is the least that any answer for today alone would take.
/// </summary>
internal static class WhatIf
{
    private const double Goal = 10;
    private const int GoalDevices = 100_000;
    private const int Rounds = 3;

    private const string Policy = """
        version: 1
        policies:
          - name: Strict
            group: "*"
            levels: {device.no-passcode: high, os.exploited-cves: critical, device.not-compliant: low}
            ages:
              patchAge: {60d: medium, 120d: high}
              noContact: {7d: low, 30d: high}
          - name: Everybody's
            group: "*"
            when: {smartGroup: [Everybody]}
            levels: {device.not-encrypted: critical}
          - name: Half of them
            group: "*"
            priority: 1
            when: {tag: [Lent]}
            levels: {device.no-passcode: medium}
        """;

    public static async Task MeasureAsync(BenchSite bench)
    {
        var folder = bench.NewFolder();
        await SeededApps.FillAsync(bench, folder, bench.Options.Devices);
        var (rows, _) = await SeededApps.WriteAsync(folder);
        await ChangeAsync(folder);
        await JoinAsync(folder);
        await using var server = await ServerProgram.StartAsync(folder);
        var database = new PicketDatabase(new StorageOptions { DataFolder = folder });
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(SeededApps.Feed(0, SeededApps.Indicators)));
        await server.Client.ImportFeedAsync("indicators", file, FeedFormats.StalkerwareIndicators);
        await SeededApps.SettleAsync(database);

        var today = await BestAsync(server, days: 0);
        var month = await BestAsync(server, days: 30);
        var note =
            $"{month.Devices} devices, {rows} app rows, {month.Moves.Sum(move => move.Devices)} would change; today alone "
            + $"{today.Milliseconds / 1000.0:0.00} s";
        var seconds = month.Milliseconds / 1000.0;
        bench.Report.Add(
            month.Devices >= GoalDevices
                ? Figure.AtMost("what-if over today and 30 days, seconds", seconds, Goal, note)
                : Figure.Fact("what-if over today and 30 days, seconds", $"{seconds:0.00}", note)
        );
        bench.Report.Add(
            Figure.AtMost("what-if over 31 days / over today", seconds / (today.Milliseconds / 1000.0), 3, note)
        );
    }

    private static async Task<WhatIfView> BestAsync(ServerProgram server, int days)
    {
        WhatIfView? best = null;
        for (var round = 0; round < Rounds; round++)
        {
            var tried = await server.Client.WhatIfAsync(new WhatIfWish { Policy = Policy, Days = days });
            best = best is null || tried.Milliseconds < best.Milliseconds ? tried : best;
        }

        return best!;
    }

    /// <summary>Every tenth device got another version of its system within the month.</summary>
    private static async Task ChangeAsync(string folder)
    {
        var database = new PicketDatabase(new StorageOptions { DataFolder = folder });
        await using var db = database.Open();
        var now = TimeProvider.System.GetUtcNow();
        var devices = await db.Devices.OrderBy(row => row.Id).Select(row => row.Id).ToListAsync();
        var changes = devices
            .Where((_, place) => place % 10 == 0)
            .Select((id, place) => DeviceHistory.Change(id, now.AddDays(-(place % 28) - 1), "osVersion", "14", "15"));
        foreach (var part in changes.Chunk(10_000))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await database.Bulk.InsertAsync(db, part, CancellationToken.None);
            await transaction.CommitAsync();
        }

        await db.Devices.ExecuteUpdateAsync(set => set.SetProperty(row => row.FirstSeenAt, now.AddDays(-40)));
    }

    private static async Task JoinAsync(string folder)
    {
        var database = new PicketDatabase(new StorageOptions { DataFolder = folder });
        await using var db = database.Open();
        var integration = await db.Integrations.Select(row => row.Id).FirstAsync();
        var devices = await db.Devices.Select(row => row.RemoteId).ToListAsync();
        var everybody = new SmartGroupRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = integration,
            RemoteId = 1,
            Name = "Everybody",
            Hash = [],
        };
        var lent = new TagRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = integration,
            RemoteId = 1,
            Name = "Lent",
            Hash = [],
        };
        db.AddRange(everybody, lent, Reading(everybody.Id), Reading(lent.Id));
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.SaveChangesAsync();
        await database.Bulk.InsertAsync(db, Members(everybody.Id, devices), CancellationToken.None);
        await database.Bulk.InsertAsync(db, Members(lent.Id, devices.Where(id => id % 2 == 0)), CancellationToken.None);
        await transaction.CommitAsync();

        MembershipReadingRow Reading(Guid group) =>
            new()
            {
                Id = group,
                IntegrationId = integration,
                ReadAt = TimeProvider.System.GetUtcNow(),
            };

        static List<DeviceMembershipRow> Members(Guid group, IEnumerable<int> devices) =>
            [.. devices.Select(device => new DeviceMembershipRow { GroupId = group, RemoteId = device })];
    }
}
