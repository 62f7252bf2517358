using Picket.Api;

namespace Picket.Server.Inventory;

/// <summary>What the page of devices shows. The circuit takes it over from the prerendered page, so nothing flashes.</summary>
/// <param name="Address">The page's address with its filters; another one needs another reading.</param>
/// <param name="Devices">The rows, as far as they were asked for.</param>
/// <param name="Next">Where to go on; null at the end.</param>
/// <param name="IntegrationName">Name of the integration that is filtered by.</param>
public sealed record DeviceListing(
    string Address,
    IReadOnlyList<DeviceSummary> Devices,
    string? Next,
    string? IntegrationName
);
