using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Inventory;

namespace Picket.Server.Tests.Intelligence;

public abstract class FeedImportStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> SampleFiles =>
        new()
        {
            { "stalkerware.yaml", FeedFormats.StalkerwareIndicators },
            { "watchware.yaml", FeedFormats.StalkerwareIndicators },
            { "fakebank.stix2", FeedFormats.Stix21 },
            { "ios-sofa.json", FeedFormats.SofaIos },
            { "ios.json", FeedFormats.EndOfLifeReleases },
            { "ipados.json", FeedFormats.EndOfLifeReleases },
            { "android.md", FeedFormats.EndOfLifeProduct },
            { "ios.md", FeedFormats.EndOfLifeProduct },
            { "ipados.md", FeedFormats.EndOfLifeProduct },
            { "pixel.md", FeedFormats.EndOfLifeProduct },
            { "samsung.md", FeedFormats.EndOfLifeProduct },
            { "kev.json", FeedFormats.CisaKev },
        };

    [Theory]
    [MemberData(nameof(SampleFiles))]
    public async Task Imports_a_sample_feed_by_its_name_alone(string file, string format)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(FeedFiles.Samples, file), Cancellation);
        var name = Path.GetFileNameWithoutExtension(file);

        var feed = await picket.Client.ImportFeedAsync(name, new MemoryStream(bytes), cancellationToken: Cancellation);

        Assert.Equal((name, format), (feed.Name, feed.Format));
        Assert.True(feed.Version.InForce);
        Assert.True(feed.Version.Counts["entries"] > 0);
        Assert.True(feed.Version.Added > 0);
        var indicators = await picket.Client.FeedIndicators(feed.Id).PageAsync(Cancellation);
        Assert.NotEmpty(indicators.Items);
    }

    [Fact]
    public async Task Remembers_of_a_feed_that_its_last_import_failed_until_one_goes_well()
    {
        var name = $"often-{Guid.NewGuid():N}";
        var good = FeedFiles.Stalkerware($"com.example.{name}");
        var feed = await picket.Client.ImportFeedAsync(name, good, cancellationToken: Cancellation);
        Assert.Null(feed.LastFailure);

        await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.ImportFeedAsync(
                name,
                new MemoryStream(Encoding.UTF8.GetBytes("not: [a feed")),
                cancellationToken: Cancellation
            )
        );

        var failed = await picket.Client.FeedAsync(feed.Id, Cancellation);
        Assert.Contains("line", failed.LastFailure?.Reason, StringComparison.Ordinal);
        Assert.Equal(feed.Version.Id, failed.Version.Id);

        await picket.Client.ImportFeedAsync(
            name,
            FeedFiles.Stalkerware($"com.example.{name}"),
            cancellationToken: Cancellation
        );
        Assert.Null((await picket.Client.FeedAsync(feed.Id, Cancellation)).LastFailure);
    }

    [Fact]
    public async Task Names_the_licence_that_came_with_the_file()
    {
        var answer = await picket.Http.PostAsync(
            Routes.Feeds + "?name=own&licence=CC0-1.0&attribution=Our%20own%20list",
            new StreamContent(FeedFiles.Stalkerware("com.example.own")),
            Cancellation
        );

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var feed = await answer.Content.ReadFromJsonAsync(PicketApiJson.Default.FeedView, Cancellation);
        Assert.Equal(("CC0-1.0", "Our own list"), (feed!.Version.Licence, feed.Version.Attribution));
    }

    [Fact]
    public async Task Refuses_a_broken_file_with_its_line_and_keeps_the_old_version_in_force()
    {
        var good = await picket.Client.ImportFeedAsync(
            "broken",
            FeedFiles.Stalkerware("com.example.one"),
            cancellationToken: Cancellation
        );
        var broken = "- name: Example Tracker\n  type: stalkerware\n  packages: [\n"u8.ToArray();

        var refusal = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.ImportFeedAsync("broken", new MemoryStream(broken), cancellationToken: Cancellation)
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refusal.Status);
        var error = refusal.Problem.FeedErrors![0];
        Assert.True(error.Line >= 3, $"line {error.Line}");
        Assert.NotEmpty(error.Message);
        Assert.Equal(good.Version.Sha256, (await picket.Client.FeedAsync(good.Id, Cancellation)).Version.Sha256);
    }

    [Fact]
    public async Task Makes_no_new_version_of_the_same_file()
    {
        var first = await picket.Client.ImportFeedAsync(
            "same",
            FeedFiles.Stalkerware("com.example.same"),
            cancellationToken: Cancellation
        );
        var again = await picket.Client.ImportFeedAsync(
            "same",
            FeedFiles.Stalkerware("com.example.same"),
            cancellationToken: Cancellation
        );

        Assert.Equal(first.Version.Id, again.Version.Id);
        Assert.Single((await picket.Client.FeedVersions(first.Id).PageAsync(Cancellation)).Items);
    }

    [Fact]
    public async Task Counts_what_a_version_added_and_removed_and_goes_back_to_the_one_before()
    {
        var first = await picket.Client.ImportFeedAsync(
            "versions",
            FeedFiles.Stalkerware("com.example.a", "com.example.b"),
            cancellationToken: Cancellation
        );
        var second = await picket.Client.ImportFeedAsync(
            "versions",
            FeedFiles.Stalkerware("com.example.b", "com.example.c", "com.example.d"),
            cancellationToken: Cancellation
        );
        Assert.Equal((2, 1), (second.Version.Added, second.Version.Removed));
        Assert.Equal(["com.example.a", "com.example.b"], await EntriesAsync(first, first.Version, FeedChange.Added));
        Assert.Equal(["com.example.c", "com.example.d"], await EntriesAsync(first, second.Version, FeedChange.Added));
        Assert.Equal(["com.example.a"], await EntriesAsync(first, second.Version, FeedChange.Removed));
        Assert.Empty(await EntriesAsync(first, first.Version, FeedChange.Removed));
        Assert.Equal(["com.example.a", "com.example.b"], await EntriesAsync(first, first.Version, null));

        var back = await picket.Client.RollbackFeedAsync(first.Id, Cancellation);

        Assert.Equal(first.Version.Id, back.Version.Id);
        var versions = (await picket.Client.FeedVersions(first.Id).PageAsync(Cancellation)).Items;
        Assert.Equal([second.Version.Id, first.Version.Id], versions.Select(version => version.Id));
        Assert.Equal([false, true], versions.Select(version => version.InForce));
        var refusal = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.RollbackFeedAsync(first.Id, Cancellation)
        );
        Assert.Equal(HttpStatusCode.Conflict, refusal.Status);
    }

    private async Task<IEnumerable<string>> EntriesAsync(FeedView feed, FeedVersion version, FeedChange? change)
    {
        var filter = new IndicatorFilter
        {
            Version = version.Id,
            Change = change,
            Limit = 1,
        };
        var entries = await picket.Client.FeedIndicators(feed.Id, filter).ToListAsync(Cancellation);
        return entries.Where(entry => entry.Kind == "AppId").Select(entry => entry.Value).Order();
    }

    [Fact]
    public async Task Goes_back_to_what_was_in_force_before_also_when_an_old_file_came_again()
    {
        var first = await ImportAsync("order", "com.example.a");
        var second = await ImportAsync("order", "com.example.b");
        var again = await ImportAsync("order", "com.example.a");
        Assert.NotEqual(first.Version.Id, again.Version.Id);
        Assert.Equal((first.Version.Sha256, 1, 1), (again.Version.Sha256, again.Version.Added, again.Version.Removed));
        Assert.Equal((null, first.Version.Id), (first.VersionBefore, second.VersionBefore!.Value));
        Assert.Equal(second.Version.Id, again.VersionBefore);

        Assert.Equal(second.Version.Id, (await picket.Client.RollbackFeedAsync(first.Id, Cancellation)).Version.Id);
        var last = await picket.Client.RollbackFeedAsync(first.Id, Cancellation);
        Assert.Equal((first.Version.Id, null), (last.Version.Id, last.VersionBefore));
        var refusal = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.RollbackFeedAsync(first.Id, Cancellation)
        );
        Assert.Equal(HttpStatusCode.Conflict, refusal.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refuses_a_file_beyond_32_MiB_and_keeps_the_old_version_in_force(bool chunked)
    {
        var name = $"large-{chunked}";
        var good = await ImportAsync(name, "com.example.small");
        using var large = new HttpRequestMessage(HttpMethod.Post, $"{Routes.Feeds}?name={name}")
        {
            Content = new ByteArrayContent(new byte[33 * 1024 * 1024]),
        };
        large.Headers.TransferEncodingChunked = chunked;

        var answer = await picket.Http.SendAsync(large, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var feed = await picket.Client.FeedAsync(good.Id, Cancellation);
        Assert.Equal(good.Version.Id, feed.Version.Id);
        Assert.Single((await picket.Client.FeedVersions(good.Id).PageAsync(Cancellation)).Items);
    }

    [Fact]
    public async Task Takes_a_file_that_comes_in_chunks()
    {
        using var upload = new HttpRequestMessage(HttpMethod.Post, $"{Routes.Feeds}?name=chunks")
        {
            Content = new StreamContent(FeedFiles.Stalkerware("com.example.chunk")),
        };
        upload.Headers.TransferEncodingChunked = true;

        var answer = await picket.Http.SendAsync(upload, Cancellation);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Says_of_certificates_and_profiles_that_they_are_not_tested_yet()
    {
        await using var file = File.OpenRead(Path.Combine(FeedFiles.Samples, "fakebank.stix2"));
        var feed = await picket.Client.ImportFeedAsync("not-tested", file, cancellationToken: Cancellation);

        Assert.Equal((2, 1), (feed.Version.Counts["testable"], feed.Version.Counts["notTestableYet"]));
        var indicators = (await picket.Client.FeedIndicators(feed.Id).PageAsync(Cancellation)).Items;
        Assert.Equal(2, indicators.Count(indicator => indicator.Testable is true));
        Assert.False(indicators.Single(indicator => indicator.Kind == "ProfileId").Testable);
    }

    [Fact]
    public async Task Lets_nobody_change_feeds_who_may_only_read_and_writes_down_who_did()
    {
        using var reader = await picket.NewHttpAsync(TokenScope.Read);
        var body = new StringContent("- name: X", Encoding.UTF8);
        var refused = await reader.PostAsync(Routes.Feeds + "?name=mine", body, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        var feed = await picket.Client.ImportFeedAsync(
            "audited",
            FeedFiles.Stalkerware("com.example.audited"),
            cancellationToken: Cancellation
        );
        await picket.Client.RemoveFeedAsync(feed.Id, Cancellation);

        await using var db = picket.OpenDatabase();
        var subject = feed.Id.ToString();
        var entries = await db.Audit.Where(entry => entry.Subject == subject).ToListAsync(Cancellation);
        Assert.Equal(
            ["feed.imported", "feed.removed"],
            entries.OrderBy(entry => entry.Id).Select(entry => entry.Action)
        );
        Assert.All(entries, entry => Assert.StartsWith("token:", entry.Actor));
        Assert.False(await db.FeedVersions.AnyAsync(version => version.FeedId == feed.Id, Cancellation));
    }

    private Task<FeedView> ImportAsync(string name, string package) =>
        picket.Client.ImportFeedAsync(name, FeedFiles.Stalkerware(package), cancellationToken: Cancellation);
}

public sealed class FeedImportTests(PicketOnSqlite running) : FeedImportStories(running), IClassFixture<PicketOnSqlite>;

public sealed class FeedImportPostgresTests(PicketOnPostgres running)
    : FeedImportStories(running),
        IClassFixture<PicketOnPostgres>;
