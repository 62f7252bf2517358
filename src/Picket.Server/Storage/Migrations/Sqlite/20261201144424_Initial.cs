using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Picket.Server.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "admin_links",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AdminUuid = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", nullable: false),
                    LinkedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", nullable: true),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    Refusal = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_admin_links", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "administrators",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteKey = table.Column<string>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", nullable: true),
                    OrganizationGroup = table.Column<string>(type: "TEXT", nullable: true),
                    OrganizationGroupUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    Roles = table.Column<string>(type: "TEXT", nullable: false),
                    LastSignInAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_administrators", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "api_tokens",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: true),
                    SecretHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_tokens", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "app_group_apps",
                columns: table => new
                {
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AppId = table.Column<string>(type: "TEXT", nullable: false),
                    Ours = table.Column<bool>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_app_group_apps", x => new { x.GroupId, x.AppId });
                });

            migrationBuilder.CreateTable(
                name: "app_group_previews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeFor = table.Column<string>(type: "TEXT", nullable: false),
                    Changes = table.Column<int>(type: "INTEGER", nullable: false),
                    PolicyVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Trouble = table.Column<string>(type: "TEXT", nullable: false),
                    AcceptedBy = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_app_group_previews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "app_group_runs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    AcceptedChanges = table.Column<int>(type: "INTEGER", nullable: true),
                    ApprovedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    HeldChanges = table.Column<int>(type: "INTEGER", nullable: true),
                    PolicyVersion = table.Column<int>(type: "INTEGER", nullable: true),
                    HeldAsFirst = table.Column<bool>(type: "INTEGER", nullable: false),
                    CancelledBy = table.Column<string>(type: "TEXT", nullable: true),
                    Adds = table.Column<int>(type: "INTEGER", nullable: false),
                    Removes = table.Column<int>(type: "INTEGER", nullable: false),
                    Confirmed = table.Column<int>(type: "INTEGER", nullable: false),
                    Failed = table.Column<int>(type: "INTEGER", nullable: false),
                    UemCalls = table.Column<long>(type: "INTEGER", nullable: false),
                    IncompleteReasons = table.Column<string>(type: "TEXT", nullable: false),
                    QueuedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_app_group_runs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "app_group_switches",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    AcceptedFor = table.Column<string>(type: "TEXT", nullable: true),
                    MostChanges = table.Column<int>(type: "INTEGER", nullable: false),
                    PolicyVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_app_group_switches", x => x.IntegrationId);
                });

            migrationBuilder.CreateTable(
                name: "apps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Platform = table.Column<string>(type: "TEXT", nullable: false),
                    Identifier = table.Column<string>(type: "TEXT", nullable: false),
                    Hashed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    TestedPatterns = table.Column<string>(type: "TEXT", nullable: true),
                    MatchedPatterns = table.Column<string>(type: "TEXT", nullable: true),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_apps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", nullable: true),
                    Action = table.Column<string>(type: "TEXT", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    Before = table.Column<string>(type: "TEXT", nullable: true),
                    After = table.Column<string>(type: "TEXT", nullable: true),
                    PreviousHash = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_head",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_head", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_keys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PublicKey = table.Column<string>(type: "TEXT", nullable: false),
                    ProtectedPrivateKey = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_persons",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_persons", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "brake_servers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Seen = table.Column<long>(type: "INTEGER", nullable: false),
                    UnderWay = table.Column<int>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_brake_servers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "device_apps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeviceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AppId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<string>(type: "TEXT", nullable: true),
                    Managed = table.Column<bool>(type: "INTEGER", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_apps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "device_changes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeviceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Attribute = table.Column<string>(type: "TEXT", nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: true),
                    After = table.Column<string>(type: "TEXT", nullable: true),
                    RunId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_changes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "device_commands",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeviceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Brake = table.Column<int>(type: "INTEGER", nullable: false),
                    Why = table.Column<string>(type: "TEXT", nullable: true),
                    Cause = table.Column<string>(type: "TEXT", nullable: true),
                    FindingId = table.Column<Guid>(type: "TEXT", nullable: true),
                    MessageAbout = table.Column<string>(type: "TEXT", nullable: true),
                    MessageBy = table.Column<int>(type: "INTEGER", nullable: true),
                    MessageText = table.Column<string>(type: "TEXT", nullable: true),
                    Insisted = table.Column<bool>(type: "INTEGER", nullable: false),
                    PolicyVersion = table.Column<int>(type: "INTEGER", nullable: true),
                    BoundUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    BoundSerial = table.Column<string>(type: "TEXT", nullable: true),
                    BoundUser = table.Column<int>(type: "INTEGER", nullable: true),
                    BoundEnrolledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WantedBy = table.Column<string>(type: "TEXT", nullable: false),
                    WantedByPerson = table.Column<Guid>(type: "TEXT", nullable: true),
                    WantedByAccount = table.Column<Guid>(type: "TEXT", nullable: true),
                    WantedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ApprovedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ApprovedByPerson = table.Column<Guid>(type: "TEXT", nullable: true),
                    ApprovedByAccount = table.Column<Guid>(type: "TEXT", nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Sends = table.Column<int>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FollowUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    GoesOnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LedgerEntryId = table.Column<Guid>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedBy = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_commands", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "device_memberships",
                columns: table => new
                {
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_memberships", x => new { x.GroupId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "device_tags",
                columns: table => new
                {
                    OwnedTagId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_tags", x => new { x.OwnedTagId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "devices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    FriendlyName = table.Column<string>(type: "TEXT", nullable: true),
                    SerialNumber = table.Column<string>(type: "TEXT", nullable: true),
                    Udid = table.Column<string>(type: "TEXT", nullable: true),
                    Platform = table.Column<string>(type: "TEXT", nullable: true),
                    Model = table.Column<string>(type: "TEXT", nullable: true),
                    ModelIdentifier = table.Column<string>(type: "TEXT", nullable: true),
                    OsVersion = table.Column<string>(type: "TEXT", nullable: true),
                    OsBuild = table.Column<string>(type: "TEXT", nullable: true),
                    SecurityPatchDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Ownership = table.Column<string>(type: "TEXT", nullable: true),
                    OrganizationGroupId = table.Column<int>(type: "INTEGER", nullable: true),
                    UserRemoteId = table.Column<int>(type: "INTEGER", nullable: true),
                    UserName = table.Column<string>(type: "TEXT", nullable: true),
                    EnrollmentStatus = table.Column<string>(type: "TEXT", nullable: true),
                    ComplianceStatus = table.Column<string>(type: "TEXT", nullable: true),
                    Compromised = table.Column<bool>(type: "INTEGER", nullable: true),
                    Supervised = table.Column<bool>(type: "INTEGER", nullable: true),
                    EnrolledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ComplianceCheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CompromisedCheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PasscodePresent = table.Column<bool>(type: "INTEGER", nullable: true),
                    PasscodeCompliant = table.Column<bool>(type: "INTEGER", nullable: true),
                    Encrypted = table.Column<bool>(type: "INTEGER", nullable: true),
                    BlockEncrypted = table.Column<bool>(type: "INTEGER", nullable: true),
                    SecurityReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SecurityState = table.Column<int>(type: "INTEGER", nullable: false),
                    BrokenPolicies = table.Column<string>(type: "TEXT", nullable: true),
                    PoliciesReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AppsReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AppsState = table.Column<int>(type: "INTEGER", nullable: false),
                    AppsWholeAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AppsWholeSince = table.Column<long>(type: "INTEGER", nullable: true),
                    PersonalApps = table.Column<int>(type: "INTEGER", nullable: false),
                    DetailsTriedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DetailFailures = table.Column<int>(type: "INTEGER", nullable: false),
                    DetailsNotBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    JudgedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WantedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    JudgingDue = table.Column<bool>(type: "INTEGER", nullable: false),
                    Unknowns = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_devices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "drift",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OwnedTagId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Asks = table.Column<bool>(type: "INTEGER", nullable: false),
                    Fought = table.Column<bool>(type: "INTEGER", nullable: false),
                    NewName = table.Column<string>(type: "TEXT", nullable: true),
                    SmartGroupId = table.Column<int>(type: "INTEGER", nullable: true),
                    SmartGroup = table.Column<string>(type: "TEXT", nullable: true),
                    CompliancePolicyId = table.Column<int>(type: "INTEGER", nullable: true),
                    CompliancePolicy = table.Column<string>(type: "TEXT", nullable: true),
                    Count = table.Column<int>(type: "INTEGER", nullable: true),
                    Before = table.Column<int>(type: "INTEGER", nullable: true),
                    LedgerEntryId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Trouble = table.Column<string>(type: "TEXT", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drift", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "drift_devices",
                columns: table => new
                {
                    DriftId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: true),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Became = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drift_devices", x => new { x.DriftId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "erased_users",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", nullable: true),
                    ErasedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ErasedBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erased_users", x => new { x.IntegrationId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "feed_sources",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    FeedId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Known = table.Column<string>(type: "TEXT", nullable: true),
                    Format = table.Column<string>(type: "TEXT", nullable: true),
                    Address = table.Column<string>(type: "TEXT", nullable: true),
                    Path = table.Column<string>(type: "TEXT", nullable: true),
                    CaCertificatePem = table.Column<string>(type: "TEXT", nullable: true),
                    Licence = table.Column<string>(type: "TEXT", nullable: true),
                    Attribution = table.Column<string>(type: "TEXT", nullable: true),
                    IntervalMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastSuccessAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: true),
                    Failure = table.Column<string>(type: "TEXT", nullable: true),
                    FailingSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: true),
                    ETag = table.Column<string>(type: "TEXT", nullable: true),
                    LastModified = table.Column<long>(type: "INTEGER", nullable: true),
                    ClaimedUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feed_sources", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "feed_versions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    FeedId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    ImportedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FeedDate = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<string>(type: "TEXT", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", nullable: true),
                    Licence = table.Column<string>(type: "TEXT", nullable: true),
                    Attribution = table.Column<string>(type: "TEXT", nullable: true),
                    AttributionRequired = table.Column<bool>(type: "INTEGER", nullable: false),
                    Counts = table.Column<string>(type: "TEXT", nullable: false),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Removed = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    ComparedWith = table.Column<Guid>(type: "TEXT", nullable: true),
                    RejectedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feed_versions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "feeds",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Format = table.Column<string>(type: "TEXT", nullable: false),
                    ActiveVersionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    EarlierVersions = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Failure = table.Column<string>(type: "TEXT", nullable: true),
                    AsideVersionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    AsideReason = table.Column<string>(type: "TEXT", nullable: true),
                    AsideSince = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feeds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "findings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeviceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    Standing = table.Column<int>(type: "INTEGER", nullable: false),
                    Exception = table.Column<string>(type: "TEXT", nullable: true),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: false),
                    FirstTrueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastTrueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClearedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndReason = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_findings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hunt_devices",
                columns: table => new
                {
                    HuntId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeviceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Personal = table.Column<bool>(type: "INTEGER", nullable: false),
                    HasNow = table.Column<bool>(type: "INTEGER", nullable: false),
                    New = table.Column<bool>(type: "INTEGER", nullable: false),
                    FoundAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hunt_devices", x => new { x.HuntId, x.DeviceId });
                });

            migrationBuilder.CreateTable(
                name: "hunts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastRunAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hunts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "import_lines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ImportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    Wish = table.Column<string>(type: "TEXT", nullable: true),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    UserKey = table.Column<string>(type: "TEXT", nullable: true),
                    GroupKey = table.Column<string>(type: "TEXT", nullable: true),
                    KnownUser = table.Column<string>(type: "TEXT", nullable: true),
                    IsMember = table.Column<bool>(type: "INTEGER", nullable: false),
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Notes = table.Column<string>(type: "TEXT", nullable: true),
                    OrganizationGroupId = table.Column<int>(type: "INTEGER", nullable: true),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: true),
                    Sends = table.Column<int>(type: "INTEGER", nullable: false),
                    LedgerEntryId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_lines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    StartsAfterCheck = table.Column<bool>(type: "INTEGER", nullable: false),
                    Approved = table.Column<int>(type: "INTEGER", nullable: true),
                    Lines = table.Column<int>(type: "INTEGER", nullable: false),
                    UemCalls = table.Column<long>(type: "INTEGER", nullable: false),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    MadeBy = table.Column<string>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedBy = table.Column<string>(type: "TEXT", nullable: true),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    GoesOnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelledBy = table.Column<string>(type: "TEXT", nullable: true),
                    ForgottenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reasons = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_imports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "integrations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    OrganizationGroupId = table.Column<int>(type: "INTEGER", nullable: false),
                    OrganizationGroupUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    OrganizationGroupName = table.Column<string>(type: "TEXT", nullable: true),
                    OrganizationGroupCode = table.Column<string>(type: "TEXT", nullable: true),
                    CredentialKind = table.Column<int>(type: "INTEGER", nullable: false),
                    Account = table.Column<string>(type: "TEXT", nullable: false),
                    TokenAddress = table.Column<string>(type: "TEXT", nullable: true),
                    ProtectedSecrets = table.Column<string>(type: "TEXT", nullable: false),
                    CredentialVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    CredentialSince = table.Column<long>(type: "INTEGER", nullable: false),
                    CredentialEndsOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    RefusedCredentialVersion = table.Column<int>(type: "INTEGER", nullable: true),
                    RefusedReason = table.Column<string>(type: "TEXT", nullable: true),
                    CaCertificatePem = table.Column<string>(type: "TEXT", nullable: true),
                    ProxyAddress = table.Column<string>(type: "TEXT", nullable: true),
                    ExcludedOrganizationGroups = table.Column<string>(type: "TEXT", nullable: false),
                    SmartGroups = table.Column<string>(type: "TEXT", nullable: false),
                    CorporateApps = table.Column<int>(type: "INTEGER", nullable: false),
                    EmployeeApps = table.Column<int>(type: "INTEGER", nullable: false),
                    PrivacyDue = table.Column<bool>(type: "INTEGER", nullable: false),
                    QuotaSharePercent = table.Column<int>(type: "INTEGER", nullable: false),
                    SyncIntervalMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    TagPrefix = table.Column<string>(type: "TEXT", nullable: false),
                    TagUnknown = table.Column<bool>(type: "INTEGER", nullable: false),
                    TagBatchSize = table.Column<int>(type: "INTEGER", nullable: false),
                    TagBrakePercent = table.Column<double>(type: "REAL", nullable: false),
                    TagBrakeLeast = table.Column<int>(type: "INTEGER", nullable: false),
                    TagBrakePerRun = table.Column<int>(type: "INTEGER", nullable: true),
                    TagBrakePerHour = table.Column<int>(type: "INTEGER", nullable: true),
                    TagBrakeGroupPercent = table.Column<double>(type: "REAL", nullable: true),
                    TagPolicyVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    StateReason = table.Column<string>(type: "TEXT", nullable: true),
                    RightsVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    WritingEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    EnrollmentEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    DeploymentEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    CommandsEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    WipesEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    MessagesEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    MessagesPerHour = table.Column<int>(type: "INTEGER", nullable: false),
                    LocksPerHour = table.Column<int>(type: "INTEGER", nullable: false),
                    CommandFreshHours = table.Column<int>(type: "INTEGER", nullable: false),
                    WipeDelayMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    WipesPerHour = table.Column<int>(type: "INTEGER", nullable: false),
                    WipeApprovalHours = table.Column<int>(type: "INTEGER", nullable: false),
                    WipeAccount = table.Column<string>(type: "TEXT", nullable: true),
                    WipeCredentialKind = table.Column<int>(type: "INTEGER", nullable: false),
                    ProtectedWipeSecrets = table.Column<string>(type: "TEXT", nullable: true),
                    WipeAccountRefused = table.Column<string>(type: "TEXT", nullable: true),
                    QuotaLimit = table.Column<long>(type: "INTEGER", nullable: true),
                    QuotaRemaining = table.Column<long>(type: "INTEGER", nullable: true),
                    QuotaResetAt = table.Column<long>(type: "INTEGER", nullable: true),
                    QuotaUsed = table.Column<long>(type: "INTEGER", nullable: false),
                    NextRunAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DevicesListedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UemVersion = table.Column<string>(type: "TEXT", nullable: true),
                    UemVersionReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AdministratorsListedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SmartGroupsListedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TagsListedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_integrations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ledger",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    TagRunId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OwnedTagId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ImportId = table.Column<Guid>(type: "TEXT", nullable: true),
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    CommandId = table.Column<Guid>(type: "TEXT", nullable: true),
                    AppGroupRunId = table.Column<Guid>(type: "TEXT", nullable: true),
                    AppGroupId = table.Column<Guid>(type: "TEXT", nullable: true),
                    HeldBy = table.Column<string>(type: "TEXT", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    WantedBy = table.Column<string>(type: "TEXT", nullable: false),
                    ApprovedBy = table.Column<string>(type: "TEXT", nullable: true),
                    Sends = table.Column<int>(type: "INTEGER", nullable: false),
                    Devices = table.Column<int>(type: "INTEGER", nullable: false),
                    Failed = table.Column<int>(type: "INTEGER", nullable: false),
                    HttpStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    ErrorCode = table.Column<int>(type: "INTEGER", nullable: true),
                    Error = table.Column<string>(type: "TEXT", nullable: true),
                    WantedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_apps",
                columns: table => new
                {
                    EntryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AppId = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_apps", x => new { x.EntryId, x.AppId });
                });

            migrationBuilder.CreateTable(
                name: "ledger_devices",
                columns: table => new
                {
                    EntryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    ErrorCode = table.Column<int>(type: "INTEGER", nullable: true),
                    Error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_devices", x => new { x.EntryId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "link_requests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AdminUuid = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_link_requests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "membership_readings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_membership_readings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Role = table.Column<string>(type: "TEXT", nullable: false),
                    GivenBy = table.Column<string>(type: "TEXT", nullable: false),
                    GivenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "never_touch",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false),
                    Groups = table.Column<string>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    AddedBy = table.Column<string>(type: "TEXT", nullable: false),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_never_touch", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_channels",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Kinds = table.Column<string>(type: "TEXT", nullable: false),
                    SmallestLevel = table.Column<int>(type: "INTEGER", nullable: false),
                    FindingsSince = table.Column<long>(type: "INTEGER", nullable: false),
                    DigestHour = table.Column<int>(type: "INTEGER", nullable: true),
                    NextDigestAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastDigestAt = table.Column<long>(type: "INTEGER", nullable: false),
                    On = table.Column<bool>(type: "INTEGER", nullable: false),
                    OffReason = table.Column<string>(type: "TEXT", nullable: true),
                    Address = table.Column<string>(type: "TEXT", nullable: true),
                    MailServer = table.Column<string>(type: "TEXT", nullable: true),
                    MailPort = table.Column<int>(type: "INTEGER", nullable: false),
                    MailSecurity = table.Column<int>(type: "INTEGER", nullable: false),
                    MailUser = table.Column<string>(type: "TEXT", nullable: true),
                    MailFrom = table.Column<string>(type: "TEXT", nullable: true),
                    Recipients = table.Column<string>(type: "TEXT", nullable: false),
                    CaCertificatePem = table.Column<string>(type: "TEXT", nullable: true),
                    ProtectedSecrets = table.Column<string>(type: "TEXT", nullable: false),
                    OldSecretUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastDeliveredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_channels", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_deliveries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ChannelId = table.Column<Guid>(type: "TEXT", nullable: false),
                    NoticeId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Type = table.Column<string>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Data = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastAnswer = table.Column<string>(type: "TEXT", nullable: true),
                    DeliveredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClaimedUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_deliveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_marks",
                columns: table => new
                {
                    ChannelId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FindingsUntil = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_marks", x => new { x.ChannelId, x.IntegrationId });
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Page = table.Column<string>(type: "TEXT", nullable: false),
                    BeganAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "nudge_devices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    NudgeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Skip = table.Column<int>(type: "INTEGER", nullable: true),
                    Sends = table.Column<int>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LedgerEntryId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nudge_devices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "nudges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Gap = table.Column<int>(type: "INTEGER", nullable: false),
                    Stage = table.Column<int>(type: "INTEGER", nullable: true),
                    Channel = table.Column<int>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    GoesOnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MadeBy = table.Column<string>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    StoppedBy = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nudges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "one_time_links",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CodeHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Role = table.Column<string>(type: "TEXT", nullable: true),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    InvitedBy = table.Column<string>(type: "TEXT", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: true),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_one_time_links", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "organization_groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    ParentRemoteId = table.Column<int>(type: "INTEGER", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    GroupCode = table.Column<string>(type: "TEXT", nullable: true),
                    Type = table.Column<string>(type: "TEXT", nullable: true),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "own_indicators",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Revision = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Class = table.Column<int>(type: "INTEGER", nullable: false),
                    Severity = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_own_indicators", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "owned_app_groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Uem = table.Column<string>(type: "TEXT", nullable: false),
                    OrganizationGroupId = table.Column<int>(type: "INTEGER", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: true),
                    Adopted = table.Column<bool>(type: "INTEGER", nullable: false),
                    Trouble = table.Column<string>(type: "TEXT", nullable: true),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_owned_app_groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "owned_assignments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Ring = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    LastRead = table.Column<string>(type: "TEXT", nullable: true),
                    Pending = table.Column<bool>(type: "INTEGER", nullable: false),
                    Leaving = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_owned_assignments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "owned_tags",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Uem = table.Column<string>(type: "TEXT", nullable: false),
                    OrganizationGroupId = table.Column<int>(type: "INTEGER", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: true),
                    Set = table.Column<string>(type: "TEXT", nullable: true),
                    InForce = table.Column<bool>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: true),
                    ReadNumber = table.Column<int>(type: "INTEGER", nullable: true),
                    Adopted = table.Column<bool>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_owned_tags", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "passkeys",
                columns: table => new
                {
                    CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_passkeys", x => x.CredentialId);
                });

            migrationBuilder.CreateTable(
                name: "person_logins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "TEXT", nullable: false),
                    ProviderKey = table.Column<string>(type: "TEXT", nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "TEXT", nullable: true),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_logins", x => new { x.LoginProvider, x.ProviderKey });
                });

            migrationBuilder.CreateTable(
                name: "persons",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSignInAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeactivatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ProtectedAuthenticator = table.Column<string>(type: "TEXT", nullable: true),
                    LastAuthenticatorStep = table.Column<long>(type: "INTEGER", nullable: true),
                    UserName = table.Column<string>(type: "TEXT", nullable: true),
                    NormalizedUserName = table.Column<string>(type: "TEXT", nullable: true),
                    Email = table.Column<string>(type: "TEXT", nullable: true),
                    NormalizedEmail = table.Column<string>(type: "TEXT", nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    PasswordHash = table.Column<string>(type: "TEXT", nullable: true),
                    SecurityStamp = table.Column<string>(type: "TEXT", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", nullable: true),
                    TwoFactorEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    LockoutEnd = table.Column<long>(type: "INTEGER", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_persons", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "policy_tags",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Set = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_tags", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "policy_versions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    AppliedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AppliedBy = table.Column<string>(type: "TEXT", nullable: false),
                    Comment = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_versions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "proof_tries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Right = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_proof_tries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "publication_devices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    Ring = table.Column<int>(type: "INTEGER", nullable: false),
                    App = table.Column<int>(type: "INTEGER", nullable: false),
                    UemReason = table.Column<string>(type: "TEXT", nullable: true),
                    Stage = table.Column<int>(type: "INTEGER", nullable: false),
                    Gap = table.Column<int>(type: "INTEGER", nullable: false),
                    LevelThen = table.Column<int>(type: "INTEGER", nullable: true),
                    Worsened = table.Column<bool>(type: "INTEGER", nullable: false),
                    VerdictLost = table.Column<bool>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publication_devices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "publication_rings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Groups = table.Column<string>(type: "TEXT", nullable: false),
                    SharePercent = table.Column<int>(type: "INTEGER", nullable: true),
                    MadeGroupId = table.Column<int>(type: "INTEGER", nullable: true),
                    MadeGroupUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    MadeGroupDevices = table.Column<int>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    BeganAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Fitting = table.Column<int>(type: "INTEGER", nullable: true),
                    Assigned = table.Column<int>(type: "INTEGER", nullable: true),
                    Installed = table.Column<int>(type: "INTEGER", nullable: true),
                    Failed = table.Column<int>(type: "INTEGER", nullable: true),
                    Worsened = table.Column<int>(type: "INTEGER", nullable: true),
                    VerdictsLost = table.Column<int>(type: "INTEGER", nullable: true),
                    ToleratedFailed = table.Column<int>(type: "INTEGER", nullable: false),
                    ToleratedWorsened = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publication_rings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "publications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    AppUuid = table.Column<Guid>(type: "TEXT", nullable: false),
                    AppId = table.Column<int>(type: "INTEGER", nullable: false),
                    AppName = table.Column<string>(type: "TEXT", nullable: false),
                    BundleId = table.Column<string>(type: "TEXT", nullable: true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: true),
                    Delivery = table.Column<int>(type: "INTEGER", nullable: false),
                    PreventRemoval = table.Column<bool>(type: "INTEGER", nullable: false),
                    DeviceLicences = table.Column<bool>(type: "INTEGER", nullable: false),
                    Configuration = table.Column<string>(type: "TEXT", nullable: false),
                    WatchMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    DeadlineHours = table.Column<int>(type: "INTEGER", nullable: false),
                    InstalledPercent = table.Column<int>(type: "INTEGER", nullable: false),
                    FailedPercent = table.Column<int>(type: "INTEGER", nullable: false),
                    WorsenedPercent = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Begun = table.Column<int>(type: "INTEGER", nullable: false),
                    Word = table.Column<int>(type: "INTEGER", nullable: false),
                    WordBy = table.Column<string>(type: "TEXT", nullable: true),
                    Touched = table.Column<int>(type: "INTEGER", nullable: false),
                    TakingBack = table.Column<bool>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    ForeignChange = table.Column<string>(type: "TEXT", nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    GoesOnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MadeBy = table.Column<string>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "recoveries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AcknowledgedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recoveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CodeHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recovery_codes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "reference_watches",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Trouble = table.Column<string>(type: "TEXT", nullable: true),
                    Listed = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reference_watches", x => x.IntegrationId);
                });

            migrationBuilder.CreateTable(
                name: "run_traces",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RunId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    RowId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Change = table.Column<int>(type: "INTEGER", nullable: false),
                    Apps = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_traces", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SecondFactorAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    Browser = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shown_devices",
                columns: table => new
                {
                    RunId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    Action = table.Column<int>(type: "INTEGER", nullable: false),
                    Tag = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shown_devices", x => new { x.RunId, x.RemoteId, x.Action, x.Tag });
                });

            migrationBuilder.CreateTable(
                name: "smart_group_looks",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SmartGroupId = table.Column<int>(type: "INTEGER", nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Assignments = table.Column<int>(type: "INTEGER", nullable: true),
                    FewerAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_smart_group_looks", x => new { x.IntegrationId, x.SmartGroupId });
                });

            migrationBuilder.CreateTable(
                name: "smart_groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    DeviceCount = table.Column<int>(type: "INTEGER", nullable: true),
                    ManagedByOrganizationGroupId = table.Column<int>(type: "INTEGER", nullable: true),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_smart_groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "sync_runs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Trigger = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", nullable: false),
                    Resumes = table.Column<int>(type: "INTEGER", nullable: false),
                    DeviceRemoteId = table.Column<int>(type: "INTEGER", nullable: true),
                    Counts = table.Column<string>(type: "TEXT", nullable: false),
                    StageDone = table.Column<long>(type: "INTEGER", nullable: false),
                    StageTotal = table.Column<long>(type: "INTEGER", nullable: true),
                    UemCalls = table.Column<long>(type: "INTEGER", nullable: false),
                    UemBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    StageSeconds = table.Column<string>(type: "TEXT", nullable: false),
                    IncompleteReasons = table.Column<string>(type: "TEXT", nullable: false),
                    Notes = table.Column<string>(type: "TEXT", nullable: false),
                    CancelRequested = table.Column<bool>(type: "INTEGER", nullable: false),
                    AcceptLosses = table.Column<bool>(type: "INTEGER", nullable: false),
                    UnknownFields = table.Column<string>(type: "TEXT", nullable: false),
                    HeldLost = table.Column<int>(type: "INTEGER", nullable: true),
                    HeldStored = table.Column<int>(type: "INTEGER", nullable: true),
                    HoldApproved = table.Column<bool>(type: "INTEGER", nullable: false),
                    HoldDecidedBy = table.Column<string>(type: "TEXT", nullable: true),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sync_runs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tag_delays",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Bucket = table.Column<int>(type: "INTEGER", nullable: false),
                    Devices = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tag_delays", x => new { x.IntegrationId, x.Day, x.Bucket });
                });

            migrationBuilder.CreateTable(
                name: "tag_previews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Summary = table.Column<string>(type: "TEXT", nullable: false),
                    Settings = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedDevices = table.Column<int>(type: "INTEGER", nullable: false),
                    Fleet = table.Column<int>(type: "INTEGER", nullable: false),
                    PolicyVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Accepted = table.Column<bool>(type: "INTEGER", nullable: false),
                    AcceptedBy = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tag_previews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tag_references",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SmartGroupId = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnedTagId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SmartGroup = table.Column<string>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MissedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MissedAs = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tag_references", x => new { x.IntegrationId, x.SmartGroupId, x.OwnedTagId });
                });

            migrationBuilder.CreateTable(
                name: "tag_runs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    ReadsFirst = table.Column<bool>(type: "INTEGER", nullable: false),
                    AcceptedChanges = table.Column<int>(type: "INTEGER", nullable: true),
                    ApprovedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    HeldChanged = table.Column<int>(type: "INTEGER", nullable: true),
                    HeldFleet = table.Column<int>(type: "INTEGER", nullable: true),
                    HeldRecent = table.Column<int>(type: "INTEGER", nullable: true),
                    HeldLimit = table.Column<double>(type: "REAL", nullable: true),
                    PolicyVersion = table.Column<int>(type: "INTEGER", nullable: true),
                    ShownRun = table.Column<Guid>(type: "TEXT", nullable: true),
                    Showing = table.Column<int>(type: "INTEGER", nullable: false),
                    NotShown = table.Column<int>(type: "INTEGER", nullable: false),
                    HeldAsFirst = table.Column<bool>(type: "INTEGER", nullable: false),
                    CancelledBy = table.Column<string>(type: "TEXT", nullable: true),
                    BatchSize = table.Column<int>(type: "INTEGER", nullable: true),
                    Adds = table.Column<int>(type: "INTEGER", nullable: false),
                    Removes = table.Column<int>(type: "INTEGER", nullable: false),
                    Confirmed = table.Column<int>(type: "INTEGER", nullable: false),
                    Failed = table.Column<int>(type: "INTEGER", nullable: false),
                    UemCalls = table.Column<long>(type: "INTEGER", nullable: false),
                    IncompleteReasons = table.Column<string>(type: "TEXT", nullable: false),
                    QueuedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tag_runs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tags",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tags", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "user_group_members",
                columns: table => new
                {
                    UserGroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_group_members", x => new { x.UserGroupId, x.UserName });
                });

            migrationBuilder.CreateTable(
                name: "user_groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    MemberCount = table.Column<int>(type: "INTEGER", nullable: true),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<int>(type: "INTEGER", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "TEXT", nullable: true),
                    UserName = table.Column<string>(type: "TEXT", nullable: true),
                    DisplayName = table.Column<string>(type: "TEXT", nullable: true),
                    Email = table.Column<string>(type: "TEXT", nullable: true),
                    OrganizationGroupId = table.Column<int>(type: "INTEGER", nullable: true),
                    Active = table.Column<bool>(type: "INTEGER", nullable: true),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "verdict_days",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Unknown = table.Column<int>(type: "INTEGER", nullable: false),
                    Secure = table.Column<int>(type: "INTEGER", nullable: false),
                    Low = table.Column<int>(type: "INTEGER", nullable: false),
                    Medium = table.Column<int>(type: "INTEGER", nullable: false),
                    High = table.Column<int>(type: "INTEGER", nullable: false),
                    Critical = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_verdict_days", x => new { x.IntegrationId, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "wanted_tags",
                columns: table => new
                {
                    DeviceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Set = table.Column<string>(type: "TEXT", nullable: false),
                    Tag = table.Column<string>(type: "TEXT", nullable: false),
                    Cause = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_wanted_tags", x => new { x.DeviceId, x.Set });
                });

            migrationBuilder.CreateTable(
                name: "watched_policies",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PolicyId = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Platform = table.Column<string>(type: "TEXT", nullable: true),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: true),
                    Assigned = table.Column<int>(type: "INTEGER", nullable: true),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MissedAs = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_watched_policies", x => new { x.IntegrationId, x.PolicyId });
                });

            migrationBuilder.CreateTable(
                name: "work_lease",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Server = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_work_lease", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "write_stops",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StoppedBy = table.Column<string>(type: "TEXT", nullable: false),
                    StoppedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    ReleasedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ReleasedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_write_stops", x => x.Number);
                });

            migrationBuilder.InsertData(
                table: "audit_head",
                columns: new[] { "Id", "Hash", "Sequence" },
                values: new object[] { 1, "0000000000000000000000000000000000000000000000000000000000000000", 0L });

            migrationBuilder.CreateIndex(
                name: "IX_admin_links_AdminUuid",
                table: "admin_links",
                column: "AdminUuid");

            migrationBuilder.CreateIndex(
                name: "IX_admin_links_IntegrationId_AdminUuid",
                table: "admin_links",
                columns: new[] { "IntegrationId", "AdminUuid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_admin_links_IntegrationId_PersonId",
                table: "admin_links",
                columns: new[] { "IntegrationId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_administrators_IntegrationId_RemoteKey",
                table: "administrators",
                columns: new[] { "IntegrationId", "RemoteKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_api_tokens_PersonId",
                table: "api_tokens",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_app_group_previews_IntegrationId_Id",
                table: "app_group_previews",
                columns: new[] { "IntegrationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_app_group_runs_IntegrationId_Id",
                table: "app_group_runs",
                columns: new[] { "IntegrationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_group_runs_one_open_run",
                table: "app_group_runs",
                column: "IntegrationId",
                unique: true,
                filter: "\"State\" IN (0, 1, 2)");

            migrationBuilder.CreateIndex(
                name: "IX_apps_Identifier",
                table: "apps",
                column: "Identifier");

            migrationBuilder.CreateIndex(
                name: "IX_apps_Platform_Identifier",
                table: "apps",
                columns: new[] { "Platform", "Identifier" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audit_Actor_Id",
                table: "audit",
                columns: new[] { "Actor", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_Sequence",
                table: "audit",
                column: "Sequence",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audit_Subject_Id",
                table: "audit",
                columns: new[] { "Subject", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_persons_PersonId",
                table: "audit_persons",
                column: "PersonId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_device_apps_AppId_GoneAt_DeviceId",
                table: "device_apps",
                columns: new[] { "AppId", "GoneAt", "DeviceId" });

            migrationBuilder.CreateIndex(
                name: "IX_device_apps_DeviceId_GoneAt",
                table: "device_apps",
                columns: new[] { "DeviceId", "GoneAt" });

            migrationBuilder.CreateIndex(
                name: "IX_device_apps_GoneAt",
                table: "device_apps",
                column: "GoneAt",
                filter: "\"GoneAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_device_changes_Attribute_DeviceId",
                table: "device_changes",
                columns: new[] { "Attribute", "DeviceId" });

            migrationBuilder.CreateIndex(
                name: "IX_device_changes_DeviceId_Id",
                table: "device_changes",
                columns: new[] { "DeviceId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_device_changes_RunId",
                table: "device_changes",
                column: "RunId",
                filter: "\"RunId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_device_commands_DeviceId_Id",
                table: "device_commands",
                columns: new[] { "DeviceId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_device_commands_GoesOnAt",
                table: "device_commands",
                column: "GoesOnAt");

            migrationBuilder.CreateIndex(
                name: "IX_device_commands_IntegrationId_Id",
                table: "device_commands",
                columns: new[] { "IntegrationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_device_commands_IntegrationId_SentAt",
                table: "device_commands",
                columns: new[] { "IntegrationId", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_device_commands_IntegrationId_State",
                table: "device_commands",
                columns: new[] { "IntegrationId", "State" });

            migrationBuilder.CreateIndex(
                name: "ix_device_commands_one_open",
                table: "device_commands",
                columns: new[] { "DeviceId", "Kind" },
                unique: true,
                filter: "\"EndedAt\" IS NULL AND \"Kind\" <> 5");

            migrationBuilder.CreateIndex(
                name: "ix_device_commands_one_open_message",
                table: "device_commands",
                columns: new[] { "DeviceId", "FindingId" },
                unique: true,
                filter: "\"EndedAt\" IS NULL AND \"Kind\" = 5");

            migrationBuilder.CreateIndex(
                name: "IX_device_tags_RemoteId",
                table: "device_tags",
                column: "RemoteId");

            migrationBuilder.CreateIndex(
                name: "IX_devices_FriendlyName",
                table: "devices",
                column: "FriendlyName");

            migrationBuilder.CreateIndex(
                name: "IX_devices_IntegrationId_Id",
                table: "devices",
                columns: new[] { "IntegrationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_devices_IntegrationId_RemoteId",
                table: "devices",
                columns: new[] { "IntegrationId", "RemoteId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_devices_IntegrationId_UserRemoteId",
                table: "devices",
                columns: new[] { "IntegrationId", "UserRemoteId" });

            migrationBuilder.CreateIndex(
                name: "IX_devices_JudgedAt",
                table: "devices",
                column: "JudgedAt");

            migrationBuilder.CreateIndex(
                name: "IX_devices_Level_Id",
                table: "devices",
                columns: new[] { "Level", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_devices_SerialNumber",
                table: "devices",
                column: "SerialNumber");

            migrationBuilder.CreateIndex(
                name: "IX_devices_UserName",
                table: "devices",
                column: "UserName");

            migrationBuilder.CreateIndex(
                name: "ix_devices_judging_due",
                table: "devices",
                columns: new[] { "IntegrationId", "GoneAt" },
                filter: "\"JudgingDue\"");

            migrationBuilder.CreateIndex(
                name: "ix_devices_levels",
                table: "devices",
                columns: new[] { "IntegrationId", "Level", "GoneAt", "OrganizationGroupId", "EnrollmentStatus" });

            migrationBuilder.CreateIndex(
                name: "ix_devices_personal_apps",
                table: "devices",
                columns: new[] { "IntegrationId", "GoneAt" },
                filter: "\"PersonalApps\" > 0");

            migrationBuilder.CreateIndex(
                name: "ix_devices_wanted",
                table: "devices",
                columns: new[] { "IntegrationId", "WantedAt" },
                filter: "\"WantedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_drift_IntegrationId_EndedAt",
                table: "drift",
                columns: new[] { "IntegrationId", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_drift_OwnedTagId_EndedAt",
                table: "drift",
                columns: new[] { "OwnedTagId", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_drift_devices_RemoteId",
                table: "drift_devices",
                column: "RemoteId");

            migrationBuilder.CreateIndex(
                name: "IX_feed_sources_FeedId",
                table: "feed_sources",
                column: "FeedId");

            migrationBuilder.CreateIndex(
                name: "IX_feed_sources_Name",
                table: "feed_sources",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_feed_versions_FeedId_Sha256",
                table: "feed_versions",
                columns: new[] { "FeedId", "Sha256" });

            migrationBuilder.CreateIndex(
                name: "IX_feeds_Name_Format",
                table: "feeds",
                columns: new[] { "Name", "Format" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_findings_DeviceId_Id",
                table: "findings",
                columns: new[] { "DeviceId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_findings_DeviceId_Kind_Key",
                table: "findings",
                columns: new[] { "DeviceId", "Kind", "Key" },
                unique: true,
                filter: "\"ClearedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_findings_Exception_Id",
                table: "findings",
                columns: new[] { "Exception", "Id" },
                filter: "\"Exception\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_findings_Id",
                table: "findings",
                column: "Id",
                filter: "\"ClearedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_findings_Kind_Id_ClearedAt",
                table: "findings",
                columns: new[] { "Kind", "Id", "ClearedAt" },
                filter: "\"ClearedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_findings_Level_Id",
                table: "findings",
                columns: new[] { "Level", "Id" },
                filter: "\"ClearedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_hunt_devices_DeviceId",
                table: "hunt_devices",
                column: "DeviceId");

            migrationBuilder.CreateIndex(
                name: "IX_hunts_Name",
                table: "hunts",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_import_lines_ImportId_Line",
                table: "import_lines",
                columns: new[] { "ImportId", "Line" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_import_lines_ImportId_Step_State_Line",
                table: "import_lines",
                columns: new[] { "ImportId", "Step", "State", "Line" });

            migrationBuilder.CreateIndex(
                name: "IX_import_lines_ImportId_UserKey",
                table: "import_lines",
                columns: new[] { "ImportId", "UserKey" });

            migrationBuilder.CreateIndex(
                name: "IX_imports_IntegrationId_Id",
                table: "imports",
                columns: new[] { "IntegrationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_imports_State",
                table: "imports",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_integrations_Name",
                table: "integrations",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ledger_AppGroupId_State",
                table: "ledger",
                columns: new[] { "AppGroupId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ledger_AppGroupRunId",
                table: "ledger",
                column: "AppGroupRunId");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_IdempotencyKey",
                table: "ledger",
                column: "IdempotencyKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ledger_IntegrationId_State",
                table: "ledger",
                columns: new[] { "IntegrationId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ledger_OwnedTagId_State",
                table: "ledger",
                columns: new[] { "OwnedTagId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ledger_TagRunId",
                table: "ledger",
                column: "TagRunId");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_devices_RemoteId",
                table: "ledger_devices",
                column: "RemoteId");

            migrationBuilder.CreateIndex(
                name: "IX_link_requests_IntegrationId_PersonId",
                table: "link_requests",
                columns: new[] { "IntegrationId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_membership_readings_IntegrationId",
                table: "membership_readings",
                column: "IntegrationId");

            migrationBuilder.CreateIndex(
                name: "IX_memberships_PersonId_IntegrationId",
                table: "memberships",
                columns: new[] { "PersonId", "IntegrationId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_memberships_one_everywhere",
                table: "memberships",
                column: "PersonId",
                unique: true,
                filter: "\"IntegrationId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_never_touch_IntegrationId",
                table: "never_touch",
                column: "IntegrationId");

            migrationBuilder.CreateIndex(
                name: "IX_notice_channels_Name",
                table: "notice_channels",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_notice_deliveries_ChannelId_Key",
                table: "notice_deliveries",
                columns: new[] { "ChannelId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_notice_deliveries_ChannelId_LastTryAt",
                table: "notice_deliveries",
                columns: new[] { "ChannelId", "LastTryAt" });

            migrationBuilder.CreateIndex(
                name: "IX_notice_deliveries_NextTryAt",
                table: "notice_deliveries",
                column: "NextTryAt",
                filter: "\"NextTryAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notice_deliveries_NoticeId",
                table: "notice_deliveries",
                column: "NoticeId");

            migrationBuilder.CreateIndex(
                name: "IX_notices_Key",
                table: "notices",
                column: "Key",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_nudge_devices_NudgeId_State_Id",
                table: "nudge_devices",
                columns: new[] { "NudgeId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_nudge_devices_PublicationId_RemoteId",
                table: "nudge_devices",
                columns: new[] { "PublicationId", "RemoteId" });

            migrationBuilder.CreateIndex(
                name: "IX_nudges_GoesOnAt",
                table: "nudges",
                column: "GoesOnAt");

            migrationBuilder.CreateIndex(
                name: "IX_nudges_IntegrationId_State",
                table: "nudges",
                columns: new[] { "IntegrationId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_nudges_PublicationId_Id",
                table: "nudges",
                columns: new[] { "PublicationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_one_time_links_CodeHash",
                table: "one_time_links",
                column: "CodeHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_one_time_links_PersonId",
                table: "one_time_links",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_organization_groups_IntegrationId_RemoteId",
                table: "organization_groups",
                columns: new[] { "IntegrationId", "RemoteId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_own_indicators_Kind_Value_Platform",
                table: "own_indicators",
                columns: new[] { "Kind", "Value", "Platform" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_owned_app_groups_IntegrationId_Uem_OrganizationGroupId_Platform",
                table: "owned_app_groups",
                columns: new[] { "IntegrationId", "Uem", "OrganizationGroupId", "Platform" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_owned_assignments_PublicationId_Name",
                table: "owned_assignments",
                columns: new[] { "PublicationId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_owned_tags_IntegrationId_OrganizationGroupId_Name",
                table: "owned_tags",
                columns: new[] { "IntegrationId", "OrganizationGroupId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_owned_tags_OrganizationGroupId_RemoteId",
                table: "owned_tags",
                columns: new[] { "OrganizationGroupId", "RemoteId" });

            migrationBuilder.CreateIndex(
                name: "IX_passkeys_UserId",
                table: "passkeys",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_person_logins_UserId",
                table: "person_logins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_persons_NormalizedEmail",
                table: "persons",
                column: "NormalizedEmail",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_persons_NormalizedUserName",
                table: "persons",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_policy_versions_Number",
                table: "policy_versions",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_proof_tries_At",
                table: "proof_tries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_publication_devices_PublicationId_Stage_Gap_Id",
                table: "publication_devices",
                columns: new[] { "PublicationId", "Stage", "Gap", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_publication_rings_PublicationId_Number",
                table: "publication_rings",
                columns: new[] { "PublicationId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_publications_GoesOnAt",
                table: "publications",
                column: "GoesOnAt");

            migrationBuilder.CreateIndex(
                name: "IX_publications_IntegrationId_Id",
                table: "publications",
                columns: new[] { "IntegrationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_recoveries_IntegrationId",
                table: "recoveries",
                column: "IntegrationId");

            migrationBuilder.CreateIndex(
                name: "IX_recovery_codes_PersonId",
                table: "recovery_codes",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_run_traces_RunId_Kind_Change_RowId",
                table: "run_traces",
                columns: new[] { "RunId", "Kind", "Change", "RowId" });

            migrationBuilder.CreateIndex(
                name: "IX_sessions_PersonId",
                table: "sessions",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_smart_groups_IntegrationId_RemoteId",
                table: "smart_groups",
                columns: new[] { "IntegrationId", "RemoteId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sync_runs_IntegrationId_Id",
                table: "sync_runs",
                columns: new[] { "IntegrationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "ix_sync_runs_one_open_run",
                table: "sync_runs",
                column: "IntegrationId",
                unique: true,
                filter: "\"State\" IN (0, 1, 2) AND \"Kind\" <> 2");

            migrationBuilder.CreateIndex(
                name: "ix_sync_runs_one_open_run_per_device",
                table: "sync_runs",
                columns: new[] { "IntegrationId", "DeviceRemoteId" },
                unique: true,
                filter: "\"State\" IN (0, 1, 2) AND \"Kind\" = 2");

            migrationBuilder.CreateIndex(
                name: "IX_tag_previews_IntegrationId_Id",
                table: "tag_previews",
                columns: new[] { "IntegrationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_tag_runs_IntegrationId_Id",
                table: "tag_runs",
                columns: new[] { "IntegrationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_tag_runs_IntegrationId_ReadsFirst_Id",
                table: "tag_runs",
                columns: new[] { "IntegrationId", "ReadsFirst", "Id" });

            migrationBuilder.CreateIndex(
                name: "ix_tag_runs_one_open_run",
                table: "tag_runs",
                column: "IntegrationId",
                unique: true,
                filter: "\"State\" IN (0, 1, 2)");

            migrationBuilder.CreateIndex(
                name: "IX_tags_IntegrationId_RemoteId",
                table: "tags",
                columns: new[] { "IntegrationId", "RemoteId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_user_groups_IntegrationId_RemoteId",
                table: "user_groups",
                columns: new[] { "IntegrationId", "RemoteId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_users_IntegrationId_RemoteId",
                table: "users",
                columns: new[] { "IntegrationId", "RemoteId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_users_UserName",
                table: "users",
                column: "UserName");

            migrationBuilder.CreateIndex(
                name: "IX_wanted_tags_Tag",
                table: "wanted_tags",
                column: "Tag");

            migrationBuilder.CreateIndex(
                name: "IX_write_stops_Id",
                table: "write_stops",
                column: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "admin_links");

            migrationBuilder.DropTable(
                name: "administrators");

            migrationBuilder.DropTable(
                name: "api_tokens");

            migrationBuilder.DropTable(
                name: "app_group_apps");

            migrationBuilder.DropTable(
                name: "app_group_previews");

            migrationBuilder.DropTable(
                name: "app_group_runs");

            migrationBuilder.DropTable(
                name: "app_group_switches");

            migrationBuilder.DropTable(
                name: "apps");

            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "audit_head");

            migrationBuilder.DropTable(
                name: "audit_keys");

            migrationBuilder.DropTable(
                name: "audit_persons");

            migrationBuilder.DropTable(
                name: "brake_servers");

            migrationBuilder.DropTable(
                name: "device_apps");

            migrationBuilder.DropTable(
                name: "device_changes");

            migrationBuilder.DropTable(
                name: "device_commands");

            migrationBuilder.DropTable(
                name: "device_memberships");

            migrationBuilder.DropTable(
                name: "device_tags");

            migrationBuilder.DropTable(
                name: "devices");

            migrationBuilder.DropTable(
                name: "drift");

            migrationBuilder.DropTable(
                name: "drift_devices");

            migrationBuilder.DropTable(
                name: "erased_users");

            migrationBuilder.DropTable(
                name: "feed_sources");

            migrationBuilder.DropTable(
                name: "feed_versions");

            migrationBuilder.DropTable(
                name: "feeds");

            migrationBuilder.DropTable(
                name: "findings");

            migrationBuilder.DropTable(
                name: "hunt_devices");

            migrationBuilder.DropTable(
                name: "hunts");

            migrationBuilder.DropTable(
                name: "import_lines");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropTable(
                name: "integrations");

            migrationBuilder.DropTable(
                name: "ledger");

            migrationBuilder.DropTable(
                name: "ledger_apps");

            migrationBuilder.DropTable(
                name: "ledger_devices");

            migrationBuilder.DropTable(
                name: "link_requests");

            migrationBuilder.DropTable(
                name: "membership_readings");

            migrationBuilder.DropTable(
                name: "memberships");

            migrationBuilder.DropTable(
                name: "never_touch");

            migrationBuilder.DropTable(
                name: "notice_channels");

            migrationBuilder.DropTable(
                name: "notice_deliveries");

            migrationBuilder.DropTable(
                name: "notice_marks");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "nudge_devices");

            migrationBuilder.DropTable(
                name: "nudges");

            migrationBuilder.DropTable(
                name: "one_time_links");

            migrationBuilder.DropTable(
                name: "organization_groups");

            migrationBuilder.DropTable(
                name: "own_indicators");

            migrationBuilder.DropTable(
                name: "owned_app_groups");

            migrationBuilder.DropTable(
                name: "owned_assignments");

            migrationBuilder.DropTable(
                name: "owned_tags");

            migrationBuilder.DropTable(
                name: "passkeys");

            migrationBuilder.DropTable(
                name: "person_logins");

            migrationBuilder.DropTable(
                name: "persons");

            migrationBuilder.DropTable(
                name: "policy_tags");

            migrationBuilder.DropTable(
                name: "policy_versions");

            migrationBuilder.DropTable(
                name: "proof_tries");

            migrationBuilder.DropTable(
                name: "publication_devices");

            migrationBuilder.DropTable(
                name: "publication_rings");

            migrationBuilder.DropTable(
                name: "publications");

            migrationBuilder.DropTable(
                name: "recoveries");

            migrationBuilder.DropTable(
                name: "recovery_codes");

            migrationBuilder.DropTable(
                name: "reference_watches");

            migrationBuilder.DropTable(
                name: "run_traces");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "shown_devices");

            migrationBuilder.DropTable(
                name: "smart_group_looks");

            migrationBuilder.DropTable(
                name: "smart_groups");

            migrationBuilder.DropTable(
                name: "sync_runs");

            migrationBuilder.DropTable(
                name: "tag_delays");

            migrationBuilder.DropTable(
                name: "tag_previews");

            migrationBuilder.DropTable(
                name: "tag_references");

            migrationBuilder.DropTable(
                name: "tag_runs");

            migrationBuilder.DropTable(
                name: "tags");

            migrationBuilder.DropTable(
                name: "user_group_members");

            migrationBuilder.DropTable(
                name: "user_groups");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "verdict_days");

            migrationBuilder.DropTable(
                name: "wanted_tags");

            migrationBuilder.DropTable(
                name: "watched_policies");

            migrationBuilder.DropTable(
                name: "work_lease");

            migrationBuilder.DropTable(
                name: "write_stops");
        }
    }
}
