using System.Globalization;
using System.Text;

namespace Picket.Server.Console;

/// <summary>Addresses of pages with their filters.</summary>
internal static class PageAddress
{
    /// <param name="filters">Names and values; what is null or blank is left out.</param>
    public static string Of(string path, params ReadOnlySpan<(string Name, object? Value)> filters)
    {
        var address = new StringBuilder(path);
        var sign = '?';
        foreach (var (name, value) in filters)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { } text && !string.IsNullOrWhiteSpace(text))
            {
                address.Append(sign).Append(name).Append('=').Append(Uri.EscapeDataString(text));
                sign = '&';
            }
        }

        return address.ToString();
    }
}
