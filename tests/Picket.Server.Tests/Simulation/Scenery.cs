using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Simulation;

/// <summary>What each history begins with, and leaves behind.</summary>
internal static class Scenery
{
    public static readonly IDataProtectionProvider KeyRing = new EphemeralDataProtectionProvider();

    public static DeviceRow NewDevice(
        int number,
        IntegrationRow integration,
        ModelledUem uem,
        DateTimeOffset now,
        RiskLevel level
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration.Id,
            RemoteId = number,
            RemoteUuid = uem.Phone(number).Uuid,
            SerialNumber = $"S{number}",
            UserRemoteId = number,
            Platform = uem.Phone(number).Platform,
            EnrollmentStatus = "Enrolled",
            EnrolledAt = uem.Phone(number).EnrolledAt,
            LastSeenAt = uem.Phone(number).SeenAt,
            Hash = [],
            Level = level,
            JudgingDue = false,
        };

    public static IntegrationRow NewIntegration(DateTimeOffset now)
    {
        var row = new IntegrationRow
        {
            Id = Guid.CreateVersion7(now),
            Name = "Simulated",
            Address = "https://uem.example.com/API",
            OrganizationGroupId = 570,
            CredentialKind = CredentialKind.Basic,
            Account = "picket",
            ProtectedSecrets = "",
            State = IntegrationState.Active,
            WritingEnabled = true,
            DeploymentEnabled = true,
            CommandsEnabled = true,
            WipesEnabled = true,
            MessagesEnabled = true,
            CommandFreshHours = 2,
            OrganizationGroupUuid = new Guid(570, 0, 0, new byte[8]),
            QuotaSharePercent = 100,
        };
        row.ProtectedSecrets = Close(row, "secret 0");
        return row;
    }

    public static string Close(IntegrationRow row, string password) =>
        new SecretBox(KeyRing).Close(row, new IntegrationSecrets(password, "key"));

    /// <summary>Leaves the database as it was, for the next history.</summary>
    public static async Task ForgetAsync(PicketDatabase database, bool hasCommands, bool hasFindings)
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(
            """
            DELETE FROM integrations; DELETE FROM devices; DELETE FROM sync_runs; DELETE FROM tag_runs; DELETE FROM ledger;
            DELETE FROM ledger_devices; DELETE FROM owned_tags; DELETE FROM device_tags; DELETE FROM never_touch;
            DELETE FROM publications; DELETE FROM nudges; DELETE FROM nudge_devices;
            DELETE FROM shown_devices; DELETE FROM policy_tags; DELETE FROM wanted_tags; DELETE FROM tag_delays; DELETE FROM drift; DELETE FROM drift_devices;
            """
        );
        if (hasCommands)
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                DELETE FROM device_commands; DELETE FROM persons; DELETE FROM memberships; DELETE FROM sessions;
                DELETE FROM admin_links; DELETE FROM audit_persons; DELETE FROM audit; DELETE FROM write_stops;
                """
            );
        }

        if (hasFindings)
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                DELETE FROM findings; DELETE FROM app_group_switches; DELETE FROM app_group_runs; DELETE FROM owned_app_groups;
                DELETE FROM app_group_apps; DELETE FROM ledger_apps; DELETE FROM policy_versions;
                """
            );
        }
    }
}
