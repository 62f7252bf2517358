using System.CommandLine;
using Picket.Api;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary>The options that describe an integration: for adding one, for changing one, for checking a draft.</summary>
internal sealed class DraftOptions
{
    private readonly Option<string?> _name = new("--name") { Description = "What people call it." };

    private readonly Option<string?> _organizationGroup = new("--organization-group", "--og")
    {
        Description = "Group ID, number or uuid.",
        HelpName = "GROUP",
    };

    private readonly Option<FileInfo?> _uemCa = new("--uem-ca")
    {
        Description = "Certificate (PEM) of the UEM's private CA.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _proxy = new("--proxy")
    {
        Description = "Proxy on the way to the UEM.",
        HelpName = "URL",
    };

    private readonly Option<string?> _proxyUser = new("--proxy-user") { Description = "User name at the proxy." };

    private readonly Option<string[]> _excludedGroups = new("--exclude-og")
    {
        Description = "Organization group below that is left out (repeatable).",
        HelpName = "GROUP",
    };

    private readonly Option<string[]> _smartGroups = new("--smart-group")
    {
        Description = "Only devices of this smart group (repeatable).",
        HelpName = "GROUP",
    };

    private readonly Option<int?> _quotaShare = new("--quota-share")
    {
        Description = "Share of the daily call quota, 1 to 100 percent (50).",
        HelpName = "PERCENT",
    };

    private readonly Option<int?> _syncInterval = new("--sync-interval")
    {
        Description = "Minutes between runs, 15 to 10080 (240).",
        HelpName = "MINUTES",
    };

    private readonly Option<string?> _tagPrefix = new("--tag-prefix")
    {
        Description = "What tags' names start with ('Picket: ').",
        HelpName = "TEXT",
    };

    private readonly Option<bool?> _tagUnknown = new("--tag-unknown")
    {
        Description = "Tag devices whose verdict is Unknown, too: true or false (false).",
        HelpName = "BOOL",
    };

    private readonly Option<int?> _tagBatchSize = new("--tag-batch-size")
    {
        Description = "Devices of one tag call, 1 to 500 (500).",
        HelpName = "DEVICES",
    };

    public Option<string?> Address { get; } =
        new("--address") { Description = "Address of the UEM's REST API.", HelpName = "URL" };

    public CredentialOptions Credential { get; } = new();

    public Symbol[] All =>
        [
            _name,
            Address,
            _organizationGroup,
            .. Credential.All,
            _uemCa,
            _proxy,
            _proxyUser,
            _excludedGroups,
            _smartGroups,
            _quotaShare,
            _syncInterval,
            _tagPrefix,
            _tagUnknown,
            _tagBatchSize,
        ];

    public CreateIntegration Draft(Session session, bool saveAsPaused = false)
    {
        var address = session.Needed(Address);
        var group = session.Needed(_organizationGroup);
        var secrets = Credential.SecretsOf(session);
        var draft = new CreateIntegration
        {
            Name = session.Get(_name) ?? group,
            Address = address,
            OrganizationGroup = group,
            Credential = Credential.Read(session, secrets, null),
            CaCertificatePem = Pem(session),
            Proxy = Proxy(session, secrets),
            Scope = Scope(session),
            TagUnknown = session.Get(_tagUnknown) ?? false,
            SaveAsPaused = saveAsPaused,
        };
        draft.QuotaSharePercent = session.Get(_quotaShare) ?? draft.QuotaSharePercent;
        draft.SyncIntervalMinutes = session.Get(_syncInterval) ?? draft.SyncIntervalMinutes;
        draft.TagPrefix = session.Get(_tagPrefix) ?? draft.TagPrefix;
        draft.TagBatchSize = session.Get(_tagBatchSize) ?? draft.TagBatchSize;
        return draft;
    }

    /// <summary>Where the credential would travel a new way, it is entered anew: no secret goes where nobody meant it.</summary>
    public ChangeIntegration Change(Session session, IntegrationView present)
    {
        var anew = new Option[] { Address, _organizationGroup, _uemCa, _proxy, _proxyUser }.Any(session.Has);
        var secrets = Credential.SecretsOf(session);
        return new ChangeIntegration
        {
            Name = session.Get(_name),
            Address = session.Get(Address),
            OrganizationGroup = session.Get(_organizationGroup),
            Credential = anew ? Credential.Read(session, secrets, present) : null,
            CaCertificatePem = Pem(session),
            Proxy = Proxy(session, secrets),
            Scope = Scope(session),
            QuotaSharePercent = session.Get(_quotaShare),
            SyncIntervalMinutes = session.Get(_syncInterval),
            TagPrefix = session.Get(_tagPrefix),
            TagUnknown = session.Get(_tagUnknown),
            TagBatchSize = session.Get(_tagBatchSize),
        };
    }

    private string? Pem(Session session) => session.Get(_uemCa) is { } file ? File.ReadAllText(file.FullName) : null;

    private ProxySettings? Proxy(Session session, Secrets secrets)
    {
        if (session.Get(_proxy) is not { } address)
            return session.Has(_proxyUser) ? throw new UsageException("--proxy-user needs --proxy.") : null;
        var user = session.Get(_proxyUser);
        return new ProxySettings(address, user, user is null ? null : secrets.ProxyPassword());
    }

    private IntegrationScope? Scope(Session session) =>
        session.Has(_excludedGroups) || session.Has(_smartGroups)
            ? new IntegrationScope
            {
                ExcludedOrganizationGroups = session.Get(_excludedGroups) ?? [],
                SmartGroups = session.Get(_smartGroups) ?? [],
            }
            : null;
}
