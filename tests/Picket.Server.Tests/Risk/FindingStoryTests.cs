using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Core.Risk.Uem;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.Server.Tests.Risk;

/// <summary>One fleet with one of each, read from the emulated UEM and judged.</summary>
public sealed class OddFleet : IAsyncLifetime
{
    private SyncScene? scene;

    internal SyncScene Scene => scene!;

    internal Device Broken { get; private set; } = default!;

    internal Device Imitated { get; private set; } = default!;

    internal Device Begun { get; private set; } = default!;

    internal Device Wiping { get; private set; } = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 60 });
        var androids = scene
            .Uem.Fleet.All.Where(device =>
                device is { Platform: DevicePlatform.Android, IsEnrolled: true, Ownership: "C", SilentSince: null }
            )
            .Take(4)
            .ToList();
        Broken = Change(androids[0], device => device with { ComplianceStatus = "NonCompliant", Passcode = false });
        Imitated = Change(androids[1], device => device with { AddedApps = ["com.whatsap"] });
        Begun = Change(androids[2], device => device with { EnrollmentStatus = "EnrollmentInProgress" });
        Wiping = Change(androids[3], device => device with { EnrollmentStatus = "EnterpriseWipePending" });
        await scene.Picket.Client.ImportFeedAsync("kev", Kev(), cancellationToken: Cancel);
        var run = await scene.RunAsync();
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        await scene.JudgedAsync();
    }

    public ValueTask DisposeAsync() => scene?.DisposeAsync() ?? default;

    internal async Task<DeviceView> ViewAsync(Device device)
    {
        var row = (await Scene.DevicesAsync()).Single(row => row.RemoteId == device.Id);
        return await Scene.Picket.Client.DeviceAsync(row.Id, Cancel);
    }

    private Device Change(Device device, Func<Device, Device> change) => Scene.Uem.Fleet.Change(device.Id, change);

    private static MemoryStream Kev() =>
        new(
            Encoding.UTF8.GetBytes(
                """
                {
                  "title": "Made for this test", "catalogVersion": "2026.08.25", "dateReleased": "2026-08-25T00:00:00Z",
                  "count": 1,
                  "vulnerabilities": [
                    {
                      "cveID": "CVE-2021-22054", "vendorProject": "Omnissa", "product": "Workspace One UEM",
                      "vulnerabilityName": "Request forgery", "dateAdded": "2026-03-09", "dueDate": "2026-03-23",
                      "shortDescription": "Made for this test.", "requiredAction": "Update.",
                      "knownRansomwareCampaignUse": "Unknown", "notes": ""
                    }
                  ]
                }
                """
            )
        );
}

