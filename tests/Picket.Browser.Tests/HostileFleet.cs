using System.Globalization;
using System.Text;
using System.Text.Json;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Brakes;
using Picket.Server.Commands;
using Picket.Server.Deployment;
using Picket.Server.Drift;
using Picket.Server.Enrollment;
using Picket.Server.Hunts;
using Picket.Server.Integrations;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Notices;
using Picket.Server.People;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Risk;
using Picket.Server.Sync;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>
/// An integration with rows of every kind, all of which somebody gave the same hostile name: whoever enrolls a device or
/// publishes an app chooses what stands there.
/// </summary>
internal sealed class HostileFleet(PicketApplication picket, string name, int number)
{
    public const string Script = "window.hostileNameRan = true";

    /// <summary>Nothing ends what its first letter begins.</summary>
    public const string Turned = "\u202egnp.exe\u200b\u2066tablet\u200f\ufeff";

    /// <summary>Markup, scripts, addresses that are scripts, letters that turn their surroundings round, and length.</summary>
    public static string[] Names { get; } =
    [
        // Several in one name, as each name costs a page of each kind. The first is short enough for every list.
        $"\"'><img src=x onerror=\"{Script}\"><script>{Script}</script>",
        $"javascript:{Script}//{{{{constructor.constructor('{Script}')()}}}}{Turned}",
        new string('W', 500),
    ];

    private static readonly DateTimeOffset Day = DateTimeOffset.Parse(
        "2026-01-01T00:00:00Z",
        CultureInfo.InvariantCulture
    );

    private readonly Guid person = Guid.CreateVersion7();
    private readonly AppRow app = new()
    {
        Id = Guid.CreateVersion7(),
        Platform = "Android",
        Identifier = name,
        Name = name,
    };
    private readonly SyncRunRow run = new()
    {
        Id = Guid.CreateVersion7(),
        IntegrationId = IdOf(number),
        State = RunState.Incomplete,
        Notes = [name],
        IncompleteReasons = [name, name],
        UnknownFields = JsonSerializer.Serialize(new Dictionary<string, int> { [name] = 1 }),
        RequestedAt = Day,
        StartedAt = Day,
        EndedAt = Day,
    };
    private readonly LedgerEntryRow entry = new()
    {
        Id = Guid.CreateVersion7(),
        IntegrationId = IdOf(number),
        IdempotencyKey = name,
        Kind = "AddTag",
        Subject = name,
        WantedBy = name,
        State = Core.Response.LedgerState.Failed,
        Error = name,
        HttpStatus = 400,
        Devices = 1,
        Failed = 1,
        WantedAt = Day,
    };

    private readonly Guid smartGroup = Guid.CreateVersion7();
    private readonly Guid userGroup = Guid.CreateVersion7();
    private readonly Guid user = Guid.CreateVersion7();
    private readonly Guid import = Guid.CreateVersion7();
    private readonly Guid publication = Guid.CreateVersion7();
    private readonly Guid nudge = Guid.CreateVersion7();
    private readonly Guid command = Guid.CreateVersion7();
    private readonly Guid drift = Guid.CreateVersion7();
    private readonly Guid hunt = Guid.CreateVersion7();
    private readonly Guid channel = Guid.CreateVersion7();

    public string Name => name;

    public Guid Integration { get; } = IdOf(number);

    public Guid Device { get; } = Guid.CreateVersion7();

    public Guid Run => run.Id;

    public Guid Entry => entry.Id;

    public Guid Feed { get; private set; }

    /// <summary>As long as a feed's name may be.</summary>
    public string FeedName => name.Length > 100 ? name[..100] : name;

