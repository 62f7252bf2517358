using System.Globalization;
using System.Text;

namespace Picket.Api;

/// <summary>Builds an address with query; absent values are left out.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    public Query Add(string name, object? value)
    {
        if (value is null)
            return this;
        var text = value is DateTimeOffset time
            ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture)!;
        _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(text));
        _separator = '&';
        return this;
    }

    public Query Page(string? cursor, int? limit) => Add("cursor", cursor).Add("limit", limit);

    public override string ToString() => _text.ToString();
}
