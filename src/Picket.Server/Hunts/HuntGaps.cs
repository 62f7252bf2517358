using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Devices;
using Picket.Core.Hunts;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <param name="NotSeen">Devices in the fleet of which what is asked about is not known.</param>
/// <param name="Apps">Personal apps, by presence on devices, of which the hashes cannot answer.</param>
/// <param name="Devices">The devices that these are on.</param>
internal sealed record HuntGap(int NotSeen, int Apps, int Devices);

/// <summary>Of how much an answer does not speak: without it a zero would read as an all clear.</summary>
internal sealed class HuntGaps(HuntSearch search, IntelligenceStore intelligence, TimeProvider time)
{
    public async Task<HuntGap> OfAsync(
        PicketDbContext db,
        Visible visible,
        HuntQuestion question,
        CancellationToken cancellation
    ) => (await OfAsync(db, visible, [question], cancellation))[0];

    /// <summary>One for each question; hunts of one kind lack the same, so that is counted once.</summary>
    public async Task<IReadOnlyList<HuntGap>> OfAsync(
        PicketDbContext db,
        Visible visible,
        IReadOnlyList<HuntQuestion> questions,
        CancellationToken cancellation
    )
    {
        var (counted, gaps) = (new Dictionary<(HuntSubject, bool), HuntGap>(), new List<HuntGap>());
        foreach (var question in questions)
        {
            var patterns =
                question.Subject is HuntSubject.Feed && await HasPatternsAsync(db, question.Value, cancellation);
            if (!counted.TryGetValue((question.Subject, patterns), out var gap))
            {
                gap = await CountAsync(db, visible, question.Subject, patterns, cancellation);
                counted[(question.Subject, patterns)] = gap;
            }

            gaps.Add(gap);
        }

        return gaps;
    }

    /// <summary>Law 8: of a hash nobody can try a pattern. It is tried when the device's apps are next read.</summary>
    /// <param name="inForce">Whether the patterns are: else no hash was tried with them.</param>
    public async Task<(int Apps, int Devices)> UntestedAsync(
        PicketDbContext db,
        Visible visible,
        bool inForce,
        CancellationToken cancellation
    )
    {
        var patterns = (await intelligence.CurrentAsync(db, cancellation)).Context.Indicators.Patterns;
        List<string?> tested = inForce
            ? [patterns.VersionFor(DevicePlatform.Android), patterns.VersionFor(DevicePlatform.Ios)]
            : [];
        tested.RemoveAll(version => version is null);
        var devices = Fleet(db, visible);
        var untested =
            from held in db.DeviceApps
            join app in db.Apps on held.AppId equals app.Id
            join device in devices on held.DeviceId equals device.Id
            where held.GoneAt == null && app.Hashed && !tested.Contains(app.TestedPatterns)
            select held.DeviceId;
        var apps = await untested.CountAsync(cancellation);
        return (apps, apps == 0 ? 0 : await untested.Distinct().CountAsync(cancellation));
    }

    private async Task<HuntGap> CountAsync(
        PicketDbContext db,
        Visible visible,
        HuntSubject subject,
        bool patterns,
        CancellationToken cancellation
    )
    {
        var notSeen = await NotSeenAsync(Fleet(db, visible), subject, cancellation);
        var (apps, devices) =
            subject is HuntSubject.AppPattern ? await HashedAsync(Fleet(db, visible), cancellation)
            : patterns ? await UntestedAsync(db, visible, inForce: true, cancellation)
            : (0, 0);
        return new HuntGap(notSeen, apps, devices);
    }

    private static IQueryable<DeviceRow> Fleet(PicketDbContext db, Visible visible) =>
        db
            .Devices.AsNoTracking()
            .WhereVisible(visible, device => device.IntegrationId)
            .Where(device => device.GoneAt == null);

    /// <summary>As the filter of devices counts that the number leads to.</summary>
    private Task<int> NotSeenAsync(IQueryable<DeviceRow> fleet, HuntSubject subject, CancellationToken cancellation) =>
        (
            subject switch
            {
                HuntSubject.App or HuntSubject.AppPattern or HuntSubject.Feed => fleet.WhereAged(
                    FactName.Apps,
                    FactAge.Never,
                    time.GetUtcNow()
                ),
                _ => HuntedAttributes.WhereUnknown(fleet, subject),
            }
        ).CountAsync(cancellation);

    /// <summary>A hunt's own pattern was tried with no hash.</summary>
    private static async Task<(int Apps, int Devices)> HashedAsync(
        IQueryable<DeviceRow> fleet,
        CancellationToken cancellation
    )
    {
        var hashed = fleet.Where(device => device.PersonalApps > 0);
        var devices = await hashed.CountAsync(cancellation);
        return (devices == 0 ? 0 : await hashed.SumAsync(device => device.PersonalApps, cancellation), devices);
    }

    private async Task<bool> HasPatternsAsync(PicketDbContext db, string feed, CancellationToken cancellation) =>
        (await search.InForceAsync(db, feed, cancellation))?.Any(content =>
            content.Indicators.Any(indicator => indicator.Kind is IndicatorKind.AppIdPattern)
        )
            is true;
}
