using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Picket.Server.Storage;

/// <summary>One prepared statement whose parameters are set again for each row.</summary>
internal sealed class SqliteBulkWriter : BulkWriter
{
    protected override Task WriteAsync<TRow>(
        PicketDbContext context,
        BulkTable table,
        IReadOnlyList<TRow> rows,
        bool insert,
        CancellationToken cancellation
    )
    {
        using var command = (SqliteCommand)context.Database.GetDbConnection().CreateCommand();
        command.Transaction = (SqliteTransaction)Transaction(context);
        command.CommandText = insert ? Upsert(table) : Update(table);
        var parameters = table
            .Columns.Select((_, index) => command.Parameters.Add($"$p{index}", default(SqliteType)))
            .ToArray();
        foreach (var parameter in parameters)
        {
            parameter.ResetSqliteType();
        }

        for (var row = 0; row < rows.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var column = 0; column < parameters.Length; column++)
            {
                parameters[column].Value = Stored(table.Columns[column].Read(rows[row]));
            }

            command.ExecuteNonQuery();
        }

        return Task.CompletedTask;
    }

    // EF Core writes Guid and DateOnly as text; Microsoft.Data.Sqlite does the same for untyped parameters.
    private static object Stored(object? value) => value ?? DBNull.Value;

    private static string Upsert(BulkTable table)
    {
        var values = string.Join(", ", table.Columns.Select((_, index) => $"$p{index}"));
        var sets = string.Join(
            ", ",
            table
                .Columns.Where(column => !column.IsKey)
                .Select(column => $"\"{column.Name}\" = excluded.\"{column.Name}\"")
        );
        var conflict = sets.Length == 0 ? "DO NOTHING" : $"DO UPDATE SET {sets}";
        return $"INSERT INTO \"{table.Name}\" ({Quoted(table.Columns)}) VALUES ({values}) "
            + $"ON CONFLICT ({Quoted(table.Columns.Where(column => column.IsKey))}) {conflict}";
    }

    private static string Update(BulkTable table)
    {
        var indexed = table
            .Columns.Select((column, index) => (column, text: $"\"{column.Name}\" = $p{index}"))
            .ToList();
        var sets = string.Join(", ", indexed.Where(pair => !pair.column.IsKey).Select(pair => pair.text));
        var keys = string.Join(" AND ", indexed.Where(pair => pair.column.IsKey).Select(pair => pair.text));
        return $"UPDATE \"{table.Name}\" SET {sets} WHERE {keys}";
    }
}
