using Picket.Core.Sync;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Sync.Stages;

/// <summary>What the client says about a listing, as the facts that the loss rule looks at.</summary>
internal static class ListingFactsOf
{
    private const ListingAnomalies NotRead =
        ListingAnomalies.Stopped | ListingAnomalies.NoProgress | ListingAnomalies.PageLimit;

    private const ListingAnomalies Moved = ListingAnomalies.DuplicateRows | ListingAnomalies.TotalChanged;

    public static ListingFacts Report(ListingReport report) =>
        new()
        {
            Complete = (report.Anomalies & NotRead) == 0,
            Coherent = (report.Anomalies & Moved) == 0,
            Pages = report.Pages,
            Total = report.ExpectedTotal,
            Received = report.DistinctIds,
            Doubt = report.Complete ? null : $"The listing does not add up ({report.Anomalies}).",
            StoredBefore = 0,
            Missing = 0,
        };

    /// <summary>A listing that comes in one answer and names no total.</summary>
    /// <param name="doubt">Why it is not the whole; null where nothing speaks against it.</param>
    public static ListingFacts OnePiece(int rows, string? doubt) =>
        new()
        {
            Complete = true,
            Coherent = true,
            Pages = 1,
            Received = rows,
            Doubt = doubt,
            StoredBefore = 0,
            Missing = 0,
        };
}