    public string Address(string template) =>
        template switch
        {
            _ when template.StartsWith("/apps/", StringComparison.Ordinal) => $"/apps/{Uri.EscapeDataString(name)}",
            "/devices/{Id:guid}/evidence" => $"/devices/{Device}/evidence",
            _ when template.StartsWith("/devices/", StringComparison.Ordinal) => $"/devices/{Device}",
            "/what-if/{Id:guid}" => $"/what-if/{Guid.Empty}",
            "/hunts/{Id:guid}" => $"/hunts/{hunt}",
            "/hunts/feed/{Id:guid}" => $"/hunts/feed/{Feed}",
            "/sync/{Id:guid}/{Kind}/{Change}" => $"/sync/{Run}/devices/changed",
            "/responses/drift/{Id:guid}" => $"/responses/drift/{drift}",
            "/responses/differences/{Integration:guid}" => $"/responses/differences/{Integration}",
            "/publications/{Id:guid}" => $"/publications/{publication}",
            "/publications/nudges/{Id:guid}" => $"/publications/nudges/{nudge}",
            "/imports/{Id:guid}" => $"/imports/{import}",
            "/commands/{Id:guid}" => $"/commands/{command}",
            "/users/{Id:guid}" => $"/users/{user}",
            "/directory/user-groups/{Id:guid}" => $"/directory/user-groups/{userGroup}",
            "/directory/smart-groups/{Id:guid}" => $"/directory/smart-groups/{smartGroup}",
            _ when template.StartsWith("/sync/", StringComparison.Ordinal) => $"/sync/{Run}",
            _ when template.StartsWith("/responses/", StringComparison.Ordinal) => $"/responses/{Entry}",
            _ when template.StartsWith("/intelligence/", StringComparison.Ordinal) => $"/intelligence/{Feed}",
            "/publications/catalogue/{Id:guid}" => $"/publications/catalogue/{Integration}",
            _ when template.StartsWith("/integrations/{", StringComparison.Ordinal) => $"/integrations/{Integration}",
            _ when template.StartsWith("/people/", StringComparison.Ordinal) => $"/people/{person}",
            _ when template.StartsWith("/status/", StringComparison.Ordinal) => "/status/404",
            _ => throw new InvalidOperationException($"Say here what {template} speaks of."),
        };

