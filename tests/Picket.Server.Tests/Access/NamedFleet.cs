using Picket.Api;
using Picket.Core.Deployment;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Brakes;
using Picket.Server.Commands;
using Picket.Server.Deployment;
using Picket.Server.Drift;
using Picket.Server.Enrollment;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Notices;
using Picket.Server.Response;
using Picket.Server.Risk;
using Picket.Server.Sync;
using Picket.Server.Tests.Inventory;

namespace Picket.Server.Tests.Access;

/// <summary>
/// One of several fleets of a server, with rows of every kind. All of them bear its name, so that it is known wherever it
/// turns up. The name has to be too long to stand by chance in a key or a cipher.
/// </summary>
internal sealed class NamedFleet
{
    /// <summary>Every fleet has it, so that asking for it tells nothing.</summary>
    public static AppRow SharedApp { get; } =
        new()
        {
            Id = Guid.CreateVersion7(),
            Platform = "Android",
            Identifier = "com.example.shared",
            Name = "Shared",
        };

    private readonly string name;
    private readonly string cve;
    private readonly InventorySeed seed;
    private readonly DeviceRow device;
    private readonly SyncRunRow run;
    private readonly TagRunRow tagRun;
    private readonly AppGroupRunRow appGroupRun;
    private readonly LedgerEntryRow entry;
    private readonly DeviceCommandRow command;
    private readonly OwnedTagRow owned;
    private readonly DriftRow drift;
    private readonly PublicationRow publication;
    private readonly NudgeRow nudge;
    private readonly SmartGroupRow smartGroup;
    private readonly UserGroupRow userGroup;
    private readonly UserRow user;
    private readonly ImportRow import;

