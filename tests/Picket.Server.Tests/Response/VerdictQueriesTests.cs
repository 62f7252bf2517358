using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Picket.Core.Risk;

namespace Picket.Server.Tests.Response;

/// <summary>
/// Between a verdict and its tag nothing is asked that takes longer in a larger fleet: SQLite says by which index it goes
/// through the devices for each statement.
/// </summary>
public sealed partial class VerdictQueriesTests
{
    /// <summary>Who is to be judged, whose wish changed, and what of these devices differs.</summary>
    private static readonly string[] OnTheWay = ["\"JudgingDue\"", "\"WantedAt\" >=", "@among"];

    /// <summary>EF Core asks but once a second whether anybody listens; a verdict is tagged in a tenth of that.</summary>
    private static readonly TimeSpan EntityFrameworkAsks = TimeSpan.FromSeconds(1.2);

    [Fact]
    public async Task A_changed_verdict_is_tagged_without_a_walk_through_the_fleet()
    {
        await using var scene = await TagScene.StartAsync(
            settings: new Dictionary<string, string?> { ["Response:LookEveryMilliseconds"] = "600000" }
        );
        await scene.AcceptAsync();
        var device = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);
        using var statements = new Statements(scene.Picket.DataFolder);
        await Task.Delay(EntityFrameworkAsks, TimeProvider.System, TestContext.Current.CancellationToken);

        scene.Uem.Fleet.Change(device.RemoteId, had => had with { Compromised = true });
        await scene.ReadAsync(device.Id);
        await TagScene.UntilAsync(
            () => scene.Client.TaggingAsync(scene.Integration, TestContext.Current.CancellationToken),
            now => now.DetectionToTag is not null
        );

        // Standing work and the overview ask the same database, at their own times.
        foreach (var part in OnTheWay)
        {
            var asked = statements.Seen.Where(sql => sql.Contains(part, StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(asked);
            Assert.Empty(asked.SelectMany(sql => Walks(scene.Picket.DataFolder, sql)));
        }
    }

    /// <summary>Steps that go through all devices of an integration; what is counted from an index alone is meant.</summary>
    private static IEnumerable<string> Walks(string folder, string sql)
    {
        var devices = AsDevices().Matches(sql).Select(match => match.Groups["as"].Value).ToHashSet();
        return from step in Plan(folder, sql)
            let walk = Walk().Match(step)
            where walk.Success && devices.Contains(walk.Groups["as"].Value)
            select $"{step}: {sql}";
    }

    private static List<string> Plan(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "picket.db")};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        foreach (var name in Named().Matches(sql).Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(name, "[]");
        }

        var steps = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    [GeneratedRegex(@"^(SCAN (?<as>\w+)|SEARCH (?<as>\w+) USING INDEX \S+ \(IntegrationId=\?\))$")]
    private static partial Regex Walk();

    [GeneratedRegex("\"devices\" AS \"(?<as>\\w+)\"")]
    private static partial Regex AsDevices();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Named();

    /// <summary>What is sent to one database.</summary>
    private sealed class Statements
        : IObserver<DiagnosticListener>,
            IObserver<KeyValuePair<string, object?>>,
            IDisposable
    {
        private readonly string folder;
        private readonly ConcurrentDictionary<string, bool> seen = new();
        private readonly ConcurrentBag<IDisposable> listening = [];

        public Statements(string folder)
        {
            this.folder = folder;
            listening.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public IEnumerable<string> Seen => seen.Keys;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                listening.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (
                value.Key == RelationalEventId.CommandExecuting.Name
                && value.Value is CommandEventData { Command: var command }
                && command.Connection!.ConnectionString.Contains(folder, StringComparison.Ordinal)
            )
            {
                seen[command.CommandText] = true;
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose()
        {
            foreach (var one in listening)
            {
                one.Dispose();
            }
        }
    }
}
