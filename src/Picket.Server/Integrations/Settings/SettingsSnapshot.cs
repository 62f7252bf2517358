namespace Picket.Server.Integrations;

/// <summary>The settings as the audit keeps them. No secret is among them.</summary>
internal static class SettingsSnapshot
{
    public static object Of(IntegrationRow row) =>
        new
        {
            row.Name,
            row.Address,
            row.OrganizationGroupId,
            row.OrganizationGroupUuid,
            Kind = row.CredentialKind.ToString(),
            row.Account,
            row.TokenAddress,
            row.CredentialVersion,
            row.CredentialEndsOn,
            HasCaCertificate = row.CaCertificatePem is not null,
            row.ProxyAddress,
            ExcludedOrganizationGroups = row.ExcludedOrganizationGroups.ToArray(),
            SmartGroups = row.SmartGroups.ToArray(),
            CorporateApps = row.CorporateApps.ToString(),
            EmployeeApps = row.EmployeeApps.ToString(),
            row.QuotaSharePercent,
            row.SyncIntervalMinutes,
            row.TagPrefix,
            row.TagUnknown,
            row.TagBatchSize,
            row.TagBrakePercent,
            row.TagBrakeLeast,
            row.TagBrakePerRun,
            row.TagBrakeGroupPercent,
            State = row.State.ToString(),
            row.WritingEnabled,
        };
}
