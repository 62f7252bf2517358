using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>
/// Bulk calls of commands and messages: devices by serial number and the like, each accepted or with its fault.
/// </summary>
internal static class BulkInput
{
    /// <summary>The text is documented, the status of command routes is not.</summary>
    public static readonly Answer TooMany = Answer.Error(
        422,
        422,
        "Devices provided is more than Bulk settings for this action."
    );

    private static readonly Answer NoneFound = Answer.Error(
        404,
        404,
        "Devices provided in the input could not be found or not enrolled or user does not have access."
    );

    public static Answer Run(ApiCall call, int limit, int status, Action<Device> act)
    {
        var searchBy = call.Query("searchby");
        if (!DeviceSearch.KnowsAlternate(searchBy))
        {
            return DeviceSearch.InvalidSearchBy;
        }

        var values = call.BulkValues;
        if (values.Count == 0)
        {
            return Refusals.BulkEmpty;
        }

        if (values.Count > limit)
        {
            return TooMany;
        }

        var found = values.Select(value => (Value: value, Device: DeviceSearch.Find(call, searchBy, value))).ToList();
        var accepted = found.Where(item => item.Device is { } device && CommandRoutes.MayCommand(device)).ToList();
        if (accepted.Count == 0)
        {
            return NoneFound;
        }

        var devices = accepted.DistinctBy(item => item.Value).ToDictionary(item => item.Value, item => item.Device!);
        return BulkResult.Of(
            values,
            value =>
            {
                if (!devices.TryGetValue(value, out var device))
                {
                    return new BulkFault(404, "Device Not Found");
                }

                act(device);
                return null;
            },
            status
        );
    }
}
