using System.Globalization;
using Picket.Api;
using Picket.Core.Risk;

namespace Picket.Server.Console;

/// <summary>Names of the contract as people read them.</summary>
internal static class Words
{
    private static readonly Dictionary<string, string> Kinds = FindingKinds.All.ToDictionary(
        kind => kind.Id,
        kind => kind.Title
    );

    private static readonly Dictionary<string, string> Facts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["osVersion"] = "System version",
        ["osBuild"] = "System build",
        ["securityPatch"] = "Security patch level",
        ["modelIdentifier"] = "Model identifier",
        ["enrolledAt"] = "Enrolled",
        ["passcodeCompliant"] = "Passcode meets the policy",
        ["blockEncryption"] = "Block-level encryption",
        ["exploitedCves"] = "Exploited CVEs",
        ["missingCves"] = "CVEs without a fix here",
        ["attack"] = "ATT&CK for Mobile",
        ["lastSeen"] = "Last seen",
    };

    /// <summary>Title of a kind of finding; its id where the kind is not known here.</summary>
    public static string Kind(string id) => Kinds.GetValueOrDefault(id, id);

    /// <summary>Name of a fact: <c>passcodeCompliant</c> reads "Passcode meets the policy".</summary>
    public static string Fact(string name) => Facts.GetValueOrDefault(name) ?? Sentence(name);

    /// <summary>A value as people write it; times lose their seconds and zone letters.</summary>
    public static string Value(string text) =>
        text is "True" ? "yes"
        : text is "False" ? "no"
        : text.Length > 19
        && DateTimeOffset.TryParseExact(
            text,
            "O",
            CultureInfo.InvariantCulture,
            DateTimeStyles.RoundtripKind,
            out var time
        )
            ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
        : text;

    /// <summary>An enumeration's name as a sentence: <c>CredentialRefused</c> reads "Credential refused".</summary>
    public static string Of(Enum value) => Sentence(value.ToString());

    /// <summary>What is not there is said, not left blank.</summary>
    public static string Known(string? text) => string.IsNullOrWhiteSpace(text) ? "not known" : text;

    /// <summary>How long ago something was.</summary>
    public static string Ago(TimeSpan age) =>
        age switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalDays: < 60 } => $"{Rough(age)} ago",
            _ => $"{age.TotalDays / 30:0} months ago",
        };

    /// <summary>How far off something is.</summary>
    public static string Until(TimeSpan wait) =>
        wait switch
        {
            { TotalSeconds: <= 0 } => "now",
            { TotalMinutes: < 1 } => "in a minute",
            _ => $"in {Rough(wait)}",
        };

    /// <summary>How long something took.</summary>
    public static string Duration(TimeSpan took) =>
        took switch
        {
            { TotalSeconds: < 1 } => "less than a second",
            { TotalMinutes: < 2 } => $"{took.TotalSeconds:0} s",
            { TotalHours: < 2 } => $"{took.TotalMinutes:0} min",
            _ => $"{took.TotalHours:0.#} h",
        };

    /// <summary>How many rows a list shows; nothing while none were read.</summary>
    public static string Shown(int? devices, bool more) =>
        (devices, more) switch
        {
            (null, _) => "",
            (0, _) => "0 devices.",
            (1, false) => "1 device.",
            (_, false) => string.Create(CultureInfo.InvariantCulture, $"{devices:N0} devices."),
            _ => string.Create(CultureInfo.InvariantCulture, $"The first {devices:N0} devices; there are more."),
        };

    public static string Coverage(AppCoverage coverage) =>
        coverage.Percent is { } percent
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Apps are known for {percent:0.#}% of those whose privacy settings permit it{Age(coverage)}."
            )
            : "Apps are known for none yet.";

    /// <summary>Why an integration does not read; null while it does.</summary>
    public static string? Reason(IntegrationHealth integration) =>
        (integration.StateReason, integration.State) switch
        {
            ({ } reason, _) => reason,
            (null, IntegrationState.Active) => null,
            (null, IntegrationState.Paused) => "It was paused by a person; nothing is read until it is resumed.",
            var (_, state) => $"{Of(state)}.",
        };

    public static string NoNextRun(IntegrationState state) =>
        state switch
        {
            IntegrationState.Active => "not planned yet",
            IntegrationState.Paused => "none while paused",
            _ => "none until this is mended",
        };

    /// <summary>Why a run is held or fell short.</summary>
    public static IReadOnlyList<string> Reasons(RunView run) =>
        run.Hold is { } hold
            ?
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The UEM no longer lists {hold.Lost:N0} of {hold.Stored:N0} devices ({hold.Share * 100:0.#}%), more than {hold.Limit * 100:0.#}%. They stay until you decide."
                ),
                .. run.IncompleteReasons,
            ]
            : run.IncompleteReasons;

    /// <summary>Name of a part of a run: <c>userGroups</c> reads "User groups".</summary>
    public static string Stage(string name) => Sentence(name);

    /// <summary>How strong a finding's proof is, by the name of its <see cref="FindingProof"/>.</summary>
    public static string Proof(string name) =>
        name switch
        {
            nameof(FindingProof.NameMatch) => "the name alone",
            nameof(FindingProof.CertificateMatch) => "the signing certificate",
            nameof(FindingProof.Reported) => "the UEM says so",
            nameof(FindingProof.Computed) => "versions and dates",
            _ => name,
        };

    /// <summary>A feed's format, as whoever publishes it calls it.</summary>
    public static string Format(string name) =>
        name switch
        {
            FeedFormats.SofaIos => "SOFA",
            FeedFormats.EndOfLifeReleases => "endoflife.date releases",
            FeedFormats.EndOfLifeProduct => "endoflife.date product",
            FeedFormats.CisaKev => "CISA Known Exploited Vulnerabilities",
            FeedFormats.StalkerwareIndicators => "stalkerware-indicators",
            FeedFormats.Stix21 => "STIX 2.1",
            _ => name,
        };

    /// <summary>What a run is at; nothing once it is over.</summary>
    public static string? Progress(RunView run) =>
        run is { State: RunState.Running, Progress: { Stage: not "" } at }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Stage(at.Stage)}: {at.Done:N0}{(at.Total is { } total ? $" of {total:N0}" : "")}"
            )
            : null;

    /// <summary>What of an integration does not work, to follow its name; null where all does.</summary>
    public static string? Fails(IntegrationHealth integration) =>
        integration switch
        {
            { State: not (IntegrationState.Active or IntegrationState.Paused) } =>
                $" does not work: {Of(integration.State).ToLowerInvariant()}.",
            { LastRun.State: RunState.Failed } => ": the last run failed.",
            { LastRun.State: RunState.Incomplete } => ": the last run is incomplete.",
            _ => null,
        };

    public static string CallsLeft(QuotaView quota) =>
        quota is { Left: { } left, Ceiling: { } ceiling }
            ? string.Create(CultureInfo.InvariantCulture, $"{left:N0} of {ceiling:N0}")
            : "not known before the first call";

    /// <summary>Whose calls those are.</summary>
    public static string Share(QuotaView quota) =>
        quota.DailyLimit is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"{quota.SharePercent}% of the UEM's {limit:N0} a day")
            : $"{quota.SharePercent}% of what the UEM permits a day";

    public static string Changes(int confirmed) =>
        confirmed == 1
            ? "1 change, read back"
            : string.Create(CultureInfo.InvariantCulture, $"{confirmed:N0} changes, each read back");

    public static string Devices(int count) =>
        count == 1 ? "1 device" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} devices");

    /// <summary>An id by its end, where the random part of it is; other text as it is.</summary>
    public static string Short(string text) =>
        text.Split(':') is var parts && Guid.TryParse(parts[^1], out var id)
            ? string.Join(' ', [.. parts[..^1], $"…{id.ToString()[^8..]}"])
            : text;

    /// <summary>A size as people say it.</summary>
    public static string Bytes(long bytes) =>
        bytes switch
        {
            < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
            < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MB"),
        };

    /// <summary>Width of a bar, for CSS.</summary>
    public static string Percent(long part, long whole) =>
        (100.0 * part / Math.Max(1, whole)).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Age(AppCoverage coverage) =>
        coverage.MedianAgeHours switch
        {
            null => "",
            < 1 => ", read within the last hour",
            { } hours => string.Create(CultureInfo.InvariantCulture, $", median age {hours:0.#} h"),
        };

    private static string Rough(TimeSpan span) =>
        span switch
        {
            { TotalMinutes: < 59.5 } => $"{span.TotalMinutes:0} min",
            { TotalHours: < 36 } => $"{span.TotalHours:0} h",
            _ => $"{span.TotalDays:0} d",
        };

    private static string Sentence(string name)
    {
        var words = string.Concat(
            name.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")
        );
        words = words.Trim();
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
