using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Bench.Raw;

/// <summary>
/// The least that stores a listing: the product's own tables and settings, one prepared statement, ten pages in a
/// transaction. The columns are those that a first sync fills.
/// </summary>
internal static class RawStore
{
    private const int RowsPerCommit = 5_000;

    private static readonly string[] Columns =
    [
        .. (string[])["Id", "IntegrationId", "RemoteId", "RemoteUuid", "FriendlyName", "SerialNumber", "Udid"],
        .. (string[])["Platform", "Model", "OsVersion", "OsBuild", "SecurityPatchDate", "Ownership"],
        .. (string[])["OrganizationGroupId", "UserRemoteId", "UserName", "EnrollmentStatus", "ComplianceStatus"],
        .. (string[])["Compromised", "Supervised", "EnrolledAt", "ComplianceCheckedAt", "CompromisedCheckedAt"],
        .. (string[])["LastSeenAt", "Hash", "FirstSeenAt"],
        .. (string[])["SecurityState", "AppsState", "PersonalApps", "DetailFailures", "Level", "JudgingDue"],
    ];

    /// <summary>The product's empty database in a folder; its connections have the product's settings.</summary>
    public static async Task<PicketDbContext> CreateAsync(string folder)
    {
        var context = new PicketDatabase(new StorageOptions { DataFolder = folder }).Open();
        await context.Database.MigrateAsync();
        await context.Database.OpenConnectionAsync();
        return context;
    }

    public static void Insert(PicketDbContext database, IReadOnlyList<RawDevice> devices)
    {
        var connection = (SqliteConnection)database.Database.GetDbConnection();
        var integration = Guid.NewGuid().ToString();
        var hash = new byte[16];
        var now = TimeProvider.System.GetUtcNow().UtcTicks;
        for (var start = 0; start < devices.Count; start += RowsPerCommit)
        {
            using var transaction = connection.BeginTransaction();
            using var command = Prepare(connection, transaction);
            var parameters = command.Parameters;
            for (var i = start; i < Math.Min(start + RowsPerCommit, devices.Count); i++)
            {
                Bind(parameters, devices[i], integration, hash, now);
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"INSERT INTO devices ({string.Join(", ", Columns.Select(name => $"\"{name}\""))}) "
            + $"VALUES ({string.Join(", ", Columns.Select((_, index) => $"$p{index}"))})";
        for (var index = 0; index < Columns.Length; index++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{index}" });
        }

        return command;
    }

    private static void Bind(
        SqliteParameterCollection parameters,
        RawDevice device,
        string integration,
        byte[] hash,
        long now
    )
    {
        var index = 0;
        Set(Guid.CreateVersion7().ToString(), integration, device.Id.Value, device.Uuid?.ToString());
        Set(device.DeviceFriendlyName, device.SerialNumber, device.Udid, device.Platform, device.Model);
        Set(
            device.OperatingSystem,
            device.OSBuildVersion,
            device.SecurityPatchDate?.ToString("yyyy-MM-dd", null),
            device.Ownership
        );
        Set(device.LocationGroupId.Id.Value, device.UserId.Id.Value, device.UserName, device.EnrollmentStatus);
        Set(device.ComplianceStatus, device.CompromisedStatus, device.IsSupervised, Ticks(device.LastEnrolledOn));
        Set(Ticks(device.LastComplianceCheckOn), Ticks(device.LastCompromisedCheckOn), Ticks(device.LastSeen));
        Set(hash, now, 0, 0, 0, 0, 0, 1);

        void Set(params ReadOnlySpan<object?> values)
        {
            foreach (var value in values)
            {
                parameters[index++].Value = value ?? DBNull.Value;
            }
        }
    }

    private static long? Ticks(DateTime? at) => at?.Ticks;
}
