using Picket.Core.Intelligence;
using ApiFormats = Picket.Api.FeedFormats;

namespace Picket.Server.Intelligence;

/// <summary>What comes with a file's import, in the query.</summary>
internal sealed record FeedUpload
{
    public const int LargestFile = 32 * 1024 * 1024;

    /// <summary>Feeds whose name begins so carry the licence of Picket's sample feeds.</summary>
    private const string SamplePrefix = "sample-";

    public required HttpRequest Request { get; init; }

    public string? Name { get; init; }

    public string? Format { get; init; }

    public string? FileName { get; init; }

    /// <summary>Name of the file's licence, where it is not that of the format's usual source.</summary>
    public string? Licence { get; init; }

    /// <summary>Whom to name with that licence.</summary>
    public string? Attribution { get; init; }

    /// <summary>Whether it shall come into force however much it changes.</summary>
    public bool? Accept { get; init; }

    public Dictionary<string, string[]> Mistakes()
    {
        var mistakes = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 100)
        {
            mistakes["name"] = ["Give the feed a name of 1 to 100 characters."];
        }

        if (Format is not null && !ApiFormats.All.Contains(Format, StringComparer.OrdinalIgnoreCase))
        {
            mistakes["format"] = [$"There is no such format. Picket reads {string.Join(", ", ApiFormats.All)}."];
        }

        return mistakes;
    }

    public FeedFile With(byte[] bytes) =>
        new(Name!.Trim(), Chosen, PlainFileName, ChosenLicence, bytes, Accept is true);

    /// <summary>The body, or null when it is larger than <see cref="LargestFile"/>.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        if (Request.ContentLength > LargestFile)
        {
            return null;
        }

        using var file = new MemoryStream();
        var part = new byte[81920];
        while (await Request.Body.ReadAsync(part, cancellation) is > 0 and var read)
        {
            if (file.Length + read > LargestFile)
            {
                return null;
            }

            file.Write(part, 0, read);
        }

        return file.ToArray();
    }

    private FeedFormat? Chosen => Enum.TryParse<FeedFormat>(Format, ignoreCase: true, out var format) ? format : null;

    // Some formats tell their product by the file's name alone; without one the feed's name stands in, without the
    // prefix that tells feeds of several sources apart.
    private string PlainFileName =>
        string.IsNullOrWhiteSpace(FileName) ? Name!.Trim().Split('-')[^1] : Path.GetFileName(FileName);

    private FeedLicence? ChosenLicence =>
        !string.IsNullOrWhiteSpace(Licence) ? new FeedLicence(Licence, Attribution ?? "", Attribution is not null)
        : Name!.StartsWith(SamplePrefix, StringComparison.OrdinalIgnoreCase)
            ? Core.Intelligence.Formats.FeedLicences.Samples
        : null;
}
