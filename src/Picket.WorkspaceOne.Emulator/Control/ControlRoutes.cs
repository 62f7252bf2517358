using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.WorkspaceOne.Emulator.Hosting;

namespace Picket.WorkspaceOne.Emulator.Control;

/// <summary>
/// The same handles that <see cref="EmulatorHost"/> gives within a process, for other processes. Only when asked for,
/// and for loopback callers with the token of the first line; calls here cost no quota and are not in the request log.
/// </summary>
internal static class ControlRoutes
{
    /// <summary>May carry the token instead of <c>Authorization: Bearer</c>.</summary>
    private const string TokenHeader = "X-Emulator-Control";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // A misspelt member would silently change nothing.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Map(IEndpointRouteBuilder app, Uem uem, EmulatorCredentials credentials)
    {
        var routes = new ControlTable(app, credentials.ControlToken, Json);
        ObservationControl.Map(routes, uem);
        FleetControl.Map(routes, uem);
        AccessControlRoutes.Map(routes, uem);
        LifeControl.Map(routes, uem);
        StateControl.Map(routes, uem, credentials);
    }

    internal static bool MayControl(HttpContext http, string token) =>
        http.Connection.RemoteIpAddress is { } caller
        && IPAddress.IsLoopback(caller)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Presented(http)),
            Encoding.UTF8.GetBytes(token)
        );

    private static string Presented(HttpContext http)
    {
        const string bearer = "Bearer ";
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith(bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[bearer.Length..]
            : http.Request.Headers[TokenHeader].ToString();
    }
}
