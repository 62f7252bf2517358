using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Tags;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Tagging many devices in one call: the call succeeds although some devices fail.</summary>
internal static class TagBulk
{
    /// <summary>Null: done; else why this one device failed.</summary>
    internal delegate Fault? Step(TagStore tags, Tag tag, Device device);

    internal sealed record Fault(int Code, string Message);

    private sealed record FailedItem(string Value, Fault Fault);

    public static Fault? Attach(TagStore tags, Tag tag, Device device) =>
        tags.Attach(tag, device) ? null : new Fault(400, "Tag is already associated with the device.");

    public static Fault? Detach(TagStore tags, Tag tag, Device device) =>
        tags.Detach(tag, device) ? null : new Fault(400, "Tag is not associated with the device.");

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

        var failed = new List<FailedItem>();
        foreach (var value in values)
        {
            var fault = call.VisibleDevice(find(value)) is { } device
                ? step(call.Uem.Tags, tag, device)
                : new Fault(404, "Device Not Found");
            if (fault is not null)
            {
                failed.Add(new(value, fault));
            }
        }

        return Answer.Object(writer => Write(writer, values.Count, failed));
    }

    private static void Write(Utf8JsonWriter writer, int total, List<FailedItem> failed)
    {
        writer.WriteNumber("TotalItems"u8, total);
        writer.WriteNumber("AcceptedItems"u8, total - failed.Count);
        writer.WriteNumber("FailedItems"u8, failed.Count);
        if (failed.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("Faults"u8);
        writer.Rows(
            "Fault"u8,
            failed,
            (row, item) =>
            {
                row.WriteNumber("ErrorCode"u8, item.Fault.Code);
                row.WriteString("ItemValue"u8, item.Value);
                row.WriteString("Message"u8, item.Fault.Message);
            }
        );
        writer.WriteEndObject();
    }
}
