using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Emulator.Control;

/// <summary>
/// The same handles that <see cref="EmulatorHost"/> gives within a process, for other processes. For loopback callers
/// with the token of the first line only; calls here cost no quota and are not in the request log.
/// </summary>
internal static class ControlRoutes
{
    public const string TokenHeader = "X-Emulator-Control";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // A misspelt member would silently change nothing.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Map(IEndpointRouteBuilder app, Uem uem, string token)
    {
        var routes = new ControlTable(app, token, Json);
        ObservationControl.Map(routes, uem);
        FleetControl.Map(routes, uem);
        AccessControlRoutes.Map(routes, uem);
    }

    internal static bool MayControl(HttpContext http, string token) =>
        http.Connection.RemoteIpAddress is { } caller
        && IPAddress.IsLoopback(caller)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(http.Request.Headers[TokenHeader].ToString()),
            Encoding.UTF8.GetBytes(token)
        );
}
