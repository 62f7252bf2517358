using Picket.Api;
using Picket.Server.Response;
using Picket.Server.Risk;
using CoreState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Inventory;

internal sealed record RunSpan(Guid Id, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public bool Covers(DateTimeOffset moment) => StartedAt <= moment && (EndedAt is null || moment <= EndedAt);
}

/// <summary>One event of a device's history.</summary>
/// <param name="IsOfApp">An app came or went.</param>
/// <param name="IsNameless">That app is kept as a hash.</param>
internal sealed record HistoryEvent(
    HistoryCursor Place,
    HistoryEntry Entry,
    bool IsOfApp = false,
    bool IsNameless = false
)
{
    private const string Nameless = "(personal app)";
    private const string OnDevice = "on the device";

    public static HistoryEvent Of(DeviceChangeRow change) =>
        new(
            new(change.At, HistorySource.Change, change.Id),
            new(
                change.At,
                change.Attribute is DeviceHistory.Level ? "Verdict" : "Attribute",
                change.Attribute,
                change.Before,
                change.After,
                change.RunId
            )
        );

    public static HistoryEvent Of(DateTimeOffset at, HistorySource source, DeviceAppRow held, AppRow app)
    {
        var version = app.Hashed ? "installed" : held.Version ?? "installed";
        var came = source is HistorySource.AppCame;
        var name = app.Hashed ? Nameless : app.Identifier;
        return new(
            new(at, source, held.Id),
            new(at, "App", name, came ? null : version, came ? version : null, null),
            IsOfApp: true,
            app.Hashed
        );
    }

    public static HistoryEvent Of(FindingLine finding, HistorySource source)
    {
        var level = $"{FindingViews.LevelOf(finding.Level)}";
        var began = source is HistorySource.FindingBegan;
        return new(
            new(finding.At, source, finding.Id),
            new(finding.At, "Finding", finding.Title, began ? null : level, began ? level : null, null)
            {
                FindingId = finding.Id,
            }
        );
    }

    public static HistoryEvent Of(WrittenLine write)
    {
        var what = write.Kind switch
        {
            LedgerKinds.SendMessage => new HistoryEntry(write.At, "Message", write.Subject, null, null, null),
            LedgerKinds.AddTag => new(write.At, "Tag", write.Subject, null, OnDevice, null),
            _ => new(write.At, "Tag", write.Subject, OnDevice, null, null),
        };
        return new(
            new(write.At, HistorySource.Written, write.Id),
            what with
            {
                LedgerId = write.Id,
                State = LedgerEndpoints.State(write.State, failed: 0),
            }
        );
    }

    /// <summary>One run of an integration works at a time, so the moment of an app's event tells which run saw it.</summary>
    public HistoryEntry View(IReadOnlyList<RunSpan> runs) =>
        IsOfApp ? Entry with { RunId = runs.FirstOrDefault(run => run.Covers(Place.At))?.Id } : Entry;
}

/// <summary>What the history needs of a finding.</summary>
internal sealed class FindingLine
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Title { get; init; }
    public required Core.Risk.RiskLevel Level { get; init; }
}

/// <summary>What the history needs of a tag that was written to the device, or of a message to it.</summary>
internal sealed class WrittenLine
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Kind { get; init; }
    public required string Subject { get; init; }
    public required CoreState State { get; init; }
}
