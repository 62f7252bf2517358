using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Inventory;

namespace Picket.Server.Tests.Storage;

/// <summary>
/// A page of a list is read from an index that has it in order: it costs the same in a fleet of 100,000 devices. What
/// SQLite says of its plan is looked at, on the statement that the server itself made.
/// </summary>
public sealed partial class IndexedListTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Routes.Findings + "?level=Critical&integrationId={0}", "findings", "IX_findings_Level_Id")]
    [InlineData(Routes.Findings + "?ended=true&integrationId={0}", "findings", "IX_findings_Id")]
    [InlineData(Routes.Audit + "?actor={0}", "audit", "IX_audit_Actor_Id")]
    [InlineData(Routes.Audit + "?subject={0}", "audit", "IX_audit_Subject_Id")]
    [InlineData(Routes.Audit + "?outcome=Refused&from=2026-01-01T00:00:00Z&action={0}", "audit", "Id>?")]
    public async Task A_page_is_read_in_order_from_an_index(string list, string table, string index)
    {
        var mark = Guid.NewGuid();
        using var sql = await SqlLog.ListenAsync($"{mark}");
        using var answer = await picket.Http.GetAsync(string.Format(null, list, mark), Cancel);
        answer.EnsureSuccessStatusCode();

        var statement = Assert.Single(
            sql.Commands,
            text => text.Contains($"FROM \"{table}\"", StringComparison.Ordinal)
        );
        var plan = await PlanAsync(statement);

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    private async Task<string> PlanAsync(string statement)
    {
        await using var db = picket.OpenDatabase();
        await using var connection = new SqliteConnection(db.Database.GetConnectionString());
        await connection.OpenAsync(Cancel);
        await using var explain = connection.CreateCommand();
        explain.CommandText = $"EXPLAIN QUERY PLAN {statement}";
        foreach (var name in Parameter().Matches(statement).Select(match => match.Value).Distinct())
        {
            explain.Parameters.AddWithValue(name, 1); // Which one it is does not change the plan.
        }

        await using var rows = await explain.ExecuteReaderAsync(Cancel);
        var plan = new List<string>();
        while (await rows.ReadAsync(Cancel))
        {
            plan.Add(rows.GetString(3));
        }

        return string.Join('\n', plan);
    }

    [GeneratedRegex("@\\w+")]
    private static partial Regex Parameter();
}
