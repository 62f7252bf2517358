namespace Picket.Api;

/// <summary>A fact that verdicts lack, over the fleet.</summary>
/// <param name="Fact">Name of the fact, as in <see cref="UnknownView.Fact"/>; filters devices as <see cref="DeviceFilter.Lacks"/>.</param>
/// <param name="Devices">Devices of which it is missing.</param>
/// <param name="Required">Devices that are not called Secure for want of it.</param>
/// <param name="Reason">Why, and what mends it: the reason of the most of these devices.</param>
/// <param name="WithReason">How many these are.</param>
public sealed record BlindSpotCount(string Fact, int Devices, int Required, string Reason, int WithReason);
