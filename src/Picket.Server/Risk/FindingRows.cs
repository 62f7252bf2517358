using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;

namespace Picket.Server.Risk;

/// <summary>The findings of a verdict as rows: new ones, those that go on, and those that ended.</summary>
internal static class FindingRows
{
    /// <param name="stored">The rows of the findings that were true until now.</param>
    public static IReadOnlyList<Finding> Open(IReadOnlyList<FindingRow> stored) =>
        [.. stored.Select(row => FindingJson.Read(row.Detail))];

    public static IEnumerable<FindingRow> Of(
        DeviceRow device,
        MergedVerdict merged,
        IReadOnlyList<FindingRow> stored,
        DateTimeOffset now
    )
    {
        var rows = stored.ToDictionary(row => row.Key);
        foreach (var finding in merged.Verdict.Findings)
        {
            yield return Row(device, finding, rows.GetValueOrDefault(finding.Key), now);
        }

        foreach (var finding in merged.Cleared)
        {
            var row = rows[finding.Key];
            (row.ClearedAt, row.EndReason) = (now, FindingEnd.Refuted);
            yield return row;
        }
    }

    private static FindingRow Row(DeviceRow device, Finding finding, FindingRow? stored, DateTimeOffset now) =>
        new()
        {
            Id = stored?.Id ?? Guid.CreateVersion7(now),
            IntegrationId = device.IntegrationId,
            DeviceId = device.Id,
            Kind = finding.Kind,
            Key = finding.Key,
            Level = finding.Level,
            Standing = finding.Standing,
            Exception = finding.Exception?.Name,
            Title = finding.Title,
            Detail = FindingJson.Write(finding),
            FirstTrueAt = finding.FirstTrue ?? now,
            LastTrueAt = finding.LastTrue ?? now,
        };
}
