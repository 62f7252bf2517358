using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.Risk;

namespace Picket.Server.Tests.Intelligence;

/// <summary>What people of the organization call bad counts at once, for whom it concerns, and ends by itself.</summary>
public abstract class OwnIndicatorStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_at_once_for_whom_it_concerns_until_it_is_removed()
    {
        var fleet = await SeededFleet.OfAsync(picket, "typed");
        var holder = await fleet.AddAsync(null, "com.example.typed");
        var other = await fleet.AddAsync(null, "com.example.mail");
        await fleet.JudgedAsync();
        var before = (await fleet.DeviceAsync(other)).JudgedAt;

        // The first of a platform's apps would concern all its devices.
        var added = await AddAsync("app-id", "com.example.typed", Level.Medium, "android");
        await fleet.RestedAsync();

        Assert.Equal((1, true, "malware"), (added.Hits, added.Testable, added.Category));
        var finding = Assert.Single(await fleet.FindingsAsync(holder));
        Assert.Equal(("app.malicious", Level.Medium), (finding.Kind, finding.Level));
        Assert.Equal(("own indicators", "High"), (finding.Evidence.Feed, finding.Evidence.Facts["confidence"]));
        Assert.Contains("Case 7", finding.Evidence.Facts["advice"]);
        Assert.Equal(before, (await fleet.DeviceAsync(other)).JudgedAt);

        var wish = new SaveOwnIndicator(added.Kind, added.Value, Level.Critical, "Case 8", "Ada");
        var changed = await picket.Client.ChangeOwnIndicatorAsync(added.Id, wish, Cancellation);
        await fleet.RestedAsync();
        Assert.Equal((Level.Critical, "Case 8"), (changed.Severity, changed.Reason));
        Assert.Equal(Level.Critical, Assert.Single(await fleet.FindingsAsync(holder)).Level);

        await picket.Client.RemoveOwnIndicatorAsync(added.Id, Cancellation);
        await fleet.RestedAsync();
        Assert.Empty(await fleet.FindingsAsync(holder));
        Assert.Equal(
            ["indicator.removed", "indicator.changed", "indicator.added"],
            (await picket.Client.Audit(new AuditFilter { Subject = $"{added.Id}" }).ToListAsync(Cancellation)).Select(
                entry => entry.Action
            )
        );
        var gone = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.OwnIndicatorAsync(added.Id, Cancellation)
        );
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
    }

    [Theory]
    [InlineData("os-version", "11.0..11.9", "android", "os.listed")]
    [InlineData("patch-level", "<2001-01-01", null, "os.listed")]
    [InlineData("device-model", "Example Relic 9", null, "device.model-listed")]
    public async Task Finds_versions_patch_levels_and_models_and_leads_to_their_devices(
        string kind,
        string value,
        string? platform,
        string finding
    )
    {
        var fleet = await SeededFleet.OfAsync(picket, kind);
        var old = await fleet.AddAsync(device =>
        {
            device.OsVersion = kind == "os-version" ? "11.4" : "16";
            device.SecurityPatchDate = kind == "patch-level" ? new DateOnly(2000, 5, 5) : device.SecurityPatchDate;
            device.Model = kind == "device-model" ? "Example Relic 9" : "Example Phone";
        });
        var other = await fleet.AddAsync();
        await fleet.JudgedAsync();
        var before = (await fleet.DeviceAsync(other)).JudgedAt;

        var added = await AddAsync(kind, value, Level.High, platform);
        await fleet.RestedAsync();

        Assert.Equal(1, added.Hits);
        var found = (await fleet.FindingsAsync(old)).Single(each => each.Kind == finding);
        Assert.Equal(Level.High, found.Level);
        Assert.Equal(before, (await fleet.DeviceAsync(other)).JudgedAt);
        var matched = new DeviceFilter { Feed = OwnIndicatorKinds.FeedId, FeedEntry = added.Value };
        Assert.Equal(old, Assert.Single(await picket.Client.Devices(matched).ToListAsync(Cancellation)).Id);
        var listed = await picket.Client.OwnIndicators().ToListAsync(Cancellation);
        Assert.Equal(1, listed.Single(each => each.Id == added.Id).Hits);
    }

    [Fact]
    public async Task Ends_by_itself_and_counts_again_with_a_new_end()
    {
        var fleet = await SeededFleet.OfAsync(picket, "ending");
        var holder = await fleet.AddAsync(null, "com.example.ending");
        var added = await AddAsync("app-id", "com.example.ending", Level.High);
        await fleet.JudgedAsync();
        Assert.Single(await fleet.FindingsAsync(holder));

        await using (var db = picket.OpenDatabase())
        {
            var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            await db
                .OwnIndicators.Where(row => row.Id == added.Id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.ExpiresAt, past).SetProperty(row => row.Revision, Guid.NewGuid()),
                    Cancellation
                );
        }

        while (!(await picket.Client.OwnIndicatorAsync(added.Id, Cancellation)).Ended)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancellation);
        }

        await fleet.RestedAsync();
        Assert.Empty(await fleet.FindingsAsync(holder));
        var soon = new SaveOwnIndicator(added.Kind, added.Value, Level.High, "Case 7", "Ada")
        {
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(3),
        };
        await picket.Client.ChangeOwnIndicatorAsync(added.Id, soon, Cancellation);
        await fleet.RestedAsync();
        Assert.Single(await fleet.FindingsAsync(holder));
        var overview = await picket.Client.OverviewAsync(Cancellation);
        Assert.Contains(
            overview.Warnings,
            warning =>
                warning.Contains("end", StringComparison.Ordinal)
                && warning.Contains("own indicator", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Says_of_each_field_what_is_wrong_and_keeps_what_it_cannot_test()
    {
        var wrong = await RefusedAsync(new SaveOwnIndicator("riddle", "", Level.Secure, "", new string('a', 101)));
        Assert.Equal(["kind", "owner", "reason", "severity"], wrong.Errors!.Keys.Order());
        Assert.Contains("app-id", wrong.Errors["kind"][0]);
        Assert.Contains("needs a platform", (await RefusedAsync(Wish("os-version", "<17"))).Detail);
        Assert.Contains("matches any app", (await RefusedAsync(Wish("app-pattern", ".*"))).Detail);
        var late = Wish("app-id", "com.example.late") with { ExpiresAt = DateTimeOffset.UnixEpoch };
        Assert.Equal(["expiresAt"], (await RefusedAsync(late)).Errors!.Keys);

        var kept = await AddAsync("domain", "bad.example", Level.High);
        Assert.Equal((false, 0), (kept.Testable, kept.Hits));
        Assert.Contains("already", (await RefusedAsync(Wish("domain", "bad.example"))).Detail);
    }

    [Fact]
    public async Task Imports_osv_records_and_csv_by_their_content()
    {
        const string Osv = """
            {"id":"ASB-A-1","aliases":["CVE-2026-0001"],"affected":[{"ranges":[
             {"events":[{"introduced":"13:0"},{"fixed":"13:2026-03-05"}]}]}]}
            """;

        var bulletins = await ImportAsync("bulletins", Osv);
        var list = await ImportAsync("list", "kind;value\napp-id;com.example.listed\nurl;https://a.example/\n");

        Assert.Equal((FeedFormats.OsvAndroid, 1), (bulletins.Format, bulletins.Version.Counts["fixes"]));
        Assert.Equal("AndroidFix", Assert.Single(await EntriesAsync(bulletins)).Kind);
        Assert.Equal((FeedFormats.Csv, 1), (list.Format, list.Version.Counts["testable"]));
        Assert.Equal([true, false], (await EntriesAsync(list)).Select(entry => entry.Testable));
        var refused = await Assert.ThrowsAsync<PicketApiException>(() => ImportAsync("list", "kind;value\nx;y\n"));
        Assert.Equal((2, 1), (refused.Problem.FeedErrors![0].Line, refused.Problem.FeedErrors[0].Column));
        await picket.Client.RemoveFeedAsync(bulletins.Id, Cancellation);
        await picket.Client.RemoveFeedAsync(list.Id, Cancellation);
    }

    private static SaveOwnIndicator Wish(string kind, string value) => new(kind, value, Level.High, "Case 7", "Ada");

    private Task<OwnIndicatorView> AddAsync(string kind, string value, Level severity, string? platform = null) =>
        picket.Client.AddOwnIndicatorAsync(
            Wish(kind, value) with
            {
                Severity = severity,
                Platform = platform,
            },
            Cancellation
        );

    private async Task<Problem> RefusedAsync(SaveOwnIndicator wish)
    {
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.AddOwnIndicatorAsync(wish, Cancellation)
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        return refused.Problem;
    }

    private Task<FeedView> ImportAsync(string name, string text) =>
        picket.Client.ImportFeedAsync(
            name,
            new MemoryStream(Encoding.UTF8.GetBytes(text)),
            cancellationToken: Cancellation
        );

    private async Task<IReadOnlyList<IndicatorView>> EntriesAsync(FeedView feed) =>
        (await picket.Client.FeedIndicators(feed.Id).PageAsync(Cancellation)).Items;
}

public sealed class OwnIndicatorTests(PicketOnSqlite running)
    : OwnIndicatorStories(running),
        IClassFixture<PicketOnSqlite>;

public sealed class OwnIndicatorPostgresTests(PicketOnPostgres running)
    : OwnIndicatorStories(running),
        IClassFixture<PicketOnPostgres>;
