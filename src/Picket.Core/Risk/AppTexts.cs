using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>What an administrator reads about an app. It never claims more than was matched.</summary>
internal static class AppTexts
{
    public static string Of(AppOnDevice app, IndicatorMatch match, bool byCertificate)
    {
        var indicator = match.Indicator;
        var basis =
            byCertificate ? "Its signing certificate is that of"
            : match.SameCase ? "Its identifier is that of"
            : "But for the case of its letters its identifier is that of";
        var caution = byCertificate ? "" : " A name alone is no proof: look at the device before acting.";
        return $"{NameOf(app, indicator.Value)} is installed. {basis} {indicator.Family}, which the feed lists as "
            + $"{NameOf(indicator.Class)}.{caution}{CareFor(indicator.Class)}";
    }

    public static string NameOf(AppOnDevice app, string identifier) =>
        app.Name is { } name ? $"{name} ({app.Identifier ?? identifier})" : app.Identifier ?? identifier;

    private static string NameOf(ThreatClass threat) =>
        threat switch
        {
            ThreatClass.Stalkerware => "stalkerware",
            ThreatClass.Watchware => "watchware",
            ThreatClass.Spyware => "spyware",
            ThreatClass.Denied => "not wanted",
            _ => "malware",
        };

    /// <summary>Whoever installed stalkerware may watch the device: a hasty removal can endanger its user.</summary>
    private static string CareFor(ThreatClass threat) =>
        threat is ThreatClass.Stalkerware
            ? " Talk to the user in person first: removing it warns whoever is watching."
            : "";
}
