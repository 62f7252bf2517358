using System.CommandLine;
using Picket.Api;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary>The options of a change: what is not named stays as it is, and what would have no effect is refused.</summary>
internal sealed class ChangeOptions
{
    private readonly DraftOptions _settings = new();

    private readonly Option<bool> _noCa = new("--no-uem-ca") { Description = "Trust the system's CAs again." };

    private readonly Option<bool> _noProxy = new("--no-proxy") { Description = "Go without a proxy." };

    private readonly Option<bool> _noExcludedGroups = new("--no-exclude-og")
    {
        Description = "Leave no organization group out any more.",
    };

    private readonly Option<bool> _noSmartGroups = new("--no-smart-groups")
    {
        Description = "Do not narrow to smart groups any more.",
    };

    private readonly Option<bool> _noCredentialEnd = new("--no-credential-end")
    {
        Description = "Nobody knows when the credential ends.",
    };

    public Symbol[] All => [.. _settings.All, _noCredentialEnd, _noCa, _noProxy, _noExcludedGroups, _noSmartGroups];

    public ChangeIntegration Read(Session session, IntegrationView present)
    {
        RefuseContradictions(session);
        var anew = Ways.FirstOrDefault(session.Has) is not null;
        RefuseCredentialAlone(session, anew, present);
        var secrets = _settings.Credential.SecretsOf(session);
        var change = new ChangeIntegration
        {
            Name = session.Get(_settings.Name),
            Address = session.Get(_settings.Address),
            OrganizationGroup = session.Get(_settings.OrganizationGroup),
            Credential = anew ? _settings.Credential.Read(session, secrets, present) : null,
            CaCertificatePem = session.Get(_noCa) ? "" : _settings.Pem(session),
            Proxy = Proxy(session, secrets, anew ? present.Proxy : null),
            Scope = Scope(session, present.Scope),
            Privacy = _settings.Privacy(session, present.Privacy),
            QuotaSharePercent = session.Get(_settings.QuotaShare),
            SyncIntervalMinutes = session.Get(_settings.SyncInterval),
            CredentialEnd =
                session.Has(_settings.CredentialEnds) || session.Get(_noCredentialEnd)
                    ? new CredentialEnd(session.Get(_settings.CredentialEnds))
                    : null,
            TagPrefix = session.Get(_settings.TagPrefix),
            TagUnknown = session.Get(_settings.TagUnknown),
            TagBatchSize = session.Get(_settings.TagBatchSize),
        };
        return change == new ChangeIntegration()
            ? throw new UsageException("Nothing to change is named. See `picket integrations change --help`.")
            : change;
    }

    /// <summary>Where the credential would travel a new way, it is entered anew: no secret goes where nobody meant it.</summary>
    private Option[] Ways =>
        [
            _settings.Address,
            _settings.OrganizationGroup,
            _settings.Ca,
            _settings.Proxy,
            _settings.ProxyUser,
            _noCa,
            _noProxy,
        ];

    private void RefuseContradictions(Session session)
    {
        foreach (
            var (one, other) in new (Option, Option)[]
            {
                (_settings.Ca, _noCa),
                (_settings.Proxy, _noProxy),
                (_settings.ExcludedGroups, _noExcludedGroups),
                (_settings.SmartGroups, _noSmartGroups),
                (_settings.CredentialEnds, _noCredentialEnd),
            }
        )
        {
            if (session.Has(one) && session.Has(other))
                throw new UsageException($"{one.Name} and {other.Name} contradict each other. Give one of them.");
        }
    }

    private void RefuseCredentialAlone(Session session, bool anew, IntegrationView present)
    {
        if (!anew && _settings.Credential.Given(session) is { } given)
            throw new UsageException(
                $"{given.Name} belongs to the credential, which this change does not touch; nothing was changed. "
                    + $"Replace the credential with `picket integrations rotate '{present.Name}'`."
            );
    }

    /// <param name="kept">The present proxy, where its password has to travel anew.</param>
    private ProxySettings? Proxy(Session session, Secrets secrets, ProxySettings? kept)
    {
        if (session.Get(_noProxy))
            return new ProxySettings("");
        return _settings.ProxyOf(session, secrets)
            ?? (kept is null ? null : DraftOptions.WithPassword(kept.Address, kept.User, secrets));
    }

    /// <summary>A scope is sent whole, so the half that is not named is taken from the present one.</summary>
    private IntegrationScope? Scope(Session session, IntegrationScope present)
    {
        Option[] options = [_settings.ExcludedGroups, _settings.SmartGroups, _noExcludedGroups, _noSmartGroups];
        if (!options.Any(session.Has))
            return null;
        return new IntegrationScope
        {
            ExcludedOrganizationGroups = Half(
                session,
                _settings.ExcludedGroups,
                _noExcludedGroups,
                present.ExcludedOrganizationGroups
            ),
            SmartGroups = Half(session, _settings.SmartGroups, _noSmartGroups, present.SmartGroups),
        };
    }

    private static IReadOnlyList<string> Half(
        Session session,
        Option<string[]> named,
        Option<bool> none,
        IReadOnlyList<string> present
    ) =>
        session.Get(none) ? []
        : session.Has(named) ? session.Get(named)!
        : present;
}
