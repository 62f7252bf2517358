using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>What an administrator reads about an app. It never claims more than was matched.</summary>
internal static class AppTexts
{
    /// <param name="isWatching">Some list has it as made for watching people, be it not this one.</param>
    public static string Of(AppOnDevice app, IndicatorMatch match, bool byCertificate, bool isWatching)
    {
        var indicator = match.Indicator;
        var said =
            match.Sourced.Source.Format is FeedFormat.Own
                ? $"Your organization lists it: {Sentence(indicator.Family)}{OwnBasis(match, byCertificate)}"
                : $"{Basis(match, byCertificate)} {indicator.Family}, which the feed lists as {NameOf(indicator.Class)}.";
        var caution = byCertificate ? "" : " A name alone is no proof: look at the device before acting.";
        return $"{Subject(app, indicator)} is installed. {said}{caution}{CareFor(indicator.Class, isWatching)}";
    }

    private static string Basis(IndicatorMatch match, bool byCertificate) =>
        byCertificate ? "Its signing certificate is that of"
        : match.Indicator.Kind is IndicatorKind.AppIdPattern
            ? $"Its identifier matches the pattern {match.Indicator.Value} of"
        : match.SameCase ? "Its identifier is that of"
        : "But for the case of its letters its identifier is that of";

    /// <summary>What people of the organization list has a reason and no family; an exact match needs no more words.</summary>
    private static string OwnBasis(IndicatorMatch match, bool byCertificate) =>
        byCertificate ? " Its signing certificate is the one that is listed."
        : match.Indicator.Kind is IndicatorKind.AppIdPattern
            ? $" Its identifier matches the pattern {match.Indicator.Value}."
        : match.SameCase ? ""
        : " Its identifier is the one that is listed but for the case of its letters.";

    /// <summary>What a person typed, ended as a sentence is.</summary>
    public static string Sentence(string typed) =>
        typed.TrimEnd() is var text && text.EndsWith('.') ? text : $"{text}.";

    /// <summary>Of a personal app that a pattern matched nothing else is known, and nothing else may be said.</summary>
    private static string Subject(AppOnDevice app, Indicator indicator) =>
        app.Identifier is null && indicator.Kind is IndicatorKind.AppIdPattern
            ? "A personal app"
            : NameOf(app, indicator.Value);

    public static string NameOf(AppOnDevice app, string identifier) =>
        app.Name is { } name ? $"{name} ({app.Identifier ?? identifier})" : app.Identifier ?? identifier;

    private static string NameOf(ThreatClass threat) =>
        threat switch
        {
            ThreatClass.Stalkerware => "stalkerware",
            ThreatClass.Watchware => "watchware",
            ThreatClass.Spyware => "spyware",
            ThreatClass.Vulnerable => "vulnerable: a weakness, no attack",
            _ => "malware",
        };

    /// <summary>Whoever installed stalkerware may watch the device: a hasty removal can endanger its user.</summary>
    public const string Care = " Talk to the user in person first: removing it warns whoever is watching.";

    private static string CareFor(ThreatClass threat, bool isWatching) =>
        threat is ThreatClass.Stalkerware || (isWatching && threat is not ThreatClass.Watchware) ? Care : "";
}
