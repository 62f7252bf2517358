using System.Collections.Immutable;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.SmartGroups;

namespace Picket.WorkspaceOne.Emulator.Apps;

/// <summary>The organization's own catalogue: internal, public and purchased apps with their assignments.</summary>
internal sealed class AppStore
{
    private const int FirstId = 2_001;
    private const int SeededLicences = 500;

    private readonly Tenant tenant;
    private readonly SmartGroupStore smartGroups;
    private readonly Lock gate = new();
    private ImmutableSortedDictionary<int, CatalogApp> apps = ImmutableSortedDictionary<int, CatalogApp>.Empty;
    private int made;

    public AppStore(Tenant tenant, SmartGroupStore smartGroups)
    {
        this.tenant = tenant;
        this.smartGroups = smartGroups;
        foreach (var platform in new[] { DevicePlatform.Ios, DevicePlatform.Android })
        {
            for (var rank = 0; rank < AppCatalogue.ManagedHead; rank++)
            {
                Seed(AppKind.Public, platform, rank);
            }
        }

        Seed(AppKind.Purchased, DevicePlatform.Ios, AppCatalogue.ManagedHead);
        Seed(AppKind.Purchased, DevicePlatform.Ios, AppCatalogue.ManagedHead + 1);
        Create(AppKind.Internal, "Field Forms", "com.example.northwind.forms", "3.2.0", DevicePlatform.Android, 0);
    }

    public IReadOnlyCollection<CatalogApp> All => [.. Volatile.Read(ref apps).Values];

    public CatalogApp? ById(int id) => Volatile.Read(ref apps).GetValueOrDefault(id);

    public CatalogApp? ByUuid(Guid uuid) => All.FirstOrDefault(app => app.Uuid == uuid);

    public CatalogApp? ByBundle(string bundle, DevicePlatform platform) =>
        All.FirstOrDefault(app => app.BundleId == bundle && Platforms.Id(app.Platform) == Platforms.Id(platform));

    /// <summary>Null: the group has an app of that kind, bundle and platform already.</summary>
    public CatalogApp? TryCreate(
        AppKind kind,
        string name,
        string bundle,
        string version,
        DevicePlatform platform,
        int group,
        Func<CatalogApp, CatalogApp> describe
    )
    {
        lock (gate)
        {
            var taken = All.Any(app =>
                app.Kind == kind
                && app.Group == group
                && app.Platform == platform
                && app.BundleId.Equals(bundle, StringComparison.OrdinalIgnoreCase)
                && app.Version == version
            );
            return taken ? null : Change(Create(kind, name, bundle, version, platform, group), describe);
        }
    }

    public CatalogApp Change(CatalogApp app, Func<CatalogApp, CatalogApp> change)
    {
        lock (gate)
        {
            var had = apps[app.Id];
            var changed = Dated(had, change(had));
            apps = apps.SetItem(app.Id, changed);
            return changed;
        }
    }

    public void Delete(CatalogApp app)
    {
        lock (gate)
        {
            apps = apps.Remove(app.Id);
        }
    }

    public IEnumerable<CatalogApp> AssignedTo(SmartGroup group) =>
        All.Where(app =>
            app.Allocated.ContainsKey(group.Id) || app.Rules.Any(rule => AppRule.SmartGroups(rule).Contains(group.Uuid))
        );

    public IEnumerable<CatalogApp> Excluding(SmartGroup group) => All.Where(app => app.Excluded.Contains(group.Uuid));

    /// <summary>Indexes of the enrolled devices of the app's platform that it is assigned to, in the order of ids.</summary>
    public IReadOnlyCollection<int> AssignedDevices(CatalogApp app)
    {
        var wanted = app
            .Rules.SelectMany(AppRule.SmartGroups)
            .Select(smartGroups.ByUuid)
            .Concat(app.Allocated.Keys.Select(id => smartGroups.All.FirstOrDefault(group => group.Id == id)))
            .OfType<SmartGroup>()
            .Distinct();
        var assigned = new SortedSet<int>(wanted.SelectMany(smartGroups.Members));
        foreach (var excluded in app.Excluded.Select(smartGroups.ByUuid).OfType<SmartGroup>())
        {
            assigned.ExceptWith(smartGroups.Members(excluded));
        }

        assigned.RemoveWhere(index => !Fits(app, tenant.Fleet.CoreAt(index)));
        return assigned;
    }

