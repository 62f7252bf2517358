using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>How old a fact of a device is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FactAge>))]
public enum FactAge
{
    /// <summary>Up to a day.</summary>
    Fresh,

    /// <summary>Up to a week.</summary>
    Recent,

    /// <summary>More than a week.</summary>
    Old,

    /// <summary>More than 30 days: too old to clear a device, unless a policy says otherwise.</summary>
    Older,

    /// <summary>Not known.</summary>
    Never,
}

/// <summary>What the verdicts of the fleet rest on, and what they do not see. Up to a minute old.</summary>
/// <param name="Devices">Devices in the fleet.</param>
/// <param name="Secure">Those that are called Secure.</param>
/// <param name="Whole">Devices of whose verdict no fact is missing.</param>
/// <param name="Facts">Each fact, those of most devices first.</param>
public sealed record BlindSpotsView(int Devices, int Secure, int Whole, IReadOnlyList<FactCoverage> Facts);

/// <summary>One fact over the fleet.</summary>
/// <param name="Fact">Name of the fact; filters devices as <see cref="DeviceFilter.Fact"/> and <see cref="DeviceFilter.Lacks"/>.</param>
/// <param name="Ages">Devices by the age of the fact.</param>
/// <param name="RestsOn">Devices whose verdict rests on it: known, and not too old by the policy that holds for them.</param>
/// <param name="Share">Those in percent of the fleet; null for an empty fleet.</param>
/// <param name="Lacking">Devices of whose verdict it is missing, whatever the cause.</param>
/// <param name="Causes">Why, those of most devices first.</param>
public sealed record FactCoverage(
    string Fact,
    FactAges Ages,
    int RestsOn,
    double? Share,
    int Lacking,
    IReadOnlyList<FactCause> Causes
);

/// <summary>Devices by the age of a fact; see <see cref="FactAge"/>.</summary>
/// <param name="Fresh">Up to a day.</param>
/// <param name="Recent">Up to a week.</param>
/// <param name="Old">Up to 30 days.</param>
/// <param name="Older">More.</param>
/// <param name="Never">Not known.</param>
public sealed record FactAges(int Fresh, int Recent, int Old, int Older, int Never);

/// <summary>Why a fact is missing.</summary>
/// <param name="Cause">Name of the cause; filters devices as <see cref="DeviceFilter.Cause"/>.</param>
/// <param name="Reason">The cause, and what mends it.</param>
/// <param name="Devices">Devices that lack it for this cause.</param>
/// <param name="Required">Those of them that are not called Secure for want of it.</param>
public sealed record FactCause(string Cause, string Reason, int Devices, int Required);
