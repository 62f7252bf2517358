using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Picket.Server.Storage;

/// <summary>
/// A prepared statement whose parameters are bound by their place. A SqliteCommand looks each of them up by its name,
/// for each row anew: with thirty columns that costs as much as storing the row. The stored forms are those of
/// Microsoft.Data.Sqlite, so that both can read what the other wrote.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private byte[] text = new byte[512];

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    /// <summary>Binds NULL.</summary>
    /// <param name="place">From 1.</param>
    public void BindNothing(int place) => Check(raw.sqlite3_bind_null(statement, place));

    public void Bind(int place, long number) => Check(raw.sqlite3_bind_int64(statement, place, number));

    public void Bind(int place, int number) => Bind(place, (long)number);

    public void Bind(int place, bool yes) => Bind(place, yes ? 1L : 0L);

    public void Bind(int place, double number) => Check(raw.sqlite3_bind_double(statement, place, number));

    public void Bind(int place, DateOnly day) => Bind(place, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <param name="bytes">Null for none.</param>
    public void Bind(int place, byte[]? bytes)
    {
        if (bytes is null)
        {
            BindNothing(place);
            return;
        }

        Check(raw.sqlite3_bind_blob(statement, place, bytes));
    }

    /// <param name="words">Null for none.</param>
    public void Bind(int place, string? words)
    {
        if (words is null)
        {
            BindNothing(place);
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(words.Length);
        if (most > text.Length)
        {
            text = new byte[most];
        }

        var length = Encoding.UTF8.GetBytes(words, text);
        Check(raw.sqlite3_bind_text(statement, place, text.AsSpan(0, length)));
    }

    public void Bind(int place, Guid id)
    {
        Span<byte> letters = stackalloc byte[36];
        Utf8Formatter.TryFormat(id, letters, out _);
        Ascii.ToUpperInPlace(letters, out _);
        Check(raw.sqlite3_bind_text(statement, place, letters));
    }

    /// <summary>Runs it once, and makes it ready for the next row.</summary>
    public void Run()
    {
        var result = raw.sqlite3_step(statement);
        if (result != raw.SQLITE_DONE)
        {
            Check(result);
        }

        Check(raw.sqlite3_reset(statement));
    }

    public void Dispose() => statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
