using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Simulation;

/// <summary>A finding that is true of a device now.</summary>
/// <param name="App">Null where it is not about one.</param>
internal sealed record Discovery(
    Guid Id,
    int Device,
    DenyPlatform Platform,
    FindingKind Kind,
    string? App,
    FindingStanding Standing
)
{
    public bool Watches => Kind == FindingKinds.Stalkerware;

    public Finding AsFinding() =>
        new(
            Kind.Id,
            1,
            App ?? "",
            RiskLevel.High,
            Kind.Title,
            Kind.Title,
            [],
            FindingProof.Reported,
            new FindingEvidence([]) { AppId = App }
        )
        {
            Standing = Standing,
            UserIsNotTold = Watches,
        };
}

/// <summary>What is found on devices, and ends: apps that belong on lists, and what users may be told of.</summary>
internal sealed class Discoveries(
    PicketDatabase database,
    TimeProvider clock,
    Random random,
    IntegrationRow integration,
    Action<string> tell
)
{
    private static readonly (FindingKind Kind, string? App)[] All =
    [
        (FindingKinds.MaliciousApp, "com.bad.one"),
        (FindingKinds.MaliciousApp, "com.bad.two"),
        (FindingKinds.DeniedApp, "com.bad.three"),
        (FindingKinds.Stalkerware, "com.watching"),
        (FindingKinds.OsOutdated, null),
        (FindingKinds.NoPasscode, null),
    ];

    private readonly List<Discovery> open = [];

    public IReadOnlyList<Discovery> Open => open;

    public static IEnumerable<string> Apps => All.Select(each => each.App).OfType<string>();

    public bool IsWatched(int device) => open.Exists(one => one.Device == device && one.Watches);

    /// <summary>Something is found on a device, ends there, or somebody answers for it.</summary>
    public async Task ActAsync()
    {
        await using var db = database.Open();
        var devices = await db
            .Devices.AsNoTracking()
            .OrderBy(row => row.RemoteId)
            .Select(row => new
            {
                row.Id,
                row.RemoteId,
                row.Platform,
            })
            .ToListAsync();
        foreach (var device in devices.Where(_ => random.Next(3) == 0))
        {
            var (kind, app) = All[random.Next(All.Length)];
            if (open.Find(one => one.Device == device.RemoteId && one.Kind == kind && one.App == app) is { } known)
            {
                await EndAsync(db, known);
                continue;
            }

            var platform = device.Platform == "Android" ? DenyPlatform.Android : DenyPlatform.Apple;
            var standing = random.Next(5) switch
            {
                0 => FindingStanding.Excepted,
                1 => FindingStanding.InGrace,
                _ => FindingStanding.Counts,
            };
            var id = Guid.CreateVersion7(clock.GetUtcNow());
            Begin(db, device.Id, new Discovery(id, device.RemoteId, platform, kind, app, standing));
        }

        await db.SaveChangesAsync();
    }

    private void Begin(PicketDbContext db, Guid device, Discovery one)
    {
        var now = clock.GetUtcNow();
        var finding = one.AsFinding();
        db.Findings.Add(
            new FindingRow
            {
                Id = one.Id,
                IntegrationId = integration.Id,
                DeviceId = device,
                Kind = finding.Kind,
                Key = finding.Key,
                Level = finding.Level,
                Standing = finding.Standing,
                Title = finding.Title,
                Detail = FindingJson.Write(finding),
                FirstTrueAt = now,
                LastTrueAt = now,
            }
        );
        open.Add(one);
        tell($"on device {one.Device} there is {one.Kind.Id} {one.App} ({one.Standing})");
    }

    private async Task EndAsync(PicketDbContext db, Discovery one)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await db
            .Findings.Where(row => row.Id == one.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClearedAt, now));
        open.Remove(one);
        tell($"on device {one.Device} there is no {one.Kind.Id} {one.App} any more");
    }

    /// <summary>Apps that belong on the list of a platform: they count somewhere, and nobody answered for them anywhere.</summary>
    /// <param name="present">Devices that the fleet has.</param>
    public IEnumerable<string> Denied(DenyPlatform platform, IReadOnlySet<int> present) =>
        open.Where(one => one.App is not null && one.Platform == platform && present.Contains(one.Device))
            .GroupBy(one => one.App!)
            .Where(app => app.Any(one => one.Standing == FindingStanding.Counts))
            .Where(app => app.All(one => one.Standing != FindingStanding.Excepted))
            .Select(app => app.Key);
}
