namespace Picket.Api;

/// <summary>
/// Every address of the REST interface, as route templates. The server maps them, the client fills them with
/// <see cref="Fill"/>. All answers are JSON (camelCase, enumerations as text, times ISO 8601 in UTC); all refusals are
/// problem details (RFC 9457), see <see cref="Problem"/>. Everywhere: 400 for what cannot be read, 401 without a valid
/// token, 403 where the caller's role or the token's scope does not reach that far, or, for a change of an integration, where the
/// caller is not linked to a UEM account that may (law 6), 404 for an unknown id.
/// </summary>
public static partial class Routes
{
    /// <summary>What every address of version 1 starts with.</summary>
    public const string Prefix = "/api/v1";

    /// <summary>GET: 200 while the process runs. No sign-in.</summary>
    public const string Live = "/health/live";

    /// <summary>GET: 200 when requests can be served, 503 before. No sign-in.</summary>
    public const string Ready = "/health/ready";

    /// <summary>GET: the OpenAPI document of version 1.</summary>
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>Fills the placeholders of a template from left to right, each value escaped for a path.</summary>
    /// <param name="template">One of the constants of this class.</param>
    /// <param name="values">As many values as the template has placeholders.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the placeholders.</exception>
    public static string Fill(string template, params ReadOnlySpan<object> values)
    {
        var segments = template.Split('/');
        var used = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            if (!segments[i].StartsWith('{'))
                continue;
            if (used == values.Length)
                throw new ArgumentException($"{template} has more placeholders than the {values.Length} given values.");
            segments[i] = Uri.EscapeDataString(
                Convert.ToString(values[used++], System.Globalization.CultureInfo.InvariantCulture)!
            );
        }
        return used == values.Length
            ? string.Join('/', segments)
            : throw new ArgumentException($"{template} has fewer placeholders than the {values.Length} given values.");
    }
}
