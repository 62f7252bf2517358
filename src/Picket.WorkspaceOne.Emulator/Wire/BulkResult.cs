using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>Why one item of a bulk call failed.</summary>
internal sealed record BulkFault(int Code, string Message);

/// <summary>The answer of bulk calls: the call succeeds although some items fail; Faults is missing when none did.</summary>
internal static class BulkResult
{
    private sealed record FailedItem(string Value, BulkFault Fault);

    /// <param name="step">Does one item; null: done.</param>
    /// <param name="listName">What the list inside Faults is called: one route has another name for it.</param>
    public static Answer Of(
        IReadOnlyList<string> values,
        Func<string, BulkFault?> step,
        int status = StatusCodes.Status200OK,
        string listName = "Fault"
    )
    {
        var failed = new List<FailedItem>();
        foreach (var value in values)
        {
            if (step(value) is { } fault)
            {
                failed.Add(new(value, fault));
            }
        }

        return Answer.Object(writer => Write(writer, values.Count, failed, listName), status);
    }

    private static void Write(Utf8JsonWriter writer, int total, List<FailedItem> failed, string listName)
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
            System.Text.Encoding.UTF8.GetBytes(listName),
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
