using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Risk;

namespace Picket.Core.Response;

/// <summary>An app group of the UEM is for one of these. Stored by number: never renumber, only add.</summary>
public enum DenyPlatform
{
    Android = 0,
    Apple = 1,
}

/// <summary>What a finding says of an app on one device.</summary>
public sealed record AppSighting(Guid Device, DenyPlatform Platform, Finding Finding);

/// <summary>Why an app is denied: the kind of finding, and what of which feed matched; both null for the policy's own word.</summary>
public sealed record DenialReason(string Kind, string? Source, string? IndicatorId);

/// <param name="AppId">Package name or bundle id, as the worst finding has it.</param>
/// <param name="Devices">Devices that have it.</param>
/// <param name="LeftOut">Why it is not denied all the same, in words; null where it is.</param>
public sealed record DeniedApp(
    DenyPlatform Platform,
    string AppId,
    RiskLevel Worst,
    IReadOnlyList<DenialReason> Reasons,
    IReadOnlyList<Guid> Devices,
    string? LeftOut = null
);

/// <summary>
/// The apps that the UEM is to deny, by the findings of a fleet. An app is on it by its id alone, which a feed of enough
/// confidence or the organization's policy names: a pattern or a name that looks alike puts no app there,
/// since what follows reaches devices that nobody has judged.
/// </summary>
public static class DenyList
{
    /// <summary>Apps of one platform. What a UEM takes is not told; more than this is left out, the mildest first.</summary>
    public const int MostApps = 500;

    /// <summary>Watchware is not among them: it may be there with everybody's consent.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        FindingKinds.MaliciousApp.Id,
        FindingKinds.Stalkerware.Id,
        FindingKinds.DeniedApp.Id,
    ];

    public static DenyPlatform? PlatformOf(DevicePlatform platform) =>
        platform is DevicePlatform.Android ? DenyPlatform.Android
        : platform.IsApplePhoneOrTablet() ? DenyPlatform.Apple
        : null;

    /// <returns>Each app that findings name well enough, the worst first; those that are left out say why.</returns>
    public static IReadOnlyList<DeniedApp> Of(IEnumerable<AppSighting> sightings, int most = MostApps)
    {
        var apps = sightings
            .Where(sighting => NamesAnApp(sighting.Finding))
            .GroupBy(
                sighting => (sighting.Platform, Id: sighting.Finding.Evidence.AppId!),
                (app, seen) => Judge(app.Platform, [.. seen]),
                new ByPlatformAndId()
            )
            .OfType<DeniedApp>()
            .OrderByDescending(app => app.Worst)
            .ThenByDescending(app => app.Devices.Count)
            .ThenBy(app => app.AppId, StringComparer.Ordinal)
            .ToList();
        return [.. apps.GroupBy(app => app.Platform).SelectMany(platform => Bounded([.. platform], most))];
    }

    /// <summary>Whether a finding is about an app that its id alone gives away.</summary>
    public static bool NamesAnApp(Finding finding) =>
        Kinds.Contains(finding.Kind)
        && finding.Evidence is { AppId.Length: > 0, ByPattern: false }
        && finding.Level >= RiskLevel.Medium
        && finding.Evidence.Confidence is null or >= Confidence.Medium;

    /// <summary>
    /// The UEM denies an app on all devices alike: so somebody's answer for one device, an exception, keeps it off the list.
    /// Grace is about one device and gives the others none.
    /// </summary>
    private static DeniedApp? Judge(DenyPlatform platform, List<AppSighting> seen)
    {
        var counting = seen.FindAll(sighting => sighting.Finding.Standing == FindingStanding.Counts);
        var excepted = seen.FindAll(sighting => sighting.Finding.Standing == FindingStanding.Excepted);
        var told = counting.Count > 0 ? counting : excepted;
        if (told.Count == 0)
        {
            return null; // All in grace: it counts later.
        }

        var worst = told.MaxBy(sighting => sighting.Finding.Level)!.Finding;
        return new DeniedApp(
            platform,
            worst.Evidence.AppId!,
            worst.Level,
            [
                .. told.Select(sighting => new DenialReason(
                        sighting.Finding.Kind,
                        sighting.Finding.Evidence.Source?.Name,
                        sighting.Finding.Evidence.IndicatorId
                    ))
                    .Distinct()
                    .OrderBy(reason => reason.Kind, StringComparer.Ordinal)
                    .ThenBy(reason => reason.Source, StringComparer.Ordinal)
                    .ThenBy(reason => reason.IndicatorId, StringComparer.Ordinal),
            ],
            [.. seen.Select(sighting => sighting.Device).Distinct().Order()],
            WellKnownApps.IsUemAgent(worst.Evidence.AppId!)
                    ? "It is the UEM's own agent, without which devices are lost to the UEM: look at what names it."
                : excepted.Count == 0 ? null
                : $"The policy's exception \"{excepted[0].Finding.Exception?.Name}\" answers for it, and the UEM would deny it on all devices alike."
        );
    }

    private static IEnumerable<DeniedApp> Bounded(List<DeniedApp> apps, int most)
    {
        var room = most;
        foreach (var app in apps)
        {
            yield return app.LeftOut is not null || room-- > 0
                ? app
                : app with
                {
                    LeftOut = $"The list holds {most} apps, and the others are worse or on more devices.",
                };
        }
    }

    /// <summary>Whether a UEM tells ids apart by letter case is not known: those that differ in nothing else are one.</summary>
    private sealed class ByPlatformAndId : IEqualityComparer<(DenyPlatform Platform, string Id)>
    {
        public bool Equals((DenyPlatform Platform, string Id) one, (DenyPlatform Platform, string Id) other) =>
            one.Platform == other.Platform && one.Id.Equals(other.Id, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((DenyPlatform Platform, string Id) app) =>
            HashCode.Combine(app.Platform, app.Id.GetHashCode(StringComparison.OrdinalIgnoreCase));
    }
}