    public async Task SaveAsync()
    {
        await ImportAsync();
        await using var db = picket.OpenDatabase();
        db.AddRange([.. Work(), .. Directory(), .. People()]);
        var audit = picket.Service<AuditLog>();
        audit.Add(db, name, name, name, new { Name = name }, new Dictionary<string, string> { [name] = name });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static Guid IdOf(int number) => new($"00000000-0000-7000-8000-{number:D12}");

    /// <summary>A feed with a hostile name, licence and entries, as though its publisher had been taken over.</summary>
    private async Task ImportAsync()
    {
        var quoted = JsonSerializer.Serialize(name); // A text of JSON is one of YAML.
        var text = $"- name: {quoted}\n  type: stalkerware\n  packages:\n  - com.example.hostile{number}\n";
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Feed = (await picket.Client.ImportFeedAsync(FeedName, file)).Id;
        await using var db = picket.OpenDatabase();
        db.FeedSources.Add(
            new FeedSourceRow
            {
                Id = Guid.CreateVersion7(),
                Name = FeedName,
                FeedId = Feed,
                Path = name,
                IntervalMinutes = 15,
                LastTryAt = TimeProvider.System.GetUtcNow(),
                LastSuccessAt = TimeProvider.System.GetUtcNow(),
                Outcome = FeedSourceOutcome.Failed,
                Failure = name,
                Failures = 2,
            }
        );
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private IEnumerable<object> Work() =>
        [
            new OwnIndicatorRow
            {
                Id = Guid.CreateVersion7(),
                Revision = Guid.CreateVersion7(),
                Kind = IndicatorKind.Domain,
                Value = name,
                Platform = IndicatorPlatform.Any,
                Class = ThreatClass.Malware,
                Severity = RiskLevel.High,
                Reason = name,
                Owner = name,
                CreatedAt = Day,
                ChangedAt = Day,
            },
            new NeverTouchRow
            {
                Id = Guid.CreateVersion7(),
                Kind = Core.Response.NeverTouchKind.Device,
                Value = $"another {name}", // The fleet's own devices have tags that differ.
                Reason = name,
                AddedBy = name,
                AddedAt = Day,
            },
            new WriteStopRow
            {
                Number = number,
                Id = Guid.CreateVersion7(),
                StoppedBy = name,
                StoppedAt = Day,
                Reason = name,
                ReleasedBy = name,
                ReleasedAt = Day,
            },
            new NoticeChannelRow
            {
                Id = channel,
                Name = name,
                Kind = NoticeChannelKind.Email,
                MailServer = name,
                MailFrom = name,
                MailUser = name,
                Recipients = [name],
                CaCertificatePem = name,
                On = false,
                OffReason = name,
                CreatedAt = Day,
            },
            new NoticeDeliveryRow
            {
                Id = Guid.CreateVersion7(),
                ChannelId = channel,
                Key = "test",
                Type = "test",
                Title = name,
                Text = name,
                Data = "{}",
                State = NoticeDeliveryState.Dead,
                LastTryAt = Day,
                LastAnswer = name,
                CreatedAt = Day,
            },
            new HuntRow
            {
                Id = hunt,
                Name = name,
                Kind = HuntKind.App,
                Value = name,
                Owner = name,
                Reason = name,
            },
            new IntegrationRow
            {
                Id = Integration,
                Name = name,
                Address = "https://uem.invalid/API",
                Account = name,
                ProtectedSecrets = "",
                State = IntegrationState.PermissionMissing,
                StateReason = name,
                OrganizationGroupId = 7,
                OrganizationGroupName = name,
                OrganizationGroupCode = name,
                UemVersion = name,
                UemVersionReadAt = Day,
                AdministratorsListedAt = Day,
            },
            Phone(),
            app,
            new DeviceAppRow
            {
                Id = Guid.CreateVersion7(),
                DeviceId = Device,
                AppId = app.Id,
                Version = name,
                FirstSeenAt = Day,
            },
            new DeviceChangeRow
            {
                Id = Guid.CreateVersion7(),
                DeviceId = Device,
                At = Day,
                Attribute = "FriendlyName",
                Before = name,
                After = name,
                RunId = run.Id,
            },
            Finding(FindingKinds.AppKinds[0]),
            Finding(FindingKinds.OsExploited.Id),
            run,
            new TagRunRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                State = RunState.Failed,
                IncompleteReasons = [name],
            },
            entry,
            .. Rollout(),
            new ImportRow
            {
                Id = import,
                IntegrationId = Integration,
                Kind = ImportKind.Users,
                Name = name,
                State = ImportState.Incomplete,
                Lines = 1,
                MadeBy = name,
                MadeAt = Day,
                EndedAt = Day,
                Reasons = [name],
            },
            new ImportLineRow
            {
                Id = ImportLineRow.IdOf(import, 2),
                ImportId = import,
                Line = 2,
                Subject = name,
                Wish = "{}",
                Step = ImportStep.Refused,
                Notes = JsonSerializer.Serialize(new[] { new { Column = name, Text = name } }),
            },
            new LedgerDeviceRow
            {
                EntryId = entry.Id,
                RemoteId = number,
                State = Core.Response.LedgerState.Failed,
                Error = name,
            },
        ];

    /// <summary>An app on its way, called what its publisher calls it; smart groups, what somebody in the UEM does.</summary>
    private IEnumerable<object> Rollout() =>
        [
            new PublicationRow
            {
                Id = publication,
                IntegrationId = Integration,
                Name = name,
                AppUuid = Guid.NewGuid(),
                AppName = name,
                BundleId = name,
                Configuration = JsonSerializer.Serialize(new[] { new { key = name, value = name } }),
                State = PublicationState.Paused,
                Begun = 1,
                Reason = name,
                ReadAt = Day,
                StartedAt = Day,
                MadeBy = name,
                MadeAt = Day,
            },
            Ring(0, RingState.Watching),
            Ring(1, RingState.Waiting),
            new PublicationDeviceRow
            {
                Id = PublicationDeviceRow.IdOf(publication, number),
                PublicationId = publication,
                RemoteId = number,
                App = InstallState.Failed,
                Stage = FunnelStage.Assigned,
                Gap = FunnelGap.Failed,
                UemReason = name,
            },
            new NudgeRow
            {
                Id = nudge,
                IntegrationId = Integration,
                PublicationId = publication,
                Gap = FunnelGap.Failed,
                Channel = NudgeChannel.Mail,
                Subject = name,
                Text = name,
                State = NudgeState.Stopped,
                Reason = name,
                MadeBy = name,
                MadeAt = Day,
                EndedAt = Day,
            },
            new DeviceCommandRow
            {
                Id = command,
                IntegrationId = Integration,
                DeviceId = Device,
                RemoteId = number,
                Kind = Core.Response.CommandKind.EnterpriseWipe,
                State = Core.Response.CommandState.Waiting,
                MessageBy = Core.Response.MessageChannel.Push,
                MessageText = name,
                Cause = name,
                Why = name,
                WantedBy = name,
                WantedByPerson = Guid.NewGuid(),
                WantedByAccount = Guid.NewGuid(),
                WantedAt = Day,
                ExpiresAt = DateTimeOffset.MaxValue.ToUniversalTime().AddYears(-1),
            },
            new NudgeDeviceRow
            {
                Id = NudgeDeviceRow.IdOf(nudge, number),
                NudgeId = nudge,
                PublicationId = publication,
                RemoteId = number,
                State = NudgeDeviceState.Sent,
            },
        ];

    private PublicationRingRow Ring(int at, RingState state) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            PublicationId = publication,
            Number = at,
            Name = $"{at}{name}",
            Groups = JsonSerializer.Serialize(
                new[]
                {
                    new
                    {
                        id = number,
                        uuid = Guid.NewGuid(),
                        name,
                    },
                }
            ),
            SharePercent = 10,
            State = state,
            BeganAt = Day,
            Assigned = 1,
            Installed = 0,
            Failed = 1,
            Worsened = 0,
        };

