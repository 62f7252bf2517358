using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Picket.Server.Storage;

/// <summary>One prepared statement whose parameters are bound again for each row.</summary>
internal sealed class SqliteBulkWriter : BulkWriter
{
    protected override Task WriteAsync<TRow>(
        PicketDbContext context,
        BulkTable table,
        IReadOnlyList<TRow> rows,
        BulkMode mode,
        CancellationToken cancellation
    )
    {
        var connection = (SqliteConnection)Transaction(context).Connection!;
        using var statement = new SqliteStatement(connection, Sql(table, mode));
        var bind = table.Columns.Select(column => SqliteBinders.Of<TRow>(column.Property)).ToArray();
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var column = 0; column < bind.Length; column++)
            {
                bind[column](statement, column + 1, row);
            }

            statement.Run();
        }

        return Task.CompletedTask;
    }

    private static string Sql(BulkTable table, BulkMode mode) =>
        mode switch
        {
            BulkMode.Insert => Insert(table),
            BulkMode.InsertMissing => $"{Insert(table)} ON CONFLICT ({Quoted(table.Unique)}) DO NOTHING",
            BulkMode.Upsert => Upsert(table),
            _ => Update(table),
        };

    private static string Insert(BulkTable table)
    {
        var values = string.Join(", ", table.Columns.Select((_, index) => $"?{index + 1}"));
        return $"INSERT INTO \"{table.Name}\" ({Quoted(table.Columns)}) VALUES ({values})";
    }

    private static string Upsert(BulkTable table)
    {
        var sets = string.Join(
            ", ",
            table
                .Columns.Where(column => !column.IsKey)
                .Select(column => $"\"{column.Name}\" = excluded.\"{column.Name}\"")
        );
        var conflict = sets.Length == 0 ? "DO NOTHING" : $"DO UPDATE SET {sets}";
        return $"{Insert(table)} ON CONFLICT ({Quoted(table.Columns.Where(column => column.IsKey))}) {conflict}";
    }

    private static string Update(BulkTable table)
    {
        var indexed = table
            .Columns.Select((column, index) => (column, text: $"\"{column.Name}\" = ?{index + 1}"))
            .ToList();
        var sets = string.Join(", ", indexed.Where(pair => !pair.column.IsKey).Select(pair => pair.text));
        var keys = string.Join(" AND ", indexed.Where(pair => pair.column.IsKey).Select(pair => pair.text));
        return $"UPDATE \"{table.Name}\" SET {sets} WHERE {keys}";
    }
}
