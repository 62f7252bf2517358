using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Risk;

namespace Picket.Server.WhatIf;

/// <summary>
/// One device as it is and as it was: its row with the changes since undone, the apps and findings of each time. What no
/// history keeps (times of contact and of readings, members of groups) is taken as it is now, so a fact counts as fresh
/// on the days before it was last read.
/// </summary>
internal sealed class PastDevice
{
    private readonly DeviceRow current;
    private readonly PastRows rows;
    private readonly DateTimeOffset[] starts;
    private readonly PastState?[] states;
    private readonly DateTimeOffset firstDay;

    /// <param name="firstDay">How far back is asked.</param>
    public PastDevice(DeviceRow current, PastRows rows, DateTimeOffset firstDay)
    {
        (this.current, this.rows, this.firstDay) = (current, rows, firstDay);
        starts =
        [
            .. rows
                .Changes.Select(change => change.At)
                .Concat(rows.Apps.SelectMany(app => Times(app.Row.FirstSeenAt, app.Row.GoneAt)))
                .Concat(rows.Findings.SelectMany(finding => Times(finding.FirstTrueAt, finding.ClearedAt)))
                .Append(current.FirstSeenAt)
                .Concat(Times(current.GoneAt))
                .Where(at => at > firstDay)
                .Distinct()
                .Order(),
        ];
        states = new PastState?[starts.Length + 1];
    }

    public DeviceRow Current => current;

    /// <summary>When its facts, its findings or its presence changed.</summary>
    public IReadOnlyList<DateTimeOffset> Edges => starts;

    /// <summary>
    /// Since when the facts are so that a finding rests on, as far back as is asked. Where only time decides (the last
    /// contact), since the first day.
    /// </summary>
    public DateTimeOffset Since(Finding finding, DateTimeOffset moment)
    {
        var facts = finding.Evidence.Facts.Select(fact => fact.Name).ToHashSet();
        var changes = rows
            .Changes.Where(change =>
                change.Attribute == DeviceHistory.Presence || facts.Any(fact => Tells(change, fact))
            )
            .Select(change => change.At);
        var apps = facts.Contains(FactName.Apps)
            ? rows.Apps.SelectMany(app => Times(app.Row.FirstSeenAt, app.Row.GoneAt))
            : [];
        var begin = current.FirstSeenAt > firstDay ? current.FirstSeenAt : firstDay;
        return changes.Concat(apps).Where(at => at > begin && at <= moment).DefaultIfEmpty(begin).Max();
    }

    private static bool Tells(DeviceChangeRow change, FactName fact) =>
        fact switch
        {
            FactName.Compliance or FactName.Policies => change.Attribute == "compliance",
            FactName.Compromised => change.Attribute == "compromised",
            FactName.Encryption => change.Attribute == "encryption",
            FactName.BlockEncryption => change.Attribute == "blockEncryption",
            FactName.Enrollment => change.Attribute == "enrollment",
            FactName.Model => change.Attribute is "model" or "modelIdentifier",
            FactName.OsVersion => change.Attribute is "osVersion" or "osBuild",
            FactName.Passcode => change.Attribute is "passcode" or "passcodeCompliant",
            FactName.Platform => change.Attribute == "platform",
            FactName.SecurityPatch => change.Attribute == "securityPatch",
            FactName.Supervision => change.Attribute == "supervised",
            _ => false,
        };

    /// <returns>Null while it was not in the fleet.</returns>
    public PastState? At(DateTimeOffset moment)
    {
        if (!IsPresent(moment))
        {
            return null;
        }

        var stretch = starts.Count(start => start <= moment);
        return states[stretch] ??= StateAt(moment);
    }

    private bool IsPresent(DateTimeOffset moment)
    {
        if (moment < current.FirstSeenAt)
        {
            return false;
        }

        // The first change after the moment tells what was so until then.
        var next = rows.Changes.LastOrDefault(change =>
            change.Attribute == DeviceHistory.Presence && change.At > moment
        );
        return next is null ? current.GoneAt is not { } gone || gone > moment : next.Before == DeviceHistory.Present;
    }

    private PastState StateAt(DateTimeOffset moment)
    {
        var row = current;
        var level = current.Level;
        foreach (var change in rows.Changes.TakeWhile(change => change.At > moment)) // The newest first.
        {
            if (change.Attribute == DeviceHistory.Level)
            {
                level = LevelOf(change.Before);
                continue;
            }

            row = ReferenceEquals(row, current) ? current.Copy() : row;
            DeviceHistory.Undo(row, change);
        }

        var apps = rows
            .Apps.Where(app => Covers(moment, app.Row.FirstSeenAt, app.Row.GoneAt))
            .Select(app => app.App with { Version = app.Row.Version, Managed = app.Row.Managed });
        var findings = rows.Findings.Where(finding => Covers(moment, finding.FirstTrueAt, finding.ClearedAt));
        return new PastState(row, [.. apps], rows.HasApps, FindingRows.Open([.. findings]), level);
    }

    private static bool Covers(DateTimeOffset moment, DateTimeOffset from, DateTimeOffset? until) =>
        from <= moment && (until is not { } end || end > moment);

    // "Critical (device.compromised, device.not-encrypted)"
    private static RiskLevel LevelOf(string? told) =>
        Enum.TryParse<RiskLevel>(told?.Split(' ')[0], out var level) ? level : RiskLevel.Unknown;

    private static IEnumerable<DateTimeOffset> Times(params IEnumerable<DateTimeOffset?> times) =>
        times.OfType<DateTimeOffset>();
}

/// <summary>What is stored of a device's past.</summary>
/// <param name="Changes">The newest first.</param>
/// <param name="Apps">Those that can matter to a verdict.</param>
internal sealed record PastRows(
    IReadOnlyList<DeviceChangeRow> Changes,
    IReadOnlyList<PastApp> Apps,
    IReadOnlyList<FindingRow> Findings
)
{
    /// <summary>Whether the device has any app, one that can matter or not.</summary>
    public bool HasApps { get; init; }
}

internal sealed record PastApp(AppOnDevice App, DeviceAppRow Row);

/// <summary>A device between two changes.</summary>
/// <param name="Apps">Those that can matter.</param>
/// <param name="HasApps">Whether there are others or these.</param>
/// <param name="Findings">Those that were true then, with the times from which on they were.</param>
/// <param name="Level">The level that it had.</param>
internal sealed record PastState(
    DeviceRow Row,
    IReadOnlyList<AppOnDevice> Apps,
    bool HasApps,
    IReadOnlyList<Finding> Findings,
    RiskLevel Level
);