    private DeviceRow Phone() =>
        new()
        {
            Id = Device,
            IntegrationId = Integration,
            RemoteId = number,
            FriendlyName = name,
            SerialNumber = name,
            Platform = "Android",
            Model = name,
            ModelIdentifier = name,
            OsVersion = name,
            OsBuild = name,
            Ownership = "C",
            OrganizationGroupId = 7,
            UserRemoteId = 1,
            UserName = name,
            EnrollmentStatus = name,
            ComplianceStatus = name,
            Unknowns = FindingJson.Unknowns([
                new UnknownFact(FactName.Compromised, default, name, Required: true, Blocks: []),
            ]),
            Level = RiskLevel.High,
            JudgedAt = Day,
            JudgingDue = false,
            FirstSeenAt = Day,
            Hash = [],
        };

    private FindingRow Finding(string kind)
    {
        var finding = new Finding(
            kind,
            1,
            $"{kind}|{name}|feed|indicator",
            RiskLevel.High,
            name,
            name,
            [name],
            FindingProof.Reported,
            new FindingEvidence([new FactUsed(FactName.Compromised, name, Day)], MatchedValue: name)
            {
                ExploitedCves = [new ExploitedCve(name, null, name)],
            }
        );
        return new FindingRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = Integration,
            DeviceId = Device,
            Kind = kind,
            Key = finding.Key,
            Level = finding.Level,
            Title = name,
            Detail = FindingJson.Write(finding),
            FirstTrueAt = Day,
            LastTrueAt = Day,
        };
    }

    private IEnumerable<object> Directory()
    {
        var owned = new OwnedTagRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = Integration,
            OrganizationGroupId = 7,
            Level = RiskLevel.High,
            Name = name,
            RemoteId = number,
        };
        return
        [
            owned,
            new DeviceTagRow { OwnedTagId = owned.Id, RemoteId = number },
            new DriftRow
            {
                Id = drift,
                IntegrationId = Integration,
                OwnedTagId = owned.Id,
                Kind = Core.Response.DriftKind.Renamed,
                Asks = true,
                NewName = name,
                SmartGroupId = number,
                SmartGroup = name,
                Trouble = name,
                Since = Day,
                LastSeenAt = Day,
                DecidedBy = name,
                DecidedAt = Day,
            },
            new TagReferenceRow
            {
                IntegrationId = Integration,
                SmartGroupId = number,
                OwnedTagId = owned.Id,
                SmartGroup = name,
                Since = Day,
                SeenAt = Day,
            },
            new WatchedPolicyRow
            {
                IntegrationId = Integration,
                PolicyId = number,
                Name = name,
                Platform = name,
                SeenAt = Day,
            },
            new ReferenceWatchRow
            {
                IntegrationId = Integration,
                NextAt = DateTimeOffset.MaxValue,
                ReadAt = Day,
                Trouble = name,
            },
            new PolicyTagRow
            {
                Name = $"{number} {name}",
                Set = name,
                Place = number,
            },
            new WantedTagRow
            {
                DeviceId = Device,
                Set = name,
                Tag = $"{number} {name}",
                Cause = name,
            },
            new OrganizationGroupRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                RemoteId = 7,
                Name = name,
                GroupCode = name,
                Hash = [],
            },
            new OrganizationGroupRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                RemoteId = 8,
                Name = name,
                Hash = [],
            },
            new SmartGroupRow
            {
                Id = smartGroup,
                IntegrationId = Integration,
                RemoteId = 1,
                Name = name,
                Hash = [],
            },
            new UserRow
            {
                Id = user,
                IntegrationId = Integration,
                RemoteId = 1,
                UserName = name,
                DisplayName = name,
                Email = name,
                Hash = [],
            },
            new UserGroupRow
            {
                Id = userGroup,
                IntegrationId = Integration,
                RemoteId = 1,
                Name = name,
                Hash = [],
            },
            new UserGroupMemberRow { UserGroupId = userGroup, UserName = name },
            new AdministratorRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                RemoteKey = "1",
                UserName = name,
                OrganizationGroup = name,
                Hash = [],
            },
            new TagRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                RemoteId = 1,
                Name = name,
                Hash = [],
            },
        ];
    }

    /// <summary>A person of that name, who is linked to the integration and was let in without the UEM, and a token.</summary>
    private IEnumerable<object> People() =>
        [
            new PersonRow
            {
                Id = person,
                CreatedAt = Day,
                UserName = name,
                NormalizedUserName = name.ToUpperInvariant(),
                Email = $"{number}@example.com",
                NormalizedEmail = $"{number}@EXAMPLE.COM",
                SecurityStamp = $"{Guid.NewGuid()}",
            },
            new OneTimeLinkRow
            {
                Id = Guid.CreateVersion7(),
                CodeHash = Guid.NewGuid().ToByteArray(),
                CreatedAt = Day,
                ExpiresAt = Day.AddYears(50),
                Role = Core.Identity.Role.Analyst,
                IntegrationId = Integration,
                InvitedBy = AuditLog.Host,
                Note = name,
            },
            TokenStore.Make(name, TokenScope.Read, Day, TimeSpan.FromDays(1), person).Row,
            new AdminLinkRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                PersonId = person,
                AdminUuid = Guid.NewGuid(),
                UserName = name,
                Refusal = Core.Identity.ChangeRefusal.AccountAbsent,
                Reason = name,
                LinkedAt = Day,
                ReadAt = Day,
            },
            new RecoveryRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                PersonId = person,
                Reason = name,
                StartedAt = Day,
                EndsAt = Day,
            },
        ];
}
