using System.Globalization;
using Picket.Api;

namespace Picket.Server.Intelligence.Sources;

/// <summary>What stands in the fields of a source.</summary>
public sealed class SourceForm
{
    public string Name { get; set; } = "";
    public string Place { get; set; } = "";
    public string Interval { get; set; } = "";
    public string Format { get; set; } = FeedFormats.Auto;
    public string Licence { get; set; } = "";
    public string Attribution { get; set; } = "";
    public string Ca { get; set; } = "";

    /// <summary>Anything with a scheme is meant as an address, also one that is refused.</summary>
    public bool IsAddress => Place.Contains("://", StringComparison.Ordinal);

    public static SourceForm Of(FeedSourceView source) =>
        new()
        {
            Name = source.Name,
            Place = source.Address ?? source.Path ?? "",
            Interval = source.IntervalMinutes.ToString(CultureInfo.InvariantCulture),
            Format = source.Format ?? FeedFormats.Auto,
            Licence = source.Licence ?? "",
            Attribution = source.Attribution ?? "",
            Ca = source.CaCertificatePem ?? "",
        };

    public FeedSourceDraft Draft() =>
        new()
        {
            Name = Name.Trim(),
            Address = IsAddress ? Place.Trim() : null,
            Path = IsAddress ? null : Place.Trim(),
            IntervalMinutes = int.TryParse(Interval, CultureInfo.InvariantCulture, out var minutes) ? minutes : null,
            Format = Format == FeedFormats.Auto ? null : Format,
            Licence = Filled(Licence),
            Attribution = Filled(Attribution),
            CaCertificatePem = Filled(Ca),
        };

    private static string? Filled(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
