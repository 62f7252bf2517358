using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Picket.Server.Storage;

/// <summary>Tells failures of a database apart where callers branch. All others are nobody's to interpret.</summary>
public static class DatabaseFailure
{
    private const int SqliteUnique = 2067; // SQLITE_CONSTRAINT_UNIQUE
    private const int SqlitePrimaryKey = 1555; // SQLITE_CONSTRAINT_PRIMARYKEY
    private const int SqliteFull = 13;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int UnixDiskFull = 28;

    /// <summary>A row was refused because a unique index or key holds one like it: somebody was faster.</summary>
    public static bool IsUniqueViolation(this DbUpdateException failure) =>
        failure.InnerException
            is SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey }
                or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>PostgreSQL gave this transaction up for another. Nothing of it was written; done again it goes through.</summary>
    public static bool IsGivenUpForAnother(this Exception failure) =>
        failure
            is PostgresException
            {
                SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            }
        || failure.InnerException?.IsGivenUpForAnother() is true;

    /// <summary>There was no room for what was to be written. What was stored before is whole.</summary>
    public static bool IsDiskFull(this Exception failure) =>
        failure
            is SqliteException { SqliteErrorCode: SqliteFull }
                or IOException { HResult: WindowsDiskFull or UnixDiskFull }
                or PostgresException { SqlState: PostgresErrorCodes.DiskFull }
        || failure.InnerException?.IsDiskFull() is true;
}
