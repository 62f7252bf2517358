using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Tags;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Tagging many devices in one call: the call succeeds although some devices fail.</summary>
internal static class TagBulk
{
    /// <summary>Null: done; else why this one device failed.</summary>
    internal delegate BulkFault? Step(TagStore tags, Tag tag, Device device);

    public static BulkFault? Attach(TagStore tags, Tag tag, Device device) =>
        tags.Attach(tag, device) ? null : new BulkFault(400, "Tag is already associated with the device.");

    public static BulkFault? Detach(TagStore tags, Tag tag, Device device) =>
        tags.Detach(tag, device) ? null : new BulkFault(400, "Tag is not associated with the device.");

    public static IEnumerable<(Device Device, DateTime Since)> VisibleCarriers(ApiCall call, Tag tag)
    {
        var fleet = call.Tenant.Fleet;
        return from carrier in call.Uem.Tags.Carriers(tag)
            where fleet.Exists(carrier.Device)
            let device = fleet.At(carrier.Device)
            where call.Sees(device.Group)
            select (device, carrier.Since);
    }

    public static Answer Run(ApiCall call, Tag tag, Step step, Func<string, Device?> find, int tooLargeCode)
    {
        var values = call.BulkValues;
        if (values.Count == 0)
        {
            return Refusals.BulkEmpty;
        }

        if (values.Count > call.Uem.Tags.BulkLimit)
        {
            return Refusals.BulkTooLarge(tooLargeCode);
        }

        return BulkResult.Of(
            values,
            value =>
                call.VisibleDevice(find(value)) is { } device
                    ? step(call.Uem.Tags, tag, device)
                    : new BulkFault(404, "Device Not Found")
        );
    }
}
