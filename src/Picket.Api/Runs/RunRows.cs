using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What a run did to a row of the inventory, or would do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunRowChange>))]
public enum RunRowChange
{
    /// <summary>It is new, or has come back.</summary>
    Added,

    /// <summary>A lasting fact of it changed; of <c>details</c>: apps came.</summary>
    Changed,

    /// <summary>It left the inventory; of <c>details</c>: apps are gone.</summary>
    Removed,

    /// <summary>
    /// The UEM did not list it, and the run is held for that, or was: what is removed when the hold is approved. Devices
    /// only.
    /// </summary>
    Missing,

    /// <summary>Its details were read, and no later run has read them again. Of <c>details</c> only.</summary>
    Read,
}

/// <summary>One row of which a run speaks.</summary>
/// <param name="Id">Picket's id of the row: of a device where <see cref="OfDevice"/> says so.</param>
/// <param name="Name">What people know it by.</param>
/// <param name="OfDevice">True for a device.</param>
/// <param name="What">What changed, where the history keeps it: of devices it does.</param>
public sealed record RunRow(Guid Id, string Name, bool OfDevice, IReadOnlyList<RunRowPart> What);

/// <summary>One fact that a run saw change.</summary>
/// <param name="Fact">Name of the fact; of details <c>apps came</c> or <c>apps gone</c>.</param>
/// <param name="Before">What it was; null where nothing was known.</param>
/// <param name="After">What it is; null where nothing is known.</param>
public sealed record RunRowPart(string Fact, string? Before, string? After);

/// <summary>Which rows of a run.</summary>
public sealed record RunRowFilter
{
    /// <summary>Kind of the rows: a key of <see cref="RunView.Counts"/>. <c>devices</c> when absent.</summary>
    public string? Kind { get; init; }

    /// <summary>What the run did to them; <see cref="RunRowChange.Changed"/> when absent.</summary>
    public RunRowChange? Change { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}
