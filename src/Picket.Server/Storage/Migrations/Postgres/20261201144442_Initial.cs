using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Picket.Server.Storage.Migrations.Postgres
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    AdminUuid = table.Column<Guid>(type: "uuid", nullable: false),
                    UserName = table.Column<string>(type: "text", nullable: false),
                    LinkedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Issuer = table.Column<string>(type: "text", nullable: true),
                    Subject = table.Column<string>(type: "text", nullable: true),
                    Refusal = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_admin_links", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "administrators",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteKey = table.Column<string>(type: "text", nullable: false),
                    UserName = table.Column<string>(type: "text", nullable: true),
                    OrganizationGroup = table.Column<string>(type: "text", nullable: true),
                    OrganizationGroupUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    Roles = table.Column<string>(type: "text", nullable: false),
                    LastSignInAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    GoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_administrators", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "api_tokens",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Scope = table.Column<int>(type: "integer", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: true),
                    SecretHash = table.Column<byte[]>(type: "bytea", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastUsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RevokedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_tokens", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "app_group_apps",
                columns: table => new
                {
                    GroupId = table.Column<Guid>(type: "uuid", nullable: false),
                    AppId = table.Column<string>(type: "text", nullable: false),
                    Ours = table.Column<bool>(type: "boolean", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_app_group_apps", x => new { x.GroupId, x.AppId });
                });

            migrationBuilder.CreateTable(
                name: "app_group_previews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    MadeFor = table.Column<string>(type: "text", nullable: false),
                    Changes = table.Column<int>(type: "integer", nullable: false),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: false),
                    Trouble = table.Column<List<string>>(type: "text[]", nullable: false),
                    AcceptedBy = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_app_group_previews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "app_group_runs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    AcceptedChanges = table.Column<int>(type: "integer", nullable: true),
                    ApprovedBy = table.Column<string>(type: "text", nullable: true),
                    ApprovedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    HeldChanges = table.Column<int>(type: "integer", nullable: true),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: true),
                    HeldAsFirst = table.Column<bool>(type: "boolean", nullable: false),
                    CancelledBy = table.Column<string>(type: "text", nullable: true),
                    Adds = table.Column<int>(type: "integer", nullable: false),
                    Removes = table.Column<int>(type: "integer", nullable: false),
                    Confirmed = table.Column<int>(type: "integer", nullable: false),
                    Failed = table.Column<int>(type: "integer", nullable: false),
                    UemCalls = table.Column<long>(type: "bigint", nullable: false),
                    IncompleteReasons = table.Column<List<string>>(type: "text[]", nullable: false),
                    QueuedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_app_group_runs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "app_group_switches",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Enabled = table.Column<bool>(type: "boolean", nullable: false),
                    AcceptedFor = table.Column<string>(type: "text", nullable: true),
                    MostChanges = table.Column<int>(type: "integer", nullable: false),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_app_group_switches", x => x.IntegrationId);
                });

            migrationBuilder.CreateTable(
                name: "apps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Platform = table.Column<string>(type: "text", nullable: false),
                    Identifier = table.Column<string>(type: "text", nullable: false),
                    Hashed = table.Column<bool>(type: "boolean", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: true),
                    TestedPatterns = table.Column<string>(type: "text", nullable: true),
                    MatchedPatterns = table.Column<string>(type: "text", nullable: true),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_apps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Actor = table.Column<string>(type: "text", nullable: false),
                    Address = table.Column<string>(type: "text", nullable: true),
                    Action = table.Column<string>(type: "text", nullable: false),
                    Outcome = table.Column<int>(type: "integer", nullable: false),
                    Subject = table.Column<string>(type: "text", nullable: true),
                    Before = table.Column<string>(type: "text", nullable: true),
                    After = table.Column<string>(type: "text", nullable: true),
                    PreviousHash = table.Column<string>(type: "text", nullable: false),
                    Hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_head",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_head", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_keys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    PublicKey = table.Column<string>(type: "text", nullable: false),
                    ProtectedPrivateKey = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_persons",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_persons", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "brake_servers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Seen = table.Column<long>(type: "bigint", nullable: false),
                    UnderWay = table.Column<int>(type: "integer", nullable: false),
                    SeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_brake_servers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "device_apps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DeviceId = table.Column<Guid>(type: "uuid", nullable: false),
                    AppId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<string>(type: "text", nullable: true),
                    Managed = table.Column<bool>(type: "boolean", nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    GoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_apps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "device_changes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DeviceId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Attribute = table.Column<string>(type: "text", nullable: false),
                    Before = table.Column<string>(type: "text", nullable: true),
                    After = table.Column<string>(type: "text", nullable: true),
                    RunId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_changes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "device_commands",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    DeviceId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Brake = table.Column<int>(type: "integer", nullable: false),
                    Why = table.Column<string>(type: "text", nullable: true),
                    Cause = table.Column<string>(type: "text", nullable: true),
                    FindingId = table.Column<Guid>(type: "uuid", nullable: true),
                    MessageAbout = table.Column<string>(type: "text", nullable: true),
                    MessageBy = table.Column<int>(type: "integer", nullable: true),
                    MessageText = table.Column<string>(type: "text", nullable: true),
                    Insisted = table.Column<bool>(type: "boolean", nullable: false),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: true),
                    BoundUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    BoundSerial = table.Column<string>(type: "text", nullable: true),
                    BoundUser = table.Column<int>(type: "integer", nullable: true),
                    BoundEnrolledAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WantedBy = table.Column<string>(type: "text", nullable: false),
                    WantedByPerson = table.Column<Guid>(type: "uuid", nullable: true),
                    WantedByAccount = table.Column<Guid>(type: "uuid", nullable: true),
                    WantedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ApprovedBy = table.Column<string>(type: "text", nullable: true),
                    ApprovedByPerson = table.Column<Guid>(type: "uuid", nullable: true),
                    ApprovedByAccount = table.Column<Guid>(type: "uuid", nullable: true),
                    ApprovedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    NotBefore = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Sends = table.Column<int>(type: "integer", nullable: false),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    FollowUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    GoesOnAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LedgerEntryId = table.Column<Guid>(type: "uuid", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedBy = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_commands", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "device_memberships",
                columns: table => new
                {
                    GroupId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_memberships", x => new { x.GroupId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "device_tags",
                columns: table => new
                {
                    OwnedTagId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    ConfirmedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_tags", x => new { x.OwnedTagId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "devices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    FriendlyName = table.Column<string>(type: "text", nullable: true),
                    SerialNumber = table.Column<string>(type: "text", nullable: true),
                    Udid = table.Column<string>(type: "text", nullable: true),
                    Platform = table.Column<string>(type: "text", nullable: true),
                    Model = table.Column<string>(type: "text", nullable: true),
                    ModelIdentifier = table.Column<string>(type: "text", nullable: true),
                    OsVersion = table.Column<string>(type: "text", nullable: true),
                    OsBuild = table.Column<string>(type: "text", nullable: true),
                    SecurityPatchDate = table.Column<DateOnly>(type: "date", nullable: true),
                    Ownership = table.Column<string>(type: "text", nullable: true),
                    OrganizationGroupId = table.Column<int>(type: "integer", nullable: true),
                    UserRemoteId = table.Column<int>(type: "integer", nullable: true),
                    UserName = table.Column<string>(type: "text", nullable: true),
                    EnrollmentStatus = table.Column<string>(type: "text", nullable: true),
                    ComplianceStatus = table.Column<string>(type: "text", nullable: true),
                    Compromised = table.Column<bool>(type: "boolean", nullable: true),
                    Supervised = table.Column<bool>(type: "boolean", nullable: true),
                    EnrolledAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ComplianceCheckedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CompromisedCheckedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    PasscodePresent = table.Column<bool>(type: "boolean", nullable: true),
                    PasscodeCompliant = table.Column<bool>(type: "boolean", nullable: true),
                    Encrypted = table.Column<bool>(type: "boolean", nullable: true),
                    BlockEncrypted = table.Column<bool>(type: "boolean", nullable: true),
                    SecurityReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SecurityState = table.Column<int>(type: "integer", nullable: false),
                    BrokenPolicies = table.Column<string>(type: "text", nullable: true),
                    PoliciesReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AppsReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AppsState = table.Column<int>(type: "integer", nullable: false),
                    AppsWholeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AppsWholeSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    PersonalApps = table.Column<int>(type: "integer", nullable: false),
                    DetailsTriedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DetailFailures = table.Column<int>(type: "integer", nullable: false),
                    DetailsNotBefore = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    GoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Level = table.Column<int>(type: "integer", nullable: false),
                    JudgedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WantedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    JudgingDue = table.Column<bool>(type: "boolean", nullable: false),
                    Unknowns = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_devices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "drift",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    OwnedTagId = table.Column<Guid>(type: "uuid", nullable: true),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Asks = table.Column<bool>(type: "boolean", nullable: false),
                    Fought = table.Column<bool>(type: "boolean", nullable: false),
                    NewName = table.Column<string>(type: "text", nullable: true),
                    SmartGroupId = table.Column<int>(type: "integer", nullable: true),
                    SmartGroup = table.Column<string>(type: "text", nullable: true),
                    CompliancePolicyId = table.Column<int>(type: "integer", nullable: true),
                    CompliancePolicy = table.Column<string>(type: "text", nullable: true),
                    Count = table.Column<int>(type: "integer", nullable: true),
                    Before = table.Column<int>(type: "integer", nullable: true),
                    LedgerEntryId = table.Column<Guid>(type: "uuid", nullable: true),
                    Trouble = table.Column<string>(type: "text", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DecidedBy = table.Column<string>(type: "text", nullable: true),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drift", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "drift_devices",
                columns: table => new
                {
                    DriftId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    Level = table.Column<int>(type: "integer", nullable: true),
                    SeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Became = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drift_devices", x => new { x.DriftId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "erased_users",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    NameKey = table.Column<string>(type: "text", nullable: true),
                    ErasedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ErasedBy = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erased_users", x => new { x.IntegrationId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "feed_sources",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    FeedId = table.Column<Guid>(type: "uuid", nullable: true),
                    Known = table.Column<string>(type: "text", nullable: true),
                    Format = table.Column<string>(type: "text", nullable: true),
                    Address = table.Column<string>(type: "text", nullable: true),
                    Path = table.Column<string>(type: "text", nullable: true),
                    CaCertificatePem = table.Column<string>(type: "text", nullable: true),
                    Licence = table.Column<string>(type: "text", nullable: true),
                    Attribution = table.Column<string>(type: "text", nullable: true),
                    IntervalMinutes = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    NextTryAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastTryAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastSuccessAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Outcome = table.Column<int>(type: "integer", nullable: true),
                    Failure = table.Column<string>(type: "text", nullable: true),
                    FailingSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    Sha256 = table.Column<string>(type: "text", nullable: true),
                    ETag = table.Column<string>(type: "text", nullable: true),
                    LastModified = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ClaimedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feed_sources", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "feed_versions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    FeedId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sha256 = table.Column<string>(type: "text", nullable: false),
                    ImportedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FeedDate = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<string>(type: "text", nullable: false),
                    FileName = table.Column<string>(type: "text", nullable: true),
                    Licence = table.Column<string>(type: "text", nullable: true),
                    Attribution = table.Column<string>(type: "text", nullable: true),
                    AttributionRequired = table.Column<bool>(type: "boolean", nullable: false),
                    Counts = table.Column<string>(type: "text", nullable: false),
                    Added = table.Column<int>(type: "integer", nullable: false),
                    Removed = table.Column<int>(type: "integer", nullable: false),
                    Changed = table.Column<int>(type: "integer", nullable: false),
                    ComparedWith = table.Column<Guid>(type: "uuid", nullable: true),
                    RejectedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feed_versions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "feeds",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Format = table.Column<string>(type: "text", nullable: false),
                    ActiveVersionId = table.Column<Guid>(type: "uuid", nullable: true),
                    EarlierVersions = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FailedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Failure = table.Column<string>(type: "text", nullable: true),
                    AsideVersionId = table.Column<Guid>(type: "uuid", nullable: true),
                    AsideReason = table.Column<string>(type: "text", nullable: true),
                    AsideSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feeds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "findings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    DeviceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: false),
                    Level = table.Column<int>(type: "integer", nullable: false),
                    Standing = table.Column<int>(type: "integer", nullable: false),
                    Exception = table.Column<string>(type: "text", nullable: true),
                    Title = table.Column<string>(type: "text", nullable: false),
                    Detail = table.Column<string>(type: "text", nullable: false),
                    FirstTrueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastTrueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ClearedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndReason = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_findings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hunt_devices",
                columns: table => new
                {
                    HuntId = table.Column<Guid>(type: "uuid", nullable: false),
                    DeviceId = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Personal = table.Column<bool>(type: "boolean", nullable: false),
                    HasNow = table.Column<bool>(type: "boolean", nullable: false),
                    New = table.Column<bool>(type: "boolean", nullable: false),
                    FoundAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hunt_devices", x => new { x.HuntId, x.DeviceId });
                });

            migrationBuilder.CreateTable(
                name: "hunts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Value = table.Column<string>(type: "text", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastRunAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hunts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "import_lines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ImportId = table.Column<Guid>(type: "uuid", nullable: false),
                    Line = table.Column<int>(type: "integer", nullable: false),
                    Wish = table.Column<string>(type: "text", nullable: true),
                    Subject = table.Column<string>(type: "text", nullable: true),
                    UserKey = table.Column<string>(type: "text", nullable: true),
                    GroupKey = table.Column<string>(type: "text", nullable: true),
                    KnownUser = table.Column<string>(type: "text", nullable: true),
                    IsMember = table.Column<bool>(type: "boolean", nullable: false),
                    Step = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Notes = table.Column<string>(type: "text", nullable: true),
                    OrganizationGroupId = table.Column<int>(type: "integer", nullable: true),
                    RemoteId = table.Column<int>(type: "integer", nullable: true),
                    Sends = table.Column<int>(type: "integer", nullable: false),
                    LedgerEntryId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_lines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    StartsAfterCheck = table.Column<bool>(type: "boolean", nullable: false),
                    Approved = table.Column<int>(type: "integer", nullable: true),
                    Lines = table.Column<int>(type: "integer", nullable: false),
                    UemCalls = table.Column<long>(type: "bigint", nullable: false),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    MadeBy = table.Column<string>(type: "text", nullable: false),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StartedBy = table.Column<string>(type: "text", nullable: true),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    GoesOnAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CancelledBy = table.Column<string>(type: "text", nullable: true),
                    ForgottenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Reasons = table.Column<List<string>>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_imports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "integrations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Address = table.Column<string>(type: "text", nullable: false),
                    OrganizationGroupId = table.Column<int>(type: "integer", nullable: false),
                    OrganizationGroupUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    OrganizationGroupName = table.Column<string>(type: "text", nullable: true),
                    OrganizationGroupCode = table.Column<string>(type: "text", nullable: true),
                    CredentialKind = table.Column<int>(type: "integer", nullable: false),
                    Account = table.Column<string>(type: "text", nullable: false),
                    TokenAddress = table.Column<string>(type: "text", nullable: true),
                    ProtectedSecrets = table.Column<string>(type: "text", nullable: false),
                    CredentialVersion = table.Column<int>(type: "integer", nullable: false),
                    CredentialSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    CredentialEndsOn = table.Column<DateOnly>(type: "date", nullable: true),
                    RefusedCredentialVersion = table.Column<int>(type: "integer", nullable: true),
                    RefusedReason = table.Column<string>(type: "text", nullable: true),
                    CaCertificatePem = table.Column<string>(type: "text", nullable: true),
                    ProxyAddress = table.Column<string>(type: "text", nullable: true),
                    ExcludedOrganizationGroups = table.Column<List<int>>(type: "integer[]", nullable: false),
                    SmartGroups = table.Column<List<int>>(type: "integer[]", nullable: false),
                    CorporateApps = table.Column<int>(type: "integer", nullable: false),
                    EmployeeApps = table.Column<int>(type: "integer", nullable: false),
                    PrivacyDue = table.Column<bool>(type: "boolean", nullable: false),
                    QuotaSharePercent = table.Column<int>(type: "integer", nullable: false),
                    SyncIntervalMinutes = table.Column<int>(type: "integer", nullable: false),
                    TagPrefix = table.Column<string>(type: "text", nullable: false),
                    TagUnknown = table.Column<bool>(type: "boolean", nullable: false),
                    TagBatchSize = table.Column<int>(type: "integer", nullable: false),
                    TagBrakePercent = table.Column<double>(type: "double precision", nullable: false),
                    TagBrakeLeast = table.Column<int>(type: "integer", nullable: false),
                    TagBrakePerRun = table.Column<int>(type: "integer", nullable: true),
                    TagBrakePerHour = table.Column<int>(type: "integer", nullable: true),
                    TagBrakeGroupPercent = table.Column<double>(type: "double precision", nullable: true),
                    TagPolicyVersion = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    StateReason = table.Column<string>(type: "text", nullable: true),
                    RightsVersion = table.Column<int>(type: "integer", nullable: false),
                    WritingEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    EnrollmentEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    DeploymentEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    CommandsEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    WipesEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    MessagesEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    MessagesPerHour = table.Column<int>(type: "integer", nullable: false),
                    LocksPerHour = table.Column<int>(type: "integer", nullable: false),
                    CommandFreshHours = table.Column<int>(type: "integer", nullable: false),
                    WipeDelayMinutes = table.Column<int>(type: "integer", nullable: false),
                    WipesPerHour = table.Column<int>(type: "integer", nullable: false),
                    WipeApprovalHours = table.Column<int>(type: "integer", nullable: false),
                    WipeAccount = table.Column<string>(type: "text", nullable: true),
                    WipeCredentialKind = table.Column<int>(type: "integer", nullable: false),
                    ProtectedWipeSecrets = table.Column<string>(type: "text", nullable: true),
                    WipeAccountRefused = table.Column<string>(type: "text", nullable: true),
                    QuotaLimit = table.Column<long>(type: "bigint", nullable: true),
                    QuotaRemaining = table.Column<long>(type: "bigint", nullable: true),
                    QuotaResetAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    QuotaUsed = table.Column<long>(type: "bigint", nullable: false),
                    NextRunAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DevicesListedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    UemVersion = table.Column<string>(type: "text", nullable: true),
                    UemVersionReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AdministratorsListedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SmartGroupsListedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    TagsListedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_integrations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ledger",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    Subject = table.Column<string>(type: "text", nullable: false),
                    TagRunId = table.Column<Guid>(type: "uuid", nullable: true),
                    OwnedTagId = table.Column<Guid>(type: "uuid", nullable: true),
                    ImportId = table.Column<Guid>(type: "uuid", nullable: true),
                    PublicationId = table.Column<Guid>(type: "uuid", nullable: true),
                    CommandId = table.Column<Guid>(type: "uuid", nullable: true),
                    AppGroupRunId = table.Column<Guid>(type: "uuid", nullable: true),
                    AppGroupId = table.Column<Guid>(type: "uuid", nullable: true),
                    HeldBy = table.Column<string>(type: "text", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    WantedBy = table.Column<string>(type: "text", nullable: false),
                    ApprovedBy = table.Column<string>(type: "text", nullable: true),
                    Sends = table.Column<int>(type: "integer", nullable: false),
                    Devices = table.Column<int>(type: "integer", nullable: false),
                    Failed = table.Column<int>(type: "integer", nullable: false),
                    HttpStatus = table.Column<int>(type: "integer", nullable: true),
                    ErrorCode = table.Column<int>(type: "integer", nullable: true),
                    Error = table.Column<string>(type: "text", nullable: true),
                    WantedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AnsweredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ConfirmedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_apps",
                columns: table => new
                {
                    EntryId = table.Column<Guid>(type: "uuid", nullable: false),
                    AppId = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_apps", x => new { x.EntryId, x.AppId });
                });

            migrationBuilder.CreateTable(
                name: "ledger_devices",
                columns: table => new
                {
                    EntryId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    ErrorCode = table.Column<int>(type: "integer", nullable: true),
                    Error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_devices", x => new { x.EntryId, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "link_requests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    AdminUuid = table.Column<Guid>(type: "uuid", nullable: false),
                    UserName = table.Column<string>(type: "text", nullable: false),
                    Issuer = table.Column<string>(type: "text", nullable: false),
                    Subject = table.Column<string>(type: "text", nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_link_requests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "membership_readings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_membership_readings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: true),
                    Role = table.Column<string>(type: "text", nullable: false),
                    GivenBy = table.Column<string>(type: "text", nullable: false),
                    GivenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "never_touch",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: true),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Value = table.Column<string>(type: "text", nullable: false),
                    Groups = table.Column<string>(type: "text", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    AddedBy = table.Column<string>(type: "text", nullable: false),
                    AddedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_never_touch", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_channels",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: true),
                    Kinds = table.Column<List<string>>(type: "text[]", nullable: false),
                    SmallestLevel = table.Column<int>(type: "integer", nullable: false),
                    FindingsSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DigestHour = table.Column<int>(type: "integer", nullable: true),
                    NextDigestAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastDigestAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    On = table.Column<bool>(type: "boolean", nullable: false),
                    OffReason = table.Column<string>(type: "text", nullable: true),
                    Address = table.Column<string>(type: "text", nullable: true),
                    MailServer = table.Column<string>(type: "text", nullable: true),
                    MailPort = table.Column<int>(type: "integer", nullable: false),
                    MailSecurity = table.Column<int>(type: "integer", nullable: false),
                    MailUser = table.Column<string>(type: "text", nullable: true),
                    MailFrom = table.Column<string>(type: "text", nullable: true),
                    Recipients = table.Column<List<string>>(type: "text[]", nullable: false),
                    CaCertificatePem = table.Column<string>(type: "text", nullable: true),
                    ProtectedSecrets = table.Column<string>(type: "text", nullable: false),
                    OldSecretUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastDeliveredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_channels", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_deliveries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ChannelId = table.Column<Guid>(type: "uuid", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: true),
                    Key = table.Column<string>(type: "text", nullable: false),
                    Type = table.Column<string>(type: "text", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Data = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    NextTryAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastTryAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastAnswer = table.Column<string>(type: "text", nullable: true),
                    DeliveredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ClaimedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_deliveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_marks",
                columns: table => new
                {
                    ChannelId = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    FindingsUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_marks", x => new { x.ChannelId, x.IntegrationId });
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: true),
                    Title = table.Column<string>(type: "text", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Page = table.Column<string>(type: "text", nullable: false),
                    BeganAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "nudge_devices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    NudgeId = table.Column<Guid>(type: "uuid", nullable: false),
                    PublicationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Skip = table.Column<int>(type: "integer", nullable: true),
                    Sends = table.Column<int>(type: "integer", nullable: false),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LedgerEntryId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nudge_devices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "nudges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    PublicationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Gap = table.Column<int>(type: "integer", nullable: false),
                    Stage = table.Column<int>(type: "integer", nullable: true),
                    Channel = table.Column<int>(type: "integer", nullable: false),
                    Subject = table.Column<string>(type: "text", nullable: true),
                    Text = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    GoesOnAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    MadeBy = table.Column<string>(type: "text", nullable: false),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    StoppedBy = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nudges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "one_time_links",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CodeHash = table.Column<byte[]>(type: "bytea", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: true),
                    Role = table.Column<string>(type: "text", nullable: true),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: true),
                    InvitedBy = table.Column<string>(type: "text", nullable: true),
                    Note = table.Column<string>(type: "text", nullable: true),
                    UsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_one_time_links", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "organization_groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    ParentRemoteId = table.Column<int>(type: "integer", nullable: true),
                    Name = table.Column<string>(type: "text", nullable: true),
                    GroupCode = table.Column<string>(type: "text", nullable: true),
                    Type = table.Column<string>(type: "text", nullable: true),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    GoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "own_indicators",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Revision = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Value = table.Column<string>(type: "text", nullable: false),
                    Platform = table.Column<int>(type: "integer", nullable: false),
                    Class = table.Column<int>(type: "integer", nullable: false),
                    Severity = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_own_indicators", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "owned_app_groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Uem = table.Column<string>(type: "text", nullable: false),
                    OrganizationGroupId = table.Column<int>(type: "integer", nullable: false),
                    Platform = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: true),
                    Adopted = table.Column<bool>(type: "boolean", nullable: false),
                    Trouble = table.Column<string>(type: "text", nullable: true),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_owned_app_groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "owned_assignments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PublicationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Ring = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    LastRead = table.Column<string>(type: "text", nullable: true),
                    Pending = table.Column<bool>(type: "boolean", nullable: false),
                    Leaving = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_owned_assignments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "owned_tags",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Uem = table.Column<string>(type: "text", nullable: false),
                    OrganizationGroupId = table.Column<int>(type: "integer", nullable: false),
                    Level = table.Column<int>(type: "integer", nullable: true),
                    Set = table.Column<string>(type: "text", nullable: true),
                    InForce = table.Column<bool>(type: "boolean", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: true),
                    ReadNumber = table.Column<int>(type: "integer", nullable: true),
                    Adopted = table.Column<bool>(type: "boolean", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_owned_tags", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "passkeys",
                columns: table => new
                {
                    CredentialId = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    Data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_passkeys", x => x.CredentialId);
                });

            migrationBuilder.CreateTable(
                name: "person_logins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "text", nullable: false),
                    ProviderKey = table.Column<string>(type: "text", nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "text", nullable: true),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_logins", x => new { x.LoginProvider, x.ProviderKey });
                });

            migrationBuilder.CreateTable(
                name: "persons",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastSignInAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DeactivatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ProtectedAuthenticator = table.Column<string>(type: "text", nullable: true),
                    LastAuthenticatorStep = table.Column<long>(type: "bigint", nullable: true),
                    UserName = table.Column<string>(type: "text", nullable: true),
                    NormalizedUserName = table.Column<string>(type: "text", nullable: true),
                    Email = table.Column<string>(type: "text", nullable: true),
                    NormalizedEmail = table.Column<string>(type: "text", nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordHash = table.Column<string>(type: "text", nullable: true),
                    SecurityStamp = table.Column<string>(type: "text", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "text", nullable: true),
                    TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_persons", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "policy_tags",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", nullable: false),
                    Set = table.Column<string>(type: "text", nullable: false),
                    Place = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_tags", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "policy_versions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Sha256 = table.Column<string>(type: "text", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    AppliedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AppliedBy = table.Column<string>(type: "text", nullable: false),
                    Comment = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_versions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "proof_tries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    AccountHash = table.Column<byte[]>(type: "bytea", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Right = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_proof_tries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "publication_devices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PublicationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    Ring = table.Column<int>(type: "integer", nullable: false),
                    App = table.Column<int>(type: "integer", nullable: false),
                    UemReason = table.Column<string>(type: "text", nullable: true),
                    Stage = table.Column<int>(type: "integer", nullable: false),
                    Gap = table.Column<int>(type: "integer", nullable: false),
                    LevelThen = table.Column<int>(type: "integer", nullable: true),
                    Worsened = table.Column<bool>(type: "boolean", nullable: false),
                    VerdictLost = table.Column<bool>(type: "boolean", nullable: false),
                    SeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publication_devices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "publication_rings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PublicationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Groups = table.Column<string>(type: "text", nullable: false),
                    SharePercent = table.Column<int>(type: "integer", nullable: true),
                    MadeGroupId = table.Column<int>(type: "integer", nullable: true),
                    MadeGroupUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    MadeGroupDevices = table.Column<int>(type: "integer", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    BeganAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Fitting = table.Column<int>(type: "integer", nullable: true),
                    Assigned = table.Column<int>(type: "integer", nullable: true),
                    Installed = table.Column<int>(type: "integer", nullable: true),
                    Failed = table.Column<int>(type: "integer", nullable: true),
                    Worsened = table.Column<int>(type: "integer", nullable: true),
                    VerdictsLost = table.Column<int>(type: "integer", nullable: true),
                    ToleratedFailed = table.Column<int>(type: "integer", nullable: false),
                    ToleratedWorsened = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publication_rings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "publications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    AppUuid = table.Column<Guid>(type: "uuid", nullable: false),
                    AppId = table.Column<int>(type: "integer", nullable: false),
                    AppName = table.Column<string>(type: "text", nullable: false),
                    BundleId = table.Column<string>(type: "text", nullable: true),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Platform = table.Column<int>(type: "integer", nullable: true),
                    Delivery = table.Column<int>(type: "integer", nullable: false),
                    PreventRemoval = table.Column<bool>(type: "boolean", nullable: false),
                    DeviceLicences = table.Column<bool>(type: "boolean", nullable: false),
                    Configuration = table.Column<string>(type: "text", nullable: false),
                    WatchMinutes = table.Column<int>(type: "integer", nullable: false),
                    DeadlineHours = table.Column<int>(type: "integer", nullable: false),
                    InstalledPercent = table.Column<int>(type: "integer", nullable: false),
                    FailedPercent = table.Column<int>(type: "integer", nullable: false),
                    WorsenedPercent = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Begun = table.Column<int>(type: "integer", nullable: false),
                    Word = table.Column<int>(type: "integer", nullable: false),
                    WordBy = table.Column<string>(type: "text", nullable: true),
                    Touched = table.Column<int>(type: "integer", nullable: false),
                    TakingBack = table.Column<bool>(type: "boolean", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    ForeignChange = table.Column<string>(type: "text", nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    GoesOnAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    MadeBy = table.Column<string>(type: "text", nullable: false),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "recoveries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AcknowledgedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recoveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    CodeHash = table.Column<byte[]>(type: "bytea", nullable: false),
                    UsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recovery_codes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "reference_watches",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    NextAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Trouble = table.Column<string>(type: "text", nullable: true),
                    Listed = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reference_watches", x => x.IntegrationId);
                });

            migrationBuilder.CreateTable(
                name: "run_traces",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RunId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    RowId = table.Column<Guid>(type: "uuid", nullable: false),
                    Change = table.Column<int>(type: "integer", nullable: false),
                    Apps = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_traces", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SecondFactorAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Address = table.Column<string>(type: "text", nullable: false),
                    Browser = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shown_devices",
                columns: table => new
                {
                    RunId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    Action = table.Column<int>(type: "integer", nullable: false),
                    Tag = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shown_devices", x => new { x.RunId, x.RemoteId, x.Action, x.Tag });
                });

            migrationBuilder.CreateTable(
                name: "smart_group_looks",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    SmartGroupId = table.Column<int>(type: "integer", nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Assignments = table.Column<int>(type: "integer", nullable: true),
                    FewerAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_smart_group_looks", x => new { x.IntegrationId, x.SmartGroupId });
                });

            migrationBuilder.CreateTable(
                name: "smart_groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    Name = table.Column<string>(type: "text", nullable: true),
                    DeviceCount = table.Column<int>(type: "integer", nullable: true),
                    ManagedByOrganizationGroupId = table.Column<int>(type: "integer", nullable: true),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    GoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_smart_groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "sync_runs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Trigger = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Stage = table.Column<string>(type: "text", nullable: false),
                    Resumes = table.Column<int>(type: "integer", nullable: false),
                    DeviceRemoteId = table.Column<int>(type: "integer", nullable: true),
                    Counts = table.Column<string>(type: "text", nullable: false),
                    StageDone = table.Column<long>(type: "bigint", nullable: false),
                    StageTotal = table.Column<long>(type: "bigint", nullable: true),
                    UemCalls = table.Column<long>(type: "bigint", nullable: false),
                    UemBytes = table.Column<long>(type: "bigint", nullable: false),
                    StageSeconds = table.Column<string>(type: "text", nullable: false),
                    IncompleteReasons = table.Column<List<string>>(type: "text[]", nullable: false),
                    Notes = table.Column<List<string>>(type: "text[]", nullable: false),
                    CancelRequested = table.Column<bool>(type: "boolean", nullable: false),
                    AcceptLosses = table.Column<bool>(type: "boolean", nullable: false),
                    UnknownFields = table.Column<string>(type: "text", nullable: false),
                    HeldLost = table.Column<int>(type: "integer", nullable: true),
                    HeldStored = table.Column<int>(type: "integer", nullable: true),
                    HoldApproved = table.Column<bool>(type: "boolean", nullable: false),
                    HoldDecidedBy = table.Column<string>(type: "text", nullable: true),
                    RequestedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sync_runs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tag_delays",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Bucket = table.Column<int>(type: "integer", nullable: false),
                    Devices = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tag_delays", x => new { x.IntegrationId, x.Day, x.Bucket });
                });

            migrationBuilder.CreateTable(
                name: "tag_previews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Summary = table.Column<string>(type: "text", nullable: false),
                    Settings = table.Column<string>(type: "text", nullable: false),
                    ChangedDevices = table.Column<int>(type: "integer", nullable: false),
                    Fleet = table.Column<int>(type: "integer", nullable: false),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: false),
                    Accepted = table.Column<bool>(type: "boolean", nullable: false),
                    AcceptedBy = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tag_previews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tag_references",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    SmartGroupId = table.Column<int>(type: "integer", nullable: false),
                    OwnedTagId = table.Column<Guid>(type: "uuid", nullable: false),
                    SmartGroup = table.Column<string>(type: "text", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    MissedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    MissedAs = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tag_references", x => new { x.IntegrationId, x.SmartGroupId, x.OwnedTagId });
                });

            migrationBuilder.CreateTable(
                name: "tag_runs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    ReadsFirst = table.Column<bool>(type: "boolean", nullable: false),
                    AcceptedChanges = table.Column<int>(type: "integer", nullable: true),
                    ApprovedBy = table.Column<string>(type: "text", nullable: true),
                    ApprovedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    HeldChanged = table.Column<int>(type: "integer", nullable: true),
                    HeldFleet = table.Column<int>(type: "integer", nullable: true),
                    HeldRecent = table.Column<int>(type: "integer", nullable: true),
                    HeldLimit = table.Column<double>(type: "double precision", nullable: true),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: true),
                    ShownRun = table.Column<Guid>(type: "uuid", nullable: true),
                    Showing = table.Column<int>(type: "integer", nullable: false),
                    NotShown = table.Column<int>(type: "integer", nullable: false),
                    HeldAsFirst = table.Column<bool>(type: "boolean", nullable: false),
                    CancelledBy = table.Column<string>(type: "text", nullable: true),
                    BatchSize = table.Column<int>(type: "integer", nullable: true),
                    Adds = table.Column<int>(type: "integer", nullable: false),
                    Removes = table.Column<int>(type: "integer", nullable: false),
                    Confirmed = table.Column<int>(type: "integer", nullable: false),
                    Failed = table.Column<int>(type: "integer", nullable: false),
                    UemCalls = table.Column<long>(type: "bigint", nullable: false),
                    IncompleteReasons = table.Column<List<string>>(type: "text[]", nullable: false),
                    QueuedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tag_runs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tags",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    Name = table.Column<string>(type: "text", nullable: true),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    GoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tags", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "user_group_members",
                columns: table => new
                {
                    UserGroupId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserName = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_group_members", x => new { x.UserGroupId, x.UserName });
                });

            migrationBuilder.CreateTable(
                name: "user_groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: true),
                    MemberCount = table.Column<int>(type: "integer", nullable: true),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    GoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    RemoteId = table.Column<int>(type: "integer", nullable: false),
                    RemoteUuid = table.Column<Guid>(type: "uuid", nullable: true),
                    UserName = table.Column<string>(type: "text", nullable: true),
                    DisplayName = table.Column<string>(type: "text", nullable: true),
                    Email = table.Column<string>(type: "text", nullable: true),
                    OrganizationGroupId = table.Column<int>(type: "integer", nullable: true),
                    Active = table.Column<bool>(type: "boolean", nullable: true),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    GoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "verdict_days",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Unknown = table.Column<int>(type: "integer", nullable: false),
                    Secure = table.Column<int>(type: "integer", nullable: false),
                    Low = table.Column<int>(type: "integer", nullable: false),
                    Medium = table.Column<int>(type: "integer", nullable: false),
                    High = table.Column<int>(type: "integer", nullable: false),
                    Critical = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_verdict_days", x => new { x.IntegrationId, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "wanted_tags",
                columns: table => new
                {
                    DeviceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Set = table.Column<string>(type: "text", nullable: false),
                    Tag = table.Column<string>(type: "text", nullable: false),
                    Cause = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_wanted_tags", x => new { x.DeviceId, x.Set });
                });

            migrationBuilder.CreateTable(
                name: "watched_policies",
                columns: table => new
                {
                    IntegrationId = table.Column<Guid>(type: "uuid", nullable: false),
                    PolicyId = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Platform = table.Column<string>(type: "text", nullable: true),
                    IsActive = table.Column<bool>(type: "boolean", nullable: true),
                    Assigned = table.Column<int>(type: "integer", nullable: true),
                    SeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    MissedAs = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_watched_policies", x => new { x.IntegrationId, x.PolicyId });
                });

            migrationBuilder.CreateTable(
                name: "work_lease",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Server = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_work_lease", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "write_stops",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StoppedBy = table.Column<string>(type: "text", nullable: false),
                    StoppedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    ReleasedBy = table.Column<string>(type: "text", nullable: true),
                    ReleasedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                name: "IX_owned_app_groups_IntegrationId_Uem_OrganizationGroupId_Plat~",
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