    /// <summary>Apps that devices take by themselves, beside those that the seed put there.</summary>
    public IEnumerable<CatalogApp> RolledOut => All.Where(app => !app.AutoSince.IsEmpty);

    public IReadOnlyList<InstallFailures> Failures { get; private set; } = [];

    public InstallFailures? FailureOf(string bundle) => Failures.FirstOrDefault(one => one.BundleId == bundle);

    /// <summary>From now on; a share of 0 and no devices: everything goes well again.</summary>
    public void Fail(InstallFailures failures)
    {
        lock (gate)
        {
            var others = Failures.Where(one => one.BundleId != failures.BundleId);
            Failures = failures is { Share: <= 0, Devices.Count: 0 } ? [.. others] : [.. others, failures];
        }
    }

    /// <summary>Keeps the moment for groups that get the app by itself already, and notes it for new ones.</summary>
    private CatalogApp Dated(CatalogApp had, CatalogApp changed)
    {
        var before = Automatically(had);
        var now = tenant.Fleet.Now;
        var since = Automatically(changed)
            .Where(group => had.AutoSince.ContainsKey(group) || !before.Contains(group))
            .ToImmutableSortedDictionary(group => group, group => had.AutoSince.GetValueOrDefault(group, now));
        return changed with { AutoSince = since };
    }

    private HashSet<Guid> Automatically(CatalogApp app) =>
        [
            .. app.Rules.Where(rule => AppRule.PushMode(rule) == AppRule.Auto).SelectMany(AppRule.SmartGroups),
            .. smartGroups.All.Where(group => app.Allocated.ContainsKey(group.Id)).Select(group => group.Uuid),
        ];

    private static bool Fits(CatalogApp app, DeviceCore device) =>
        device.EnrollmentStatus == "Enrolled" && Platforms.Id(device.Platform) == Platforms.Id(app.Platform);

    private void Seed(AppKind kind, DevicePlatform platform, int rank)
    {
        var (bundle, name) = AppCatalogue.Ranked(platform, rank);
        var app = Create(kind, name, bundle, "", platform, tenant.Tree.Customer.Index);
        var everybody = smartGroups.All.First(group =>
            group.Criteria.Platforms.Contains(Platforms.Name(platform), StringComparer.OrdinalIgnoreCase)
        );
        var seeded =
            kind == AppKind.Purchased
                ? app with
                {
                    Licences = SeededLicences,
                    ExternalId = (900_000_000 + app.Id).ToString(System.Globalization.CultureInfo.InvariantCulture),
                }
                : app with
                {
                    Rules = [AppRule.FromDeployment(everybody.Uuid, 0, Automatic, DeviceGenerator.Epoch)],
                };
        apps = apps.SetItem(app.Id, seeded);
    }

    private static JsonElement Automatic { get; } =
        JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["PushMode"] = "Auto" });

    private CatalogApp Create(
        AppKind kind,
        string name,
        string bundle,
        string version,
        DevicePlatform platform,
        int group
    )
    {
        lock (gate)
        {
            var index = made++;
            var uuid = tenant.Ids.Uuid(ThingKind.Application, index);
            var app = new CatalogApp(FirstId + index, uuid, kind, name, bundle, version, platform, group);
            apps = apps.Add(app.Id, app);
            return app;
        }
    }

    public SavedApps Save()
    {
        lock (gate)
        {
            return new([.. apps.Values], made, Failures);
        }
    }

    public void Load(SavedApps saved)
    {
        lock (gate)
        {
            apps = saved.All.ToImmutableSortedDictionary(app => app.Id, app => app);
            made = saved.Made;
            Failures = saved.Failures ?? [];
        }
    }
}

internal sealed record SavedApps(
    IReadOnlyList<CatalogApp> All,
    int Made,
    IReadOnlyList<InstallFailures>? Failures = null
);
