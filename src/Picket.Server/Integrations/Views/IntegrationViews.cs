using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;
using Picket.Server.Sync;

namespace Picket.Server.Integrations;

/// <summary>Shows integrations. A view is built field by field, so that nothing secret gets in by accident.</summary>
public sealed class IntegrationViews(
    InventoryFigures figures,
    SecretBox secrets,
    CredentialEndRules credentialEnd,
    TimeProvider time
)
{
    /// <param name="fresh">False where figures of the last half minute will do.</param>
    public async Task<IntegrationView> OfAsync(
        PicketDbContext db,
        IntegrationRow row,
        ClaimsPrincipal caller,
        bool fresh,
        CancellationToken cancellation
    )
    {
        var last = await db
            .SyncRuns.AsNoTracking()
            .Where(run => run.IntegrationId == row.Id)
            .OrderByDescending(run => run.Id)
            .FirstOrDefaultAsync(cancellation);
        var (counts, apps) = await figures.OfAsync(db, row.Id, fresh, cancellation);
        var standing = await ChangeStanding.OfAsync(db, caller, row.Id, time.GetUtcNow(), cancellation);
        return new IntegrationView
        {
            Id = row.Id,
            Version = row.Version.ToString(CultureInfo.InvariantCulture),
            Name = row.Name,
            Address = row.Address,
            OrganizationGroup = new(
                row.OrganizationGroupId,
                row.OrganizationGroupUuid,
                row.OrganizationGroupName ?? row.OrganizationGroupCode ?? "",
                row.OrganizationGroupCode
            ),
            CredentialKind = row.CredentialKind,
            Account = row.Account,
            CredentialEndsOn = row.CredentialEndsOn,
            CredentialEndsSoon = credentialEnd.IsNear(row),
            HasCaCertificate = row.CaCertificatePem is not null,
            Proxy = Proxy(row),
            Privacy = new IntegrationPrivacy { CorporateApps = row.CorporateApps, EmployeeApps = row.EmployeeApps },
            Scope = new IntegrationScope
            {
                ExcludedOrganizationGroups = Texts(row.ExcludedOrganizationGroups),
                SmartGroups = Texts(row.SmartGroups),
            },
            State = row.Health,
            StateReason = row.HealthReason,
            Writing = row.WritingEnabled,
            TagPrefix = row.TagPrefix,
            TagUnknown = row.TagUnknown,
            TagBatchSize = row.TagBatchSize,
            TagBrake = new TagBrakeSettings
            {
                Percent = row.TagBrakePercent,
                Least = row.TagBrakeLeast,
                PerRun = row.TagBrakePerRun,
                GroupPercent = row.TagBrakeGroupPercent,
            },
            SyncIntervalMinutes = row.SyncIntervalMinutes,
            Quota = QuotaViews.Of(row, time.GetUtcNow()),
            LastRun = last is null ? null : RunViews.Of(last),
            NextRunAt = row.Health == IntegrationState.Paused ? null : row.NextRunAt,
            AppCoverage = apps,
            Counts = counts,
            MayChange = standing.WhyNot is null,
            WhyNot = standing.WhyNot,
            Link = standing.Link,
            Recovery = standing.Recovery,
            CreatedAt = row.CreatedAt,
        };
    }

    private ProxySettings? Proxy(IntegrationRow row) =>
        row.ProxyAddress is { } address ? new ProxySettings(address, secrets.TryOpen(row)?.ProxyUser) : null;

    private static string[] Texts(List<int> ids) => [.. ids.Select(id => id.ToString(CultureInfo.InvariantCulture))];
}
