using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Brakes;
using Picket.Server.Commands;
using Picket.Server.Deployment;
using Picket.Server.Drift;
using Picket.Server.Enrollment;
using Picket.Server.Hosting;
using Picket.Server.Hunts;
using Picket.Server.Integrations;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Inventory.Users;
using Picket.Server.Notices;
using Picket.Server.People;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Risk;
using Picket.Server.Sync;

namespace Picket.Server.Storage;

/// <summary>The model. Each database has a subclass with its own migrations; rows map themselves in their slices.</summary>
public abstract class PicketDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<IntegrationRow> Integrations => Set<IntegrationRow>();
    public DbSet<AdminLinkRow> AdminLinks => Set<AdminLinkRow>();
    public DbSet<LinkRequestRow> LinkRequests => Set<LinkRequestRow>();
    public DbSet<ProofTryRow> ProofTries => Set<ProofTryRow>();
    public DbSet<RecoveryRow> Recoveries => Set<RecoveryRow>();
    public DbSet<SyncRunRow> SyncRuns => Set<SyncRunRow>();
    public DbSet<RunTraceRow> RunTraces => Set<RunTraceRow>();
    public DbSet<DeviceRow> Devices => Set<DeviceRow>();
    public DbSet<DeviceChangeRow> DeviceChanges => Set<DeviceChangeRow>();
    public DbSet<AppRow> Apps => Set<AppRow>();
    public DbSet<DeviceAppRow> DeviceApps => Set<DeviceAppRow>();
    public DbSet<OrganizationGroupRow> OrganizationGroups => Set<OrganizationGroupRow>();
    public DbSet<AdministratorRow> Administrators => Set<AdministratorRow>();
    public DbSet<UserRow> Users => Set<UserRow>();
    public DbSet<ErasedUserRow> ErasedUsers => Set<ErasedUserRow>();
    public DbSet<UserGroupRow> UserGroups => Set<UserGroupRow>();
    public DbSet<UserGroupMemberRow> UserGroupMembers => Set<UserGroupMemberRow>();
    public DbSet<SmartGroupRow> SmartGroups => Set<SmartGroupRow>();
    public DbSet<TagRow> Tags => Set<TagRow>();
    public DbSet<MembershipReadingRow> MembershipReadings => Set<MembershipReadingRow>();
    public DbSet<DeviceMembershipRow> DeviceMemberships => Set<DeviceMembershipRow>();
    public DbSet<FeedRow> Feeds => Set<FeedRow>();
    public DbSet<FeedVersionRow> FeedVersions => Set<FeedVersionRow>();
    public DbSet<PolicyVersionRow> PolicyVersions => Set<PolicyVersionRow>();
    public DbSet<PolicyTagRow> PolicyTags => Set<PolicyTagRow>();
    public DbSet<OwnIndicatorRow> OwnIndicators => Set<OwnIndicatorRow>();
    public DbSet<FeedSourceRow> FeedSources => Set<FeedSourceRow>();
    public DbSet<FindingRow> Findings => Set<FindingRow>();
    public DbSet<HuntRow> Hunts => Set<HuntRow>();
    public DbSet<HuntDeviceRow> HuntDevices => Set<HuntDeviceRow>();
    public DbSet<VerdictDayRow> VerdictDays => Set<VerdictDayRow>();
    public DbSet<OwnedTagRow> OwnedTags => Set<OwnedTagRow>();
    public DbSet<DeviceTagRow> DeviceTags => Set<DeviceTagRow>();
    public DbSet<WantedTagRow> WantedTags => Set<WantedTagRow>();
    public DbSet<TagPreviewRow> TagPreviews => Set<TagPreviewRow>();
    public DbSet<TagRunRow> TagRuns => Set<TagRunRow>();
    public DbSet<TagDelayRow> TagDelays => Set<TagDelayRow>();
    public DbSet<LedgerEntryRow> Ledger => Set<LedgerEntryRow>();
    public DbSet<LedgerDeviceRow> LedgerDevices => Set<LedgerDeviceRow>();
    public DbSet<LedgerAppRow> LedgerApps => Set<LedgerAppRow>();
    public DbSet<AppGroupSwitchRow> AppGroupSwitches => Set<AppGroupSwitchRow>();
    public DbSet<OwnedAppGroupRow> OwnedAppGroups => Set<OwnedAppGroupRow>();
    public DbSet<AppGroupAppRow> AppGroupApps => Set<AppGroupAppRow>();
    public DbSet<AppGroupPreviewRow> AppGroupPreviews => Set<AppGroupPreviewRow>();
    public DbSet<AppGroupRunRow> AppGroupRuns => Set<AppGroupRunRow>();
    public DbSet<DriftRow> Drift => Set<DriftRow>();
    public DbSet<DriftDeviceRow> DriftDevices => Set<DriftDeviceRow>();
    public DbSet<TagReferenceRow> TagReferences => Set<TagReferenceRow>();
    public DbSet<SmartGroupLookRow> SmartGroupLooks => Set<SmartGroupLookRow>();
    public DbSet<WatchedPolicyRow> WatchedPolicies => Set<WatchedPolicyRow>();
    public DbSet<ReferenceWatchRow> ReferenceWatches => Set<ReferenceWatchRow>();
    public DbSet<DeviceCommandRow> DeviceCommands => Set<DeviceCommandRow>();
    public DbSet<ImportRow> Imports => Set<ImportRow>();
    public DbSet<ImportLineRow> ImportLines => Set<ImportLineRow>();
    public DbSet<PublicationRow> Publications => Set<PublicationRow>();
    public DbSet<PublicationRingRow> PublicationRings => Set<PublicationRingRow>();
    public DbSet<PublicationDeviceRow> PublicationDevices => Set<PublicationDeviceRow>();
    public DbSet<NudgeRow> Nudges => Set<NudgeRow>();
    public DbSet<NudgeDeviceRow> NudgeDevices => Set<NudgeDeviceRow>();
    public DbSet<OwnedAssignmentRow> OwnedAssignments => Set<OwnedAssignmentRow>();
    public DbSet<NoticeChannelRow> NoticeChannels => Set<NoticeChannelRow>();
    public DbSet<NoticeRow> Notices => Set<NoticeRow>();
    public DbSet<NoticeDeliveryRow> NoticeDeliveries => Set<NoticeDeliveryRow>();
    public DbSet<NoticeMarkRow> NoticeMarks => Set<NoticeMarkRow>();
    public DbSet<WriteStopRow> WriteStops => Set<WriteStopRow>();
    public DbSet<BrakeServerRow> BrakeServers => Set<BrakeServerRow>();
    public DbSet<ShownDeviceRow> ShownDevices => Set<ShownDeviceRow>();
    public DbSet<WorkLeaseRow> WorkLease => Set<WorkLeaseRow>();
    public DbSet<NeverTouchRow> NeverTouch => Set<NeverTouchRow>();
    public DbSet<PersonRow> Persons => Set<PersonRow>();
    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();
    public DbSet<SessionRow> Sessions => Set<SessionRow>();
    public DbSet<OneTimeLinkRow> OneTimeLinks => Set<OneTimeLinkRow>();
    public DbSet<RecoveryCodeRow> RecoveryCodes => Set<RecoveryCodeRow>();
    public DbSet<IdentityUserLogin<Guid>> PersonLogins => Set<IdentityUserLogin<Guid>>();
    public DbSet<AuditPersonRow> AuditPersons => Set<AuditPersonRow>();
    public DbSet<ApiTokenRow> ApiTokens => Set<ApiTokenRow>();
    public DbSet<AuditEntryRow> Audit => Set<AuditEntryRow>();
    public DbSet<AuditHeadRow> AuditHead => Set<AuditHeadRow>();
    public DbSet<AuditKeyRow> AuditKeys => Set<AuditKeyRow>();

    /// <summary>New entries of the audit get their places in its chain, in one transaction with all else.</summary>
    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    ) =>
        AuditSeal.NewEntries(this) is { Count: > 0 } entries
            ? AuditSeal.SaveAsync(
                this,
                entries,
                () => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken),
                cancellationToken
            )
            : base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        AuditSeal.NewEntries(this).Count == 0
            ? base.SaveChanges(acceptAllChangesOnSuccess)
            : throw new NotSupportedException("What has an entry in the audit is saved with SaveChangesAsync.");

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PicketDbContext).Assembly);
}
