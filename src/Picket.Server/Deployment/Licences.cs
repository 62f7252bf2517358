using Picket.Api;
using Picket.Core.Deployment;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Licences of a purchased app: each device takes one, so a ring begins only when there are enough for all of it.</summary>
internal static class Licences
{
    /// <param name="begun">Devices of the rings that have begun: they hold or take one, whether the UEM counts it yet or not.</param>
    /// <param name="needs">Devices of each ring that is to begin and that no earlier ring has; null where not counted.</param>
    public static async Task<LicenceView> OfAsync(
        WorkspaceOneClient client,
        Guid app,
        int begun,
        IReadOnlyList<int?> needs,
        CancellationToken cancellation
    )
    {
        var counts = (await client.PurchasedApps.GetAsync(app, cancellation)).Licences;
        var held = counts?.OnHold ?? 0;
        int? free = counts is { Unallocated: { } left, Total: { } total } ? Math.Min(left, total - held - begun) : null;
        var plan = LicencePlan.For(
            free is { } some ? Math.Max(0, some) : null,
            counts?.Total,
            [.. needs.Select((need, ring) => new LicenceWish(ring, 0, need))]
        );
        int? needed = needs.Any(need => need is null) ? null : needs.Sum(need => need!.Value);
        return new LicenceView(counts?.Total, free, needed, plan.Reason);
    }
}
