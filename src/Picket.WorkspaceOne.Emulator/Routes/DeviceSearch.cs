using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Finds the device that a <c>searchby</c> and an id name, as far as the caller sees it.</summary>
internal static class DeviceSearch
{
    public static readonly Answer InvalidSearchBy = Answer.Error(422, 422, "Invalid searchby parameter.");

    private static readonly Dictionary<string, AlternateKind> Alternates = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Macaddress"] = AlternateKind.MacAddress,
        ["Udid"] = AlternateKind.Udid,
        ["Serialnumber"] = AlternateKind.SerialNumber,
        ["ImeiNumber"] = AlternateKind.Imei,
    };

    public static bool Knows(string? searchBy) =>
        Is(searchBy, "DeviceId") || Is(searchBy, "Uuid") || Is(searchBy, "EasId") || KnowsAlternate(searchBy);

    /// <summary>Bulk routes take these four only.</summary>
    public static bool KnowsAlternate(string? searchBy) => searchBy is not null && Alternates.ContainsKey(searchBy);

    public static Device? Find(ApiCall call, string? searchBy, string? id)
    {
        var fleet = call.Tenant.Fleet;
        var device =
            Is(searchBy, "DeviceId") ? (int.TryParse(id, out var number) ? fleet.ById(number) : null)
            : Is(searchBy, "Uuid") ? (Guid.TryParse(id, out var uuid) ? fleet.ByUuid(uuid) : null)
            : KnowsAlternate(searchBy) ? fleet.ByAlternate(Alternates[searchBy!], id ?? "")
            : null;
        return call.VisibleDevice(device);
    }

    private static bool Is(string? searchBy, string name) => name.Equals(searchBy, StringComparison.OrdinalIgnoreCase);
}
