using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Tests.Storage;

namespace Picket.Server.Tests.Risk;

public abstract class JudgingStories(DatabaseKind kind, TestPostgres postgres) : DatabaseStories(kind, postgres)
{
    [Fact]
    public async Task Ends_the_findings_of_a_device_that_leaves_the_fleet()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(device => device.Compromised = true);
        await fleet.JudgedAsync();

        await fleet.LoseAsync(phone);

        Assert.Empty(await fleet.FindingsAsync(phone));
        Assert.Equal(FindingEnd.DeviceLeft, Assert.Single(await fleet.EndedAsync(phone)).EndReason);

        await fleet.ChangeAsync(phone, device => device.GoneAt = null);
        await fleet.JudgedAsync();

        Assert.Single(await fleet.FindingsAsync(phone));
        Assert.Single(await fleet.EndedAsync(phone));
    }

    [Fact]
    public async Task Tells_in_the_history_from_which_level_to_which_a_device_went_and_why()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync();
        await fleet.JudgedAsync();
        await fleet.ChangeAsync(phone, device => (device.Compromised, device.Encrypted) = (true, false));
        await fleet.JudgedAsync();

        var history = (await picket.Client.DeviceHistory(phone).PageAsync(Cancellation)).Items;

        var verdicts = history.Where(entry => entry.Kind == "Verdict").ToList();
        Assert.All(verdicts, entry => Assert.Equal("level", entry.Name));
        Assert.Equal(["Secure", null], verdicts.Select(entry => entry.Before));
        Assert.Equal(
            ["Critical (device.compromised, device.not-encrypted)", "Secure"],
            verdicts.Select(entry => entry.After)
        );
        Assert.Equal(
            [("Device is compromised", "Critical"), ("Storage is not encrypted", "High")],
            history.Where(entry => entry.Kind == "Finding").Select(entry => (entry.Name, entry.After)).Order()
        );
    }

    [Fact]
    public async Task Filters_findings_page_by_page()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var bad = await fleet.AddAsync(device => device.Compromised = true);
        await fleet.AddAsync(device => device.ComplianceStatus = "NonCompliant");
        await fleet.JudgedAsync();

        var critical = await picket
            .Client.Findings(new FindingFilter { Level = Level.Critical })
            .PageAsync(Cancellation);
        var kind = await picket
            .Client.Findings(new FindingFilter { Kind = "device.not-compliant" })
            .PageAsync(Cancellation);
        var page = await picket.Client.Findings(new FindingFilter { Limit = 1 }).PageAsync(Cancellation);

        Assert.Equal(bad, Assert.Single(critical.Items).DeviceId);
        Assert.NotEqual(bad, Assert.Single(kind.Items).DeviceId);
        var rest = await picket
            .Client.Findings(new FindingFilter { Limit = 1, Cursor = page.Next })
            .PageAsync(Cancellation);
        Assert.NotEqual(page.Items.Single().Id, rest.Items.Single().Id);
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Judges_more_devices_than_one_batch_holds()
    {
        await using var picket = await StartAsync();
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

public sealed class JudgingTests(TestPostgres postgres) : JudgingStories(DatabaseKind.Sqlite, postgres)
{
    [Fact]
    public async Task Says_what_is_wrong_with_a_device_and_why()
    {
        await using var picket = await StartAsync();
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
        await using var picket = await StartAsync();
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
        await using var picket = await StartAsync();
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
    public async Task Keeps_a_finding_that_ended_as_history_when_it_returns()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(device => device.Compromised = true);
        foreach (var compromised in new[] { true, false, true })
        {
            await fleet.ChangeAsync(phone, device => device.Compromised = compromised);
            await fleet.JudgedAsync();
        }

        var before = Assert.Single(await fleet.EndedAsync(phone));
        var now = Assert.Single(await fleet.FindingsAsync(phone));
        Assert.Equal((FindingEnd.Refuted, "device.compromised"), (before.EndReason!.Value, before.Kind));
        Assert.True(before.EndedAt >= before.FirstTrueAt);
        Assert.NotEqual(before.Id, now.Id);
        Assert.True(now.FirstTrueAt >= before.EndedAt);
        Assert.Null(now.EndedAt);
        Assert.Equal("Device is compromised", now.KindTitle);
    }

    [Fact]
    public async Task Judges_the_others_when_one_device_cannot_be_judged()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var (poisoned, clean) = (await fleet.AddAsync(device => device.Compromised = true), await fleet.AddAsync());
        await fleet.JudgedAsync();
        await using (var db = picket.OpenDatabase())
        {
            await db.Findings.ExecuteUpdateAsync(set => set.SetProperty(row => row.Detail, "not JSON"), Cancellation);
        }

        await fleet.ChangeAsync(poisoned, device => device.Compromised = false);
        await fleet.ChangeAsync(clean, device => device.Compromised = true);
        await fleet.JudgedAsync();

        Assert.Equal(RiskLevel.Critical, (await fleet.DeviceAsync(clean)).Level);
        var device = await fleet.DeviceAsync(poisoned);
        Assert.Equal(RiskLevel.Critical, device.Level);
        Assert.Equal("JudgingFailed", Assert.Single(FindingJson.ReadUnknowns(device.Unknowns)).Cause);
        Assert.Contains(poisoned.ToString(), picket.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judges_all_devices_again_each_day()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var picket = await StartAsync(new PicketApplicationOptions { Time = clock });
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync();
        await fleet.JudgedAsync();
        var first = (await fleet.DeviceAsync(phone)).JudgedAt;

        // The worker looks at ages now and then; whenever it waits, some time passes.
        while ((await fleet.DeviceAsync(phone)).JudgedAt == first)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        var again = (await fleet.DeviceAsync(phone)).JudgedAt;
        Assert.True(again - first >= TimeSpan.FromDays(1), $"{again - first}");
    }

    [Fact]
    public async Task Lists_the_kinds_that_can_be_asked_for()
    {
        await using var picket = await StartAsync();

        var kinds = await picket.Client.FindingKindsAsync(Cancellation);

        Assert.Contains(kinds.Items, kind => kind is { Id: "os.patch-old", Title: "Security patch level is old" });
        Assert.All(kinds.Items, kind => Assert.NotEmpty(kind.Title));
        foreach (var kind in kinds.Items)
        {
            await picket.Client.Findings(new FindingFilter { Kind = kind.Id }).PageAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Refuses_a_kind_that_does_not_exist_and_names_those_that_do()
    {
        await using var picket = await StartAsync();

        var refusal = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.Findings(new FindingFilter { Kind = "Compromised" }).PageAsync(Cancellation)
        );

        Assert.Equal(HttpStatusCode.BadRequest, refusal.Status);
        var answer = await picket.Http.GetStringAsync(Routes.Findings + "?kind=device.compromised", Cancellation);
        Assert.Contains("[]", answer, StringComparison.Ordinal);
        var text = await (
            await picket.Http.GetAsync(Routes.Findings + "?kind=x", Cancellation)
        ).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("device.compromised", text, StringComparison.Ordinal);
    }

    /// <summary>On SQLite only: PostgreSQL lets no row in that cannot be read again.</summary>
    [Fact]
    public async Task Judges_other_integrations_when_the_devices_of_one_cannot_be_read()
    {
        await using var picket = await StartAsync();
        var (broken, whole) = (await SeededFleet.OfAsync(picket, "Broken"), await SeededFleet.OfAsync(picket, "Whole"));
        await broken.AddAsync(device => device.Compromised = true, "com.example.mail");
        await using (var db = picket.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync("UPDATE device_apps SET \"AppId\" = 'no id'", Cancellation);
        }

        var phone = await whole.AddAsync(device => device.Compromised = true);
        picket.Service<JudgingSignal>().Raise(broken.Integration);
        while ((await whole.DeviceAsync(phone)).JudgingDue)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, Cancellation);
        }

        Assert.Equal(RiskLevel.Critical, (await whole.DeviceAsync(phone)).Level);
        Assert.Contains(
            $"integration {broken.Integration} cannot be judged",
            picket.Logs.All,
            StringComparison.Ordinal
        );
    }
}

public sealed class JudgingPostgresTests(TestPostgres postgres) : JudgingStories(DatabaseKind.Postgres, postgres);
