using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Picket.Server.Storage;

/// <summary>COPY: straight into the table for new rows, else into a temporary one, then one merging statement.</summary>
internal sealed class PostgresBulkWriter : BulkWriter
{
    protected override async Task WriteAsync<TRow>(
        PicketDbContext context,
        BulkTable table,
        IReadOnlyList<TRow> rows,
        BulkMode mode,
        CancellationToken cancellation
    )
    {
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        var transaction = (NpgsqlTransaction)Transaction(context);
        if (mode == BulkMode.Insert)
        {
            await CopyAsync(connection, $"\"{table.Name}\"", table, rows, cancellation);
            return;
        }

        var staged = $"staged_{table.Name}";

        await ExecuteAsync(
            $"CREATE TEMP TABLE {staged} ON COMMIT DROP AS SELECT {Quoted(table.Columns)} FROM \"{table.Name}\" WITH NO DATA"
        );
        await CopyAsync(connection, staged, table, rows, cancellation);
        await ExecuteAsync(Merge(table, staged, mode));
        await ExecuteAsync($"DROP TABLE {staged}");

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static async Task CopyAsync<TRow>(
        NpgsqlConnection connection,
        string target,
        BulkTable table,
        IReadOnlyList<TRow> rows,
        CancellationToken cancellation
    )
        where TRow : class
    {
        var copy = $"COPY {target} ({Quoted(table.Columns)}) FROM STDIN (FORMAT BINARY)";
        await using var import = await connection.BeginBinaryImportAsync(copy, cancellation);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellation);
            foreach (var column in table.Columns)
            {
                if (column.Read(row) is { } value)
                {
                    await import.WriteAsync(value, column.StoreType, cancellation);
                }
                else
                {
                    await import.WriteNullAsync(cancellation);
                }
            }
        }

        await import.CompleteAsync(cancellation);
    }

    private static string Merge(BulkTable table, string staged, BulkMode mode) =>
        mode switch
        {
            BulkMode.Upsert => Upsert(table, staged),
            BulkMode.InsertMissing => InsertMissing(table, staged),
            _ => Update(table, staged),
        };

    private static string InsertMissing(BulkTable table, string staged) =>
        $"INSERT INTO \"{table.Name}\" ({Quoted(table.Columns)}) SELECT {Quoted(table.Columns)} FROM {staged} "
        + $"ORDER BY {Quoted(table.Unique)} ON CONFLICT ({Quoted(table.Unique)}) DO NOTHING";

    private static string Upsert(BulkTable table, string staged)
    {
        var sets = Sets(table, "excluded");
        var conflict = sets.Length == 0 ? "DO NOTHING" : $"DO UPDATE SET {sets}";
        return $"INSERT INTO \"{table.Name}\" ({Quoted(table.Columns)}) SELECT {Quoted(table.Columns)} FROM {staged} "
            + $"ON CONFLICT ({Quoted(table.Columns.Where(column => column.IsKey))}) {conflict}";
    }

    private static string Update(BulkTable table, string staged)
    {
        var keys = table
            .Columns.Where(column => column.IsKey)
            .Select(column => $"\"{table.Name}\".\"{column.Name}\" = staged.\"{column.Name}\"");
        return $"UPDATE \"{table.Name}\" SET {Sets(table, "staged")} FROM {staged} AS staged WHERE {string.Join(" AND ", keys)}";
    }

    private static string Sets(BulkTable table, string source) =>
        string.Join(
            ", ",
            table
                .Columns.Where(column => !column.IsKey)
                .Select(column => $"\"{column.Name}\" = {source}.\"{column.Name}\"")
        );
}