public sealed class FindingStoryTests(OddFleet fleet) : IClassFixture<OddFleet>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PicketClient Client => fleet.Scene.Picket.Client;

    [Fact]
    public async Task A_device_that_is_not_compliant_is_found_with_the_policy_that_it_breaks()
    {
        var view = await fleet.ViewAsync(fleet.Broken);

        var finding = view.Findings.Single(finding => finding.Kind == FindingKinds.NotCompliant.Id);
        Assert.Contains("\"Passcode required on Android\"", finding.Evidence.Facts["advice"], StringComparison.Ordinal);
        Assert.Equal("Passcode required on Android (Passcode is present)", finding.Evidence.Facts["policies"]);
        Assert.True(finding.Evidence.Facts.ContainsKey("policiesCollectedAt"));
        Assert.Equal(2, finding.RuleVersion);
        Assert.Contains("Hub app", finding.ForUser, StringComparison.Ordinal);
    }

    /// <summary>Compliance costs a call each, and says nothing of a device that is compliant.</summary>
    [Fact]
    public void Only_devices_that_are_not_compliant_are_asked_for_their_policies()
    {
        var broken = fleet.Scene.Uem.Fleet.All.Count(device =>
            device is { ComplianceStatus: "NonCompliant" }
            && device.EnrollmentStatus is "Enrolled" or "EnterpriseWipePending"
        );

        Assert.InRange(fleet.Scene.Uem.RequestLog.Count("GET mdm/devices/{id}/compliance"), 1, broken);
    }

    [Fact]
    public async Task An_app_that_imitates_another_is_a_hint()
    {
        var finding = (await fleet.ViewAsync(fleet.Imitated)).Findings.Single(finding =>
            finding.Kind == FindingKinds.LookAlike.Id
        );

        Assert.Equal((Level.Low, "com.whatsap"), (finding.Level, finding.Evidence.Matched));
        Assert.Contains(finding.AttackIds, id => id == "T1655.001");
    }

    [Fact]
    public async Task A_device_that_is_not_managed_is_not_judged_and_says_why()
    {
        var (begun, wiping) = (await fleet.ViewAsync(fleet.Begun), await fleet.ViewAsync(fleet.Wiping));

        Assert.Equal((Level.Unknown, Level.Unknown), (begun.Verdict.Level, wiping.Verdict.Level));
        Assert.Equal(FindingKinds.NotProperlyEnrolled.Id, Assert.Single(begun.Findings).Kind);
        Assert.Equal(FindingKinds.WipePending.Id, Assert.Single(wiping.Findings).Kind);
        Assert.Contains(begun.Unknowns, unknown => unknown.Kind == "unknown.enrollment.not-enrolled");
        Assert.Contains("does not manage it", begun.Verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_known_is_listed_by_its_cause()
    {
        var devices = await Client
            .Devices(new DeviceFilter { Lacks = "enrollment", Cause = "notEnrolled" })
            .Select(device => device.Id)
            .ToListAsync(cancellationToken: Cancel);

        Assert.Contains((await fleet.ViewAsync(fleet.Begun)).Device.Id, devices);
        Assert.DoesNotContain((await fleet.ViewAsync(fleet.Imitated)).Device.Id, devices);
        Assert.Empty(
            await Client
                .Devices(new DeviceFilter { Lacks = "Enrollment", Cause = "TooOld" })
                .ToListAsync(cancellationToken: Cancel)
        );
    }

    [Fact]
    public async Task The_catalogue_says_of_each_kind_what_it_needs_and_cannot_see()
    {
        var kinds = (await Client.FindingKindsAsync(Cancel)).Items;

        Assert.Equal(FindingKinds.All.Select(kind => kind.Id), kinds.Select(kind => kind.Id));
        Assert.All(
            kinds,
            kind =>
            {
                Assert.NotEmpty(kind.Meaning);
                Assert.NotEmpty(kind.CannotSee);
                Assert.NotEmpty(kind.Needs);
                Assert.True(kind.RuleVersion > 0);
            }
        );
        Assert.Empty(kinds.Single(kind => kind.Id == FindingKinds.Stalkerware.Id).ForUser);
    }

    [Fact]
    public async Task The_UEM_itself_is_judged_by_its_version_and_its_administrators()
    {
        var report = await Client.UemFindingsAsync(fleet.Scene.Integration, Cancel);

        Assert.Equal("25.11.6.68", report.Version);
        Assert.Contains(report.Checked, line => line.Contains("CVE-2021-22054", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Findings, finding => finding.Kind == UemFindingKinds.Exploited.Id);
        var unused = Assert.Single(report.Findings, finding => finding.Kind == UemFindingKinds.Unused.Id);
        Assert.NotEmpty(unused.Evidence.Facts["administrators"]);

        var old = await OfVersionAsync("21.5.0.36");
        var exploited = Assert.Single(old.Findings, finding => finding.Kind == UemFindingKinds.Exploited.Id);
        Assert.Equal((Level.Critical, "kev"), (exploited.Level, exploited.Evidence.Feed));
        Assert.Equal(new DateOnly(2026, 3, 23), exploited.Due);
        Assert.Equal(old.Findings.Count, Assert.Single((await LaterOverviewAsync()).Integrations).UemFindings);
    }

    private async Task<UemReport> OfVersionAsync(string version)
    {
        await using var db = fleet.Scene.Picket.OpenDatabase();
        await db.Integrations.ExecuteUpdateAsync(set => set.SetProperty(row => row.UemVersion, version), Cancel);
        return await Client.UemFindingsAsync(fleet.Scene.Integration, Cancel);
    }

    /// <summary>An overview is good for a second.</summary>
    private async Task<OverviewView> LaterOverviewAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, Cancel);
        return await Client.OverviewAsync(Cancel);
    }
}
