using System.Net.Http.Headers;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>
/// The real server speaks XML too, and even prefers it where a caller names no type. Here a caller who insists on it is
/// refused with a clear text, and who names no type gets JSON.
/// </summary>
internal static class MediaTypes
{
    public static Answer? Refuse(HttpRequest request) =>
        WantsOtherThanJson(request) ? Refusals.XmlAnswer
        : IsXml(request.ContentType) ? Refusals.XmlBody
        : null;

    // Clients send */* with a JSON content type, or image/* and text/html beside it: only a caller who names XML and
    // nothing that JSON would do for is refused.
    private static bool WantsOtherThanJson(HttpRequest request)
    {
        var accepted = request.Headers.Accept.ToString().Split(',', StringSplitOptions.TrimEntries);
        return accepted.Any(IsXml)
            && !accepted.Any(type =>
                type.StartsWith("*/*", StringComparison.Ordinal)
                || type.StartsWith("application/*", StringComparison.Ordinal)
                || type.Contains("json", StringComparison.OrdinalIgnoreCase)
            );
    }

    private static bool IsXml(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out var parsed)
        && parsed.MediaType is { } name
        && name.EndsWith("xml", StringComparison.OrdinalIgnoreCase);
}
