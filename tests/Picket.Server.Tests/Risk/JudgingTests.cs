using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Risk;

namespace Picket.Server.Tests.Risk;

public sealed class JudgingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_what_is_wrong_with_a_device_and_why()
    {
        await using var picket = await PicketApplication.StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(device => (device.Compromised, device.Encrypted) = (true, false));

        await fleet.JudgedAsync();

        Assert.Equal(RiskLevel.Critical, (await fleet.DeviceAsync(phone)).Level);
        var findings = await fleet.FindingsAsync(phone);
        Assert.Equal(
            ["device.compromised", "device.not-encrypted"],
            findings.Select(finding => finding.Kind).Order(StringComparer.Ordinal)
        );
        var worst = findings.Single(finding => finding.Level == Level.Critical);
        Assert.Equal("Phone 1", worst.DeviceName);
        Assert.Equal("True", worst.Evidence.Facts["compromised"]);
        Assert.Null(worst.EndedAt);
    }

    [Fact]
    public async Task Calls_a_device_unknown_and_names_the_facts_it_lacks()
    {
        await using var picket = await PicketApplication.StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(device => device.AppsState = DetailState.NotRead);

        await fleet.JudgedAsync();

        var judged = await fleet.DeviceAsync(phone);
        Assert.Equal(RiskLevel.Unknown, judged.Level);
        Assert.NotNull(judged.JudgedAt);
        var apps = FindingJson.ReadUnknowns(judged.Unknowns).Single(unknown => unknown.Fact == "Apps");
        Assert.True(apps is { Cause: "NeverCollected", Required: true });
    }

    [Fact]
    public async Task Keeps_a_finding_while_its_fact_is_missing_and_ends_it_when_refuted()
    {
        await using var picket = await PicketApplication.StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(device => device.Compromised = true);
        await fleet.JudgedAsync();
        var first = Assert.Single(await fleet.FindingsAsync(phone));

        await fleet.ChangeAsync(phone, device => device.Compromised = null);
        await fleet.JudgedAsync();

        var held = Assert.Single(await fleet.FindingsAsync(phone));
        Assert.Equal((first.Id, first.LastTrueAt), (held.Id, held.LastTrueAt));
        Assert.Contains("held", held.Evidence.Facts.Keys);
        Assert.Equal(RiskLevel.Critical, (await fleet.DeviceAsync(phone)).Level);

        await fleet.ChangeAsync(phone, device => device.Compromised = false);
        await fleet.JudgedAsync();

        Assert.Empty(await fleet.FindingsAsync(phone));
        await using var db = picket.OpenDatabase();
        Assert.NotNull((await db.Findings.SingleAsync(Cancellation)).ClearedAt);
    }

    [Fact]
    public async Task Opens_a_finding_again_that_had_ended()
    {
        await using var picket = await PicketApplication.StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(device => device.Compromised = true);
        foreach (var compromised in new[] { true, false, true })
        {
            await fleet.ChangeAsync(phone, device => device.Compromised = compromised);
            await fleet.JudgedAsync();
        }

        Assert.Null(Assert.Single(await fleet.FindingsAsync(phone)).EndedAt);
    }

    [Fact]
    public async Task Filters_findings_and_leaves_out_devices_that_are_gone()
    {
        await using var picket = await PicketApplication.StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var bad = await fleet.AddAsync(device => device.Compromised = true);
        var gone = await fleet.AddAsync(device => device.Compromised = true);
        await fleet.AddAsync(device => device.ComplianceStatus = "NonCompliant");
        await fleet.JudgedAsync();
        await fleet.ChangeAsync(gone, device => device.GoneAt = TimeProvider.System.GetUtcNow());

        var critical = await picket.Client.Findings(new FindingFilter(Level: Level.Critical)).PageAsync(Cancellation);
        var page = await picket.Client.Findings(new FindingFilter(Limit: 1)).PageAsync(Cancellation);

        Assert.Equal(bad, Assert.Single(critical.Items).DeviceId);
        var rest = await picket.Client.Findings(new FindingFilter(Limit: 1, Cursor: page.Next)).PageAsync(Cancellation);
        Assert.NotEqual(page.Items.Single().Id, rest.Items.Single().Id);
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Judges_more_devices_than_one_batch_holds()
    {
        await using var picket = await PicketApplication.StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var first = await fleet.AddAsync();
        await using (var db = picket.OpenDatabase())
        {
            var like = await fleet.DeviceAsync(first);
            for (var number = 2; number <= 2100; number++)
            {
                db.Devices.Add(
                    new DeviceRow
                    {
                        Id = Guid.CreateVersion7(),
                        IntegrationId = like.IntegrationId,
                        RemoteId = number,
                        Platform = "Android",
                        EnrollmentStatus = "Enrolled",
                        Compromised = true,
                        Hash = [],
                    }
                );
            }

            await db.SaveChangesAsync(Cancellation);
        }

        await fleet.JudgedAsync();

        await using var after = picket.OpenDatabase();
        Assert.Equal(2099, await after.Devices.CountAsync(row => row.Level == RiskLevel.Critical, Cancellation));
    }
}
