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

    /// <param name="place">From 1.</param>
    /// <param name="value">Null for none.</param>
    public void Bind(int place, object? value) =>
        Check(
            value switch
            {
                null => raw.sqlite3_bind_null(statement, place),
                string words => BindText(place, words),
                long number => raw.sqlite3_bind_int64(statement, place, number),
                int number => raw.sqlite3_bind_int64(statement, place, number),
                bool yes => raw.sqlite3_bind_int64(statement, place, yes ? 1 : 0),
                Guid id => BindId(place, id),
                byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
                double number => raw.sqlite3_bind_double(statement, place, number),
                DateOnly day => BindText(place, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                _ => throw new NotSupportedException(
                    $"Values of type {value.GetType().Name} have no stored form here; give the property a converter."
                ),
            }
        );

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

    private int BindText(int place, string words)
    {
        var most = Encoding.UTF8.GetMaxByteCount(words.Length);
        if (most > text.Length)
        {
            text = new byte[most];
        }

        var length = Encoding.UTF8.GetBytes(words, text);
        return raw.sqlite3_bind_text(statement, place, text.AsSpan(0, length));
    }

    private int BindId(int place, Guid id)
    {
        Span<byte> letters = stackalloc byte[36];
        Utf8Formatter.TryFormat(id, letters, out _);
        Ascii.ToUpperInPlace(letters, out _);
        return raw.sqlite3_bind_text(statement, place, letters);
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
