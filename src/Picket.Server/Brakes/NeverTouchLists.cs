using Picket.Core.Response;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>Which devices are on the never-touch list now. Where it has no entry, that is one small query.</summary>
internal static class NeverTouchLists
{
    public static IQueryable<NeverTouchRow> InForce(PicketDbContext db, Guid integration, DateTimeOffset now) =>
        db.NeverTouch.Where(row =>
            (row.IntegrationId == null || row.IntegrationId == integration) && (row.EndsAt == null || row.EndsAt > now)
        );

    /// <param name="numbers">The UEM's, of the devices that are asked about.</param>
    /// <returns>Those of them that are on the list, each with the entry by which it is.</returns>
    public static Task<IReadOnlyDictionary<int, NeverTouched>> OfAsync(
        PicketDbContext db,
        Guid integration,
        IReadOnlyCollection<int> numbers,
        DateTimeOffset now,
        CancellationToken cancellation
    ) => new NeverTouchBook(integration).OfAsync(db, numbers, now, cancellation);
}