    private NamedFleet(PicketApplication picket, string name, string cve)
    {
        (this.name, this.cve, seed) = (name, cve, new InventorySeed(picket.OpenDatabase));
        device = seed.Device($"{name} phone", "Android", user: $"{name}.user");
        device.Level = RiskLevel.High;
        run = new SyncRunRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            State = RunState.Completed,
            Notes = [$"{name} note"],
            StartedAt = InventorySeed.Day(1),
            EndedAt = InventorySeed.Day(2),
        };
        appGroupRun = new AppGroupRunRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = Integration,
            State = RunState.Completed,
            IncompleteReasons = [$"{name} lists"],
        };
        tagRun = new TagRunRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            State = RunState.Completed,
            HeldChanged = 1,
            HeldFleet = 1,
            HeldRecent = 0,
        };
        entry = new LedgerEntryRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            IdempotencyKey = name,
            Kind = "AddTag",
            Subject = $"{name} tag",
            WantedBy = "test",
            State = Picket.Core.Response.LedgerState.Confirmed,
            Devices = 1,
        };
        owned = new OwnedTagRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            Name = $"{name} tag",
            RemoteId = 1,
        };
        drift = new DriftRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            OwnedTagId = owned.Id,
            Kind = Picket.Core.Response.DriftKind.Lost,
            State = Picket.Core.Response.DriftState.Gone,
            Since = InventorySeed.Day(1),
            LastSeenAt = InventorySeed.Day(1),
            EndedAt = InventorySeed.Day(2),
        };
        command = new DeviceCommandRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            DeviceId = device.Id,
            RemoteId = device.RemoteId,
            Kind = CommandKind.EnterpriseWipe,
            State = CommandState.Declined,
            Cause = $"{name} cause",
            WantedBy = "test",
            WantedAt = InventorySeed.Day(1),
            EndedAt = InventorySeed.Day(1),
        };
        publication = new PublicationRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            Name = $"{name} publication",
            AppUuid = Guid.NewGuid(),
            AppName = $"{name} app",
            Configuration = "[]",
            State = PublicationState.Completed,
            MadeBy = "test",
            MadeAt = InventorySeed.Day(1),
        };
        nudge = new NudgeRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            PublicationId = publication.Id,
            Gap = FunnelGap.Pending,
            Text = $"{name} text",
            State = NudgeState.Completed,
            MadeBy = "test",
            MadeAt = InventorySeed.Day(1),
        };
        import = new ImportRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            Kind = ImportKind.Users,
            Name = $"{name}.csv",
            State = ImportState.Queued, // One that ended could be removed.
            GoesOnAt = DateTimeOffset.MaxValue.AddYears(-1),
            Lines = 1,
            MadeBy = "test",
            MadeAt = InventorySeed.Day(1),
        };
        smartGroup = new SmartGroupRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = 1,
            Name = $"{name} smart group",
            Hash = [],
        };
        user = new UserRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = 1,
            UserName = $"{name}.user",
            Email = $"{name}@example.com",
            Hash = [],
        };
        device.UserRemoteId = user.RemoteId;
        userGroup = new UserGroupRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = 1,
            Name = $"{name} user group",
            Hash = [],
        };
    }

    /// <param name="cve">A vulnerability that its device lacks the fix of.</param>
    public static async Task<NamedFleet> SaveAsync(PicketApplication picket, string name, string cve)
    {
        var fleet = new NamedFleet(picket, name, cve);
        await fleet.SaveAsync();
        return fleet;
    }

    public Guid Integration => seed.Integration;

    public Guid Device => device.Id;

    /// <summary>By what any row of it is recognised.</summary>
    public IEnumerable<string> Traces =>
        [
            name,
            cve,
            .. new[]
            {
                seed.Integration,
                device.Id,
                user.Id,
                run.Id,
                tagRun.Id,
                appGroupRun.Id,
                entry.Id,
                command.Id,
                drift.Id,
                import.Id,
                publication.Id,
                nudge.Id,
            }.Select(id => $"{id}"),
        ];

    /// <summary>The address of this fleet's thing of that kind; null where addresses of the kind speak of no fleet.</summary>
    public string? Address(string template)
    {
        var path = template.StartsWith(Routes.Prefix, StringComparison.Ordinal)
            ? template[Routes.Prefix.Length..]
            : template;
        object? value = path.Split('{')[0] switch
        {
            "/integrations/" => seed.Integration,
            "/devices/" => device.Id,
            "/runs/" or "/sync/" => run.Id,
            "/tagging/runs/" or "/tagging/held/" => tagRun.Id,
            "/app-groups/runs/" => appGroupRun.Id,
            "/ledger/" or "/responses/" => entry.Id,
            "/commands/" => command.Id,
            "/drift/" or "/responses/drift/" => drift.Id,
            "/publications/" => publication.Id,
            "/nudges/" or "/publications/nudges/" => nudge.Id,
            "/responses/differences/" or "/publications/catalogue/" => seed.Integration,
            "/smart-groups/" or "/directory/smart-groups/" => smartGroup.Id,
            "/users/" => user.Id,
            "/imports/" => import.Id,
            "/user-groups/" or "/directory/user-groups/" => userGroup.Id,
            "/apps/" => SharedApp.Identifier,
            _ => null,
        };
        return value is null ? null : Fill(template, value).Replace("{Kind}/{Change}", "devices/changed");
    }

    public static string Fill(string template, object value)
    {
        var (start, end) = (
            template.IndexOf('{', StringComparison.Ordinal),
            template.IndexOf('}', StringComparison.Ordinal)
        );
        return $"{template[..start]}{value}{template[(end + 1)..]}";
    }

    private async Task SaveAsync()
    {
        var app = InventorySeed.App($"com.{name}.app", $"{name} app");
        await seed.SaveAsync([
            Settings(),
            device,
            app,
            InventorySeed.Held(device, app, 1),
            InventorySeed.Held(device, SharedApp, 1),
            Change(),
            AppFinding(),
            CveFinding(),
            run,
            tagRun,
            appGroupRun,
            entry,
            command,
            import,
            new ImportLineRow
            {
                Id = ImportLineRow.IdOf(import.Id, 2),
                ImportId = import.Id,
                Line = 2,
                Subject = $"{name}.user",
            },
            new LedgerDeviceRow
            {
                EntryId = entry.Id,
                RemoteId = device.RemoteId,
                Error = $"{name} error",
            },
            publication,
            nudge,
            new NudgeDeviceRow
            {
                Id = NudgeDeviceRow.IdOf(nudge.Id, device.RemoteId),
                NudgeId = nudge.Id,
                PublicationId = publication.Id,
                RemoteId = device.RemoteId,
                State = NudgeDeviceState.Sent,
            },
            new PublicationDeviceRow
            {
                Id = PublicationDeviceRow.IdOf(publication.Id, device.RemoteId),
                PublicationId = publication.Id,
                RemoteId = device.RemoteId,
                UemReason = $"{name} reason",
            },
            owned,
            drift,
            new DriftDeviceRow
            {
                DriftId = drift.Id,
                RemoteId = device.RemoteId,
                SeenAt = InventorySeed.Day(1),
                EndedAt = InventorySeed.Day(2),
                Became = Picket.Core.Response.DriftState.Gone,
            },
            new TagReferenceRow
            {
                IntegrationId = Integration,
                SmartGroupId = smartGroup.RemoteId,
                OwnedTagId = owned.Id,
                SmartGroup = $"{name} smart group",
            },
            new DeviceTagRow { OwnedTagId = owned.Id, RemoteId = device.RemoteId },
            new VerdictDayRow
            {
                IntegrationId = Integration,
                Day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
                High = 1,
            },
            new AdminLinkRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                PersonId = Guid.CreateVersion7(),
                AdminUuid = Guid.NewGuid(),
                UserName = $"{name}.linked",
                LinkedAt = InventorySeed.Day(1),
                ReadAt = InventorySeed.Day(1),
            },
            new LinkRequestRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                PersonId = Guid.CreateVersion7(),
                AdminUuid = Guid.NewGuid(),
                UserName = $"{name}.asking",
                Issuer = "https://login.example.com",
                Subject = "1",
                AskedAt = InventorySeed.Day(1),
                ExpiresAt = DateTimeOffset.MaxValue.ToUniversalTime().AddYears(-1),
            },
            new RecoveryRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                PersonId = Guid.CreateVersion7(),
                Reason = $"{name} is gone",
                StartedAt = InventorySeed.Day(1),
                EndsAt = InventorySeed.Day(1),
            },
            new NeverTouchRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                Kind = Picket.Core.Response.NeverTouchKind.Device,
                Value = $"{name} serial",
                Reason = $"{name} board",
                AddedBy = "test",
                AddedAt = InventorySeed.Day(1),
            },
            .. Notices(),
            .. Directory(),
        ]);
    }

    /// <summary>Off, so that nothing is sent.</summary>
    private IEnumerable<object> Notices()
    {
        var channel = new NoticeChannelRow
        {
            Id = Guid.CreateVersion7(),
            Name = $"{name} channel",
            Kind = NoticeChannelKind.Webhook,
            IntegrationId = Integration,
            Address = $"https://{name}.example/hook",
            On = false,
            OffReason = $"{name} is gone",
        };
        yield return channel;
        yield return new NoticeDeliveryRow
        {
            Id = Guid.CreateVersion7(),
            ChannelId = channel.Id,
            Key = "test",
            Type = "test",
            Title = $"{name} title",
            Text = $"{name} text",
            Data = "{}",
            State = NoticeDeliveryState.Dead,
            LastAnswer = $"{name} answer",
        };
    }

    private IntegrationRow Settings() =>
        new()
        {
            Id = Integration,
            Name = name,
            Address = $"https://{name}.example/API",
            Account = $"{name}.reader",
            ProtectedSecrets = "",
            State = IntegrationState.Paused,
            OrganizationGroupId = 7,
            OrganizationGroupName = $"{name} group",
            TagPrefix = $"{name}: ",
            AdministratorsListedAt = InventorySeed.Day(1),
        };

    private DeviceChangeRow Change() =>
        new()
        {
            Id = Guid.CreateVersion7(),
            DeviceId = device.Id,
            At = InventorySeed.Day(1),
            Attribute = "FriendlyName",
            After = device.FriendlyName,
            RunId = run.Id,
        };

    private FindingRow AppFinding() =>
        Finding(FindingKinds.AppKinds[0], $"com.{name}.app", new FindingEvidence([], MatchedValue: $"com.{name}.app"));

    private FindingRow CveFinding() =>
        Finding(
            FindingKinds.OsExploited.Id,
            "",
            new FindingEvidence([]) { ExploitedCves = [new ExploitedCve(cve, null, null)] }
        );

    private FindingRow Finding(string kind, string about, FindingEvidence evidence)
    {
        var finding = new Finding(
            kind,
            1,
            $"{kind}|{about}",
            RiskLevel.High,
            $"{name} finding",
            "Do something.",
            [],
            FindingProof.Reported,
            evidence
        );
        return new FindingRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = Integration,
            DeviceId = device.Id,
            Kind = kind,
            Key = finding.Key,
            Level = finding.Level,
            Title = finding.Title,
            Detail = FindingJson.Write(finding),
            FirstTrueAt = InventorySeed.Day(1),
            LastTrueAt = InventorySeed.Day(2),
        };
    }

    private IEnumerable<object> Directory() =>
        [
            new OrganizationGroupRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                RemoteId = 7,
                Name = $"{name} group",
                Hash = [],
            },
            smartGroup,
            user,
            userGroup,
            new UserGroupMemberRow { UserGroupId = userGroup.Id, UserName = $"{name}.user" },
            new AdministratorRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                RemoteKey = "1",
                UserName = $"{name}.admin",
                LastSignInAt = InventorySeed.Day(1).AddYears(-2),
                Hash = [],
            },
            new TagRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Integration,
                RemoteId = 1,
                Name = $"{name} tag",
                Hash = [],
            },
        ];
}
