using CsCheck;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Sync;

public sealed class AppTests
{
    private static readonly Gen<string> Name = Gen.Int[0, 6].Select(number => "app" + number);
    private static readonly Gen<string?> Version = Gen.Int[0, 2].Select(number => number == 0 ? null : "v" + number);

    private static readonly Gen<InstalledApp[]> Installed = Gen.Select(
        Name,
        Version,
        Gen.Bool,
        (name, version, managed) => new InstalledApp(name, version, managed)
    ).Array[0, 8];

    private static readonly Gen<StoredApp[]> Stored = Gen.Select(
            Name,
            Version,
            Gen.Bool,
            Gen.Bool,
            (name, version, managed, gone) => new StoredApp(name, version, managed, gone)
        )
        .Array[0, 8]
        .Select(apps => apps.DistinctBy(app => app.Identifier).ToArray());

    [Fact]
    public void Applying_the_plan_gives_the_installed_list() =>
        Gen.Select(Installed, Stored)
            .Sample(
                (installed, stored) =>
                {
                    var after = Apply(AppPresence.Plan(installed, stored, AppListing.OfAll), stored);
                    var present = after.Where(app => !app.Gone).OrderBy(app => app.Identifier, StringComparer.Ordinal);
                    var expected = installed
                        .GroupBy(app => app.Identifier)
                        .Select(apps => apps.Last())
                        .Select(app => new StoredApp(app.Identifier, app.Version, app.Managed))
                        .OrderBy(app => app.Identifier, StringComparer.Ordinal);

                    Assert.Equal(expected, present);
                    Assert.True(AppPresence.Plan(installed, after, AppListing.OfAll).WritesNothing);
                }
            );

    [Fact]
    public void Removes_nothing_when_the_list_was_cut() =>
        Gen.Select(Installed, Stored)
            .Sample(
                (installed, stored) => AppPresence.Plan(installed, stored, AppListing.ProvesNothing).Removed.Count == 0
            );

    [Fact]
    public void Removes_only_managed_apps_when_the_others_are_hidden() =>
        Gen.Select(Installed, Stored)
            .Sample(
                (installed, stored) =>
                    Assert.Equal(
                        AppPresence.Plan(installed, stored, AppListing.OfAll).Removed.Where(app => app.Managed),
                        AppPresence.Plan(installed, stored, AppListing.OfManaged).Removed
                    )
            );

    [Theory]
    [InlineData(DeviceOwnership.Employee, true, AppKeeping.Plain)]
    [InlineData(DeviceOwnership.Employee, false, AppKeeping.KeyedHash)]
    [InlineData(DeviceOwnership.Undefined, false, AppKeeping.KeyedHash)]
    [InlineData(DeviceOwnership.Corporate, false, AppKeeping.Plain)]
    [InlineData(DeviceOwnership.CorporateShared, false, AppKeeping.Plain)]
    public void Keeps_unmanaged_apps_of_employees_as_keyed_hashes(
        DeviceOwnership ownership,
        bool managed,
        AppKeeping expected
    ) => Assert.Equal(expected, AppPrivacy.Keep(ownership, managed, AppPrivacyRules.Default));

    [Theory]
    [InlineData(DeviceOwnership.Corporate, false, AppKeeping.KeyedHash)]
    [InlineData(DeviceOwnership.CorporateShared, false, AppKeeping.KeyedHash)]
    [InlineData(DeviceOwnership.Employee, false, AppKeeping.Nothing)]
    [InlineData(DeviceOwnership.Undefined, false, AppKeeping.Nothing)]
    [InlineData(DeviceOwnership.Employee, true, AppKeeping.Plain)]
    public void Keeps_less_where_it_was_told_to(DeviceOwnership ownership, bool managed, AppKeeping expected) =>
        Assert.Equal(
            expected,
            AppPrivacy.Keep(ownership, managed, new AppPrivacyRules(AppKeeping.KeyedHash, AppKeeping.Nothing))
        );

    [Fact]
    public void Keeps_an_employees_own_apps_in_clear_on_nobodys_word() =>
        Assert.Equal(
            AppKeeping.KeyedHash,
            AppPrivacy.Keep(DeviceOwnership.Employee, false, new AppPrivacyRules(AppKeeping.Plain, AppKeeping.Plain))
        );

    [Fact]
    public void Hashes_alike_under_one_key_only()
    {
        byte[] key = [1, 2, 3, 4];

        Assert.Equal(AppPrivacy.Hash(key, "com.example.App"), AppPrivacy.Hash(key, " com.example.app"));
        Assert.NotEqual(AppPrivacy.Hash(key, "com.example.app"), AppPrivacy.Hash([1, 2, 3, 5], "com.example.app"));
        Assert.DoesNotContain("example", AppPrivacy.Hash(key, "com.example.app"), StringComparison.Ordinal);
    }

    private static List<StoredApp> Apply(AppPlan plan, IEnumerable<StoredApp> stored)
    {
        var after = stored.ToDictionary(app => app.Identifier);
        foreach (var app in plan.Added.Concat(plan.Returned).Concat(plan.Changed.Select(change => change.After)))
        {
            after[app.Identifier] = new(app.Identifier, app.Version, app.Managed);
        }

        foreach (var app in plan.Removed)
        {
            after[app.Identifier] = app with { Gone = true };
        }

        return [.. after.Values];
    }
}
