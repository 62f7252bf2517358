using Microsoft.EntityFrameworkCore;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>
/// Indicators against the distinct apps of the fleet. Those are few, so one pass over all of them answers exact
/// indicators in any letter case, patterns and hashes alike; of hashed apps it is known which patterns matched.
/// </summary>
internal sealed class AppMatching(IndicatorIndex plain, HashedApps hashed)
{
    // An app row does not always tell whose it is; then it may be anybody's.
    private static readonly DevicePlatform[] Mobile = [DevicePlatform.Android, DevicePlatform.Ios];

    public static AppMatching Of(FeedContent feed, IReadOnlyList<Indicator> indicators, IntelligenceStore intelligence)
    {
        var only = feed with { Indicators = indicators };
        return new AppMatching(IndicatorIndex.Build([only]), intelligence.Hashed([only]));
    }

    public async Task<List<(Indicator Indicator, Guid App)>> FindAsync(
        PicketDbContext db,
        CancellationToken cancellation
    )
    {
        var found = new List<(Indicator, Guid)>();
        await foreach (var app in db.Apps.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellation))
        {
            found.AddRange(Matches(app).Select(match => (match.Indicator, app.Id)));
        }

        return [.. found.Distinct()];
    }

    public static IReadOnlyList<DevicePlatform> PlatformsOf(AppRow app) =>
        DevicePlatforms.Recognise(app.Platform) is var platform && platform.IsMobile() ? [platform] : Mobile;

    private IEnumerable<IndicatorMatch> Matches(AppRow app) =>
        PlatformsOf(app)
            .SelectMany(each =>
                app.Hashed
                    ? hashed.Match(each, app.Identifier).Concat(plain.Patterns.OfKeys(each, app.Matches))
                    : plain.MatchAppId(each, app.Identifier)
            );
}
