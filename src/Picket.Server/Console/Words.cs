using System.Globalization;
using Microsoft.AspNetCore.Components;
using Picket.Api;
using Picket.Core.Risk;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Console;

/// <summary>Names of the contract as people read them.</summary>
internal static partial class Words
{
    /// <summary>A value as people write it; times lose their seconds and zone letters.</summary>
    public static string Value(string text) =>
        text is "True" or "yes" ? T("yes")
        : text is "False" or "no" ? T("no")
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

    /// <summary>What is not there is said, not left blank.</summary>
    public static string Known(string? text) => string.IsNullOrWhiteSpace(text) ? T("not known") : text;

    /// <summary>How long ago something was.</summary>
    public static string Ago(TimeSpan age) =>
        age switch
        {
            { TotalMinutes: < 1 } => T("just now"),
            { TotalDays: < 60 } => T("{0} ago", Span(age)),
            _ => T("{0} months ago", $"{age.TotalDays / 30:0}"),
        };

    /// <summary>How far off something is.</summary>
    public static string Until(TimeSpan wait) =>
        wait switch
        {
            { TotalSeconds: <= 0 } => T("now"),
            { TotalMinutes: < 1 } => T("in a minute"),
            _ => T("in {0}", Span(wait)),
        };

    /// <summary>How long something took.</summary>
    public static string Duration(TimeSpan took) =>
        took switch
        {
            { TotalSeconds: < 1 } => T("less than a second"),
            { TotalMinutes: < 2 } => T("{0} s", $"{took.TotalSeconds:0}"),
            { TotalHours: < 2 } => T("{0} min", $"{took.TotalMinutes:0}"),
            _ => T("{0} h", $"{took.TotalHours:0.#}"),
        };

    /// <summary>How many rows a list shows; nothing while none were read.</summary>
    public static string Shown(int? devices, bool more) =>
        (devices, more) switch
        {
            (null, _) => "",
            (0, _) => T("0 devices."),
            (1, false) => T("1 device."),
            ({ } count, false) => T("{0} devices.", Number(count)),
            ({ } count, true) => T("The first {0} devices; there are more.", Number(count)),
        };

    public static string Coverage(AppCoverage coverage) =>
        (Decimal(coverage.Percent), coverage.MedianAgeHours) switch
        {
            (null, _) => T("Apps are known for none yet."),
            ({ } percent, null) => T("Apps are known for {0}% of those whose privacy settings permit it.", percent),
            ({ } percent, < 1) => T(
                "Apps are known for {0}% of those whose privacy settings permit it, read within the last hour.",
                percent
            ),
            ({ } percent, { } hours) => T(
                "Apps are known for {0}% of those whose privacy settings permit it, median age {1} h.",
                percent,
                Decimal(hours)
            ),
        };

    /// <summary>Why an integration does not read; null while it does.</summary>
    public static string? Reason(IntegrationHealth integration) =>
        (integration.StateReason, integration.State) switch
        {
            ({ } reason, _) => reason,
            (null, IntegrationState.Active) => null,
            (null, IntegrationState.Paused) => T("It was paused by a person; nothing is read until it is resumed."),
            var (_, state) => $"{Of(state)}.",
        };

    public static string NoNextRun(IntegrationState state) =>
        state switch
        {
            IntegrationState.Active => T("not planned yet"),
            IntegrationState.Paused => T("none while paused"),
            _ => T("none until this is mended"),
        };

    /// <summary>Why a run is held or fell short.</summary>
    public static IReadOnlyList<string> Reasons(RunView run) =>
        run.Hold is { } hold
            ?
            [
                T(
                    "The UEM no longer lists {0} of {1} devices ({2}%), more than {3}%. They stay until you decide.",
                    Number(hold.Lost),
                    Number(hold.Stored),
                    Decimal(hold.Share * 100),
                    Decimal(hold.Limit * 100)
                ),
                .. run.IncompleteReasons,
            ]
            : run.IncompleteReasons;

    /// <summary>
    /// Name of a part of a run, in English: <c>userGroups</c> reads "User groups". For what is kept of a run and told to
    /// programs, too; pages say <see cref="Fact"/>.
    /// </summary>
    public static string Stage(string name) => Sentence(name);

