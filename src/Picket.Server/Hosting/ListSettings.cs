namespace Picket.Server.Hosting;

internal static class ListSettings
{
    /// <summary>A list that is given as one text with commas: <c>--Outbound:AllowedNetworks 10.0.0.0/8,fd00::/8</c>.</summary>
    public static string[] TextsOf(this IConfiguration configuration, string setting) =>
        (configuration[setting] ?? "").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
}
