using Picket.Api;

namespace Picket.Server.Inventory;

internal sealed record RunSpan(Guid Id, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public bool Covers(DateTimeOffset moment) => StartedAt <= moment && (EndedAt is null || moment <= EndedAt);
}

/// <summary>One event of a device's history: a change, or an app that came or went.</summary>
internal sealed record HistoryEvent(HistoryCursor Place, DeviceChangeRow? Change, DeviceAppRow? Held, AppRow? App)
{
    private const string Nameless = "(personal app)";

    public HistoryEntry View(IReadOnlyList<RunSpan> runs) =>
        Change is { } change
            ? new(change.At, Kind(change.Attribute), change.Attribute, change.Before, change.After, change.RunId)
            : OfApp(Held!, App!, runs.FirstOrDefault(run => run.Covers(Place.At))?.Id);

    private HistoryEntry OfApp(DeviceAppRow held, AppRow app, Guid? run)
    {
        var version = app.Hashed ? "installed" : held.Version ?? "installed";
        var came = Place.Source is HistorySource.AppCame;
        return new(
            Place.At,
            "App",
            app.Hashed ? Nameless : app.Identifier,
            came ? null : version,
            came ? version : null,
            run
        );
    }

    private static string Kind(string attribute) => attribute is DeviceHistory.Level ? "Verdict" : "Attribute";
}