    /// <summary>How strong a finding's proof is, by the name of its <see cref="FindingProof"/>.</summary>
    public static string Proof(string name) =>
        name switch
        {
            nameof(FindingProof.NameMatch) => T("the name alone"),
            nameof(FindingProof.CertificateMatch) => T("the signing certificate"),
            nameof(FindingProof.Reported) => T("the UEM says so"),
            nameof(FindingProof.Computed) => T("versions and dates"),
            _ => name,
        };

    /// <summary>A feed's format, as whoever publishes it calls it.</summary>
    public static string Format(string name) =>
        name switch
        {
            FeedFormats.SofaIos => "SOFA",
            FeedFormats.EndOfLifeReleases => T("endoflife.date releases"),
            FeedFormats.EndOfLifeProduct => T("endoflife.date product"),
            FeedFormats.CisaKev => "CISA Known Exploited Vulnerabilities",
            FeedFormats.StalkerwareIndicators => "stalkerware-indicators",
            FeedFormats.Stix21 => "STIX 2.1",
            FeedFormats.OsvAndroid => T("OSV, Android"),
            FeedFormats.Csv => "CSV",
            _ => name,
        };

    /// <summary>What a run is at; nothing once it is over.</summary>
    public static string? Progress(RunView run) =>
        run is { State: RunState.Running, Progress: { Stage: not "" } at }
            ? at.Total is { } total
                ? T("{0}: {1} of {2}", Fact(at.Stage), Number(at.Done), Number(total))
                : $"{Fact(at.Stage)}: {Number(at.Done)}"
            : null;

    /// <summary>What of an integration does not work; null where all does.</summary>
    /// <param name="name">The integration's, as the page shows it.</param>
    public static RenderFragment? Fails(IntegrationHealth integration, RenderFragment name) =>
        integration switch
        {
            { State: IntegrationState.CredentialRefused } => T("{0} does not work: credential refused.", name),
            { State: IntegrationState.PermissionMissing } => T("{0} does not work: permission missing.", name),
            { State: IntegrationState.OrganizationGroupGone } => T("{0} does not work: organization group gone.", name),
            { State: IntegrationState.Unreachable } => T("{0} does not work: unreachable.", name),
            { LastRun.State: RunState.Failed } => T("{0}: the last run failed.", name),
            { LastRun.State: RunState.Incomplete } => T("{0}: the last run is incomplete.", name),
            _ => null,
        };

    public static string CallsLeft(QuotaView quota) =>
        quota is { Left: { } left, Ceiling: { } ceiling }
            ? T("{0} of {1}", Number(left), Number(ceiling))
            : T("not known before the first call");

    /// <summary>Whose calls those are.</summary>
    public static string Share(QuotaView quota) =>
        quota.DailyLimit is { } limit
            ? T("{0}% of the UEM's {1} a day", quota.SharePercent, Number(limit))
            : T("{0}% of what the UEM permits a day", quota.SharePercent);

    public static string Changes(int confirmed) =>
        confirmed == 1 ? T("1 change, read back") : T("{0} changes, each read back", Number(confirmed));

    public static string Devices(int count) => count == 1 ? T("1 device") : T("{0} devices", Number(count));

    /// <summary>An id by its end, where the random part of it is; other text as it is.</summary>
    public static string Short(string text) =>
        text.Split(':') is var parts && Guid.TryParse(parts[^1], out var id)
            ? string.Join(' ', [.. parts[..^1], $"…{id.ToString()[^8..]}"])
            : text;

    /// <summary>A size as people say it.</summary>
    public static string Bytes(long bytes) =>
        bytes switch
        {
            < 1024 => T("{0} bytes", bytes),
            < 1024 * 1024 => T("{0} KB", (bytes / 1024.0).ToString("0", CultureInfo.InvariantCulture)),
            _ => T("{0} MB", Decimal(bytes / 1024.0 / 1024.0)),
        };

    /// <summary>Width of a bar, for CSS.</summary>
    public static string Percent(long part, long whole) =>
        (100.0 * part / Math.Max(1, whole)).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string? Decimal(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A time as people say it.</summary>
    public static string Span(TimeSpan span) =>
        span switch
        {
            { TotalMinutes: < 59.5 } => T("{0} min", $"{span.TotalMinutes:0}"),
            { TotalHours: < 36 } => T("{0} h", $"{span.TotalHours:0}"),
            _ => T("{0} d", $"{span.TotalDays:0}"),
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
