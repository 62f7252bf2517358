using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Picket.Api;

namespace Picket.Server.Tests.Intelligence;

/// <summary>A feed that comes by itself: from an address, or from the server's folder of feeds.</summary>
public sealed class FeedSourceTests(FollowingPicket following) : IClassFixture<FollowingPicket>
{
    private readonly PicketApplication picket = following.Picket;
    private readonly FeedServer publisher = following.Publisher;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_the_first_file_asks_whether_it_changed_and_takes_the_next()
    {
        var address = publisher.Publish("ioc.yaml", Tracker("com.example.one"));
        var source = await following.FollowAsync("from-address", address);
        Assert.Equal(FeedSourceOutcome.Imported, source.Outcome);
        var first = await following.FeedAsync(source);
        Assert.Equal(("from-address", FeedFormats.StalkerwareIndicators), (first.Name, first.Format));
        Assert.Equal(source.Id, first.Source?.Id);
        Assert.Equal(1440, source.IntervalMinutes);

        var again = await following.CheckAsync(source);
        Assert.Equal((FeedSourceOutcome.Unchanged, null), (again.Outcome, again.Failure));
        var asked = publisher.Requests.Where(request => request.Path == "/ioc.yaml").ToList();
        Assert.Equal(2, asked.Count);
        Assert.Equal("", asked[0].IfNoneMatch);
        Assert.NotEmpty(asked[1].IfNoneMatch);

        publisher.Publish("ioc.yaml", Tracker("com.example.one", "com.example.two"));
        var changed = await following.CheckAsync(source);
        Assert.Equal(FeedSourceOutcome.Imported, changed.Outcome);
        var second = await following.FeedAsync(source);
        Assert.Equal((1, 0), (second.Version.Added, second.Version.Removed));
        Assert.Equal(first.Version.Id, second.VersionBefore);
        await using var db = picket.OpenDatabase();
        var subject = $"{second.Id}";
        var entries = await db.Audit.Where(row => row.Subject == subject).ToListAsync(Cancellation);
        Assert.All(entries, entry => Assert.Equal(("picket", "feed.imported"), (entry.Actor, entry.Action)));
    }

    [Fact]
    public async Task Knows_a_file_by_its_date_where_the_publisher_gives_no_tag()
    {
        var modified = new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
        var address = publisher.At(
            "dated.yaml",
            async http =>
            {
                http.Response.Headers.LastModified = modified.ToString("R", CultureInfo.InvariantCulture);
                if (http.Request.Headers.IfModifiedSince.Count > 0)
                {
                    http.Response.StatusCode = 304;
                    return;
                }

                await http.Response.Body.WriteAsync(Tracker("com.example.dated"));
            }
        );
        var source = await following.FollowAsync("dated", address);

        var again = await following.CheckAsync(source);

        Assert.Equal(FeedSourceOutcome.Unchanged, again.Outcome);
        Assert.Equal(
            modified.ToString("R", CultureInfo.InvariantCulture),
            publisher.Requests.Last(request => request.Path == "/dated.yaml").IfModifiedSince
        );
    }

    [Fact]
    public async Task Keeps_no_private_key_that_came_along_with_an_authority()
    {
        using var key = ECDsa.Create();
        var draft = new FeedSourceDraft
        {
            Name = "with-a-key",
            Address = publisher.Publish("key.yaml", Tracker("com.example.key")),
            CaCertificatePem = $"{publisher.CaPem}\n{key.ExportPkcs8PrivateKeyPem()}",
        };

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.FollowFeedAsync(draft, Cancellation)
        );

        Assert.Contains("private key", Assert.Single(refused.Problem.Errors!["caCertificatePem"]));
    }

    [Fact]
    public async Task Follows_a_redirect_to_where_the_file_is()
    {
        publisher.Publish("moved/there.yaml", Tracker("com.example.moved"));
        var address = publisher.At("here.yaml", Redirect("/moved/there.yaml"));

        var source = await following.FollowAsync("moved", address);

        Assert.Equal((FeedSourceOutcome.Imported, null), (source.Outcome, source.Failure));
    }

    [Fact]
    public async Task Keeps_what_is_in_force_when_the_file_cannot_be_read_and_tries_again_soon()
    {
        var source = await following.FollowAsync(
            "breaks",
            publisher.Publish("breaks.yaml", Tracker("com.example.breaks"))
        );
        publisher.Publish("breaks.yaml", "- name: [broken"u8.ToArray());

        var broken = await following.CheckAsync(source);

        Assert.Equal((FeedSourceOutcome.Unreadable, 1), (broken.Outcome, broken.Failures));
        Assert.Contains("line", broken.Failure);
        Assert.True(broken.NextTryAt - broken.LastTryAt <= TimeSpan.FromMinutes(5));
        var feed = await following.FeedAsync(source);
        Assert.Contains(feed.Troubles, trouble => trouble.Kind is FeedTroubleKind.Refused);
        Assert.Single((await picket.Client.FeedVersions(feed.Id).PageAsync(Cancellation)).Items);

        publisher.Publish("breaks.yaml", Tracker("com.example.breaks"));
        Assert.Equal(FeedSourceOutcome.Unchanged, (await following.CheckAsync(source)).Outcome);
        Assert.DoesNotContain(
            (await following.FeedAsync(source)).Troubles,
            trouble => trouble.Kind is FeedTroubleKind.Refused
        );

        publisher.Publish("breaks.yaml", "- name: [broken"u8.ToArray());
        await following.CheckAsync(source);
        publisher.Publish("breaks.yaml", Tracker("com.example.breaks", "com.example.mended"));
        var mended = await following.CheckAsync(source);
        Assert.Equal((FeedSourceOutcome.Imported, 0), (mended.Outcome, mended.Failures));
        Assert.DoesNotContain(
            (await following.FeedAsync(source)).Troubles,
            trouble => trouble.Kind is FeedTroubleKind.Refused
        );
    }

    [Fact]
    public async Task Knows_that_a_version_it_set_aside_was_imported_by_hand()
    {
        string[] packages = [.. Enumerable.Range(0, 100).Select(each => $"com.example.app{each}")];
        var source = await following.FollowAsync("by-hand", publisher.Publish("hand.yaml", Tracker(packages)));
        publisher.Publish("hand.yaml", Tracker(packages[..40]));
        Assert.Equal(FeedSourceOutcome.SetAside, (await following.CheckAsync(source)).Outcome);

        var imported = await picket.Client.ImportFeedAsync(
            "by-hand",
            new MemoryStream(Tracker(packages[..40])),
            accept: true,
            cancellationToken: Cancellation
        );

        Assert.Null(imported.Aside);
        var told = await picket.Client.FeedSourceAsync(source.Id, Cancellation);
        Assert.Equal(FeedSourceOutcome.Imported, told.Outcome);
    }

    [Fact]
    public async Task Says_of_a_source_that_fails_again_since_when_it_is_silent()
    {
        var address = publisher.Publish("silent.yaml", Tracker("com.example.silent"));
        var source = await following.FollowAsync("silent", address);
        publisher.At("silent.yaml", Status(503));

        var once = await following.CheckAsync(source);
        Assert.Contains("503", once.Failure);
        Assert.DoesNotContain(
            (await following.FeedAsync(source)).Troubles,
            trouble => trouble.Kind is FeedTroubleKind.SourceSilent
        );
        await following.CheckAsync(source);

        var trouble = Assert.Single(
            (await following.FeedAsync(source)).Troubles,
            trouble => trouble.Kind is FeedTroubleKind.SourceSilent
        );
        Assert.Equal(once.LastSuccessAt, trouble.Since);
        Assert.Contains("2 times in a row", trouble.Text);
    }

    [Fact]
    public async Task Takes_the_newest_file_of_a_folder_and_reads_one_file_by_its_path()
    {
        var old = Write("kev/old.yaml", Tracker("com.example.old"));
        File.SetLastWriteTimeUtc(old, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Write("kev/new.yaml", Tracker("com.example.new"));
        Write("kev/.hidden.yaml", Tracker("com.example.hidden"));
        Write("kev/empty.yaml", []);

        var source = await following.FollowPathAsync("from-folder", "kev");
        var one = await following.FollowPathAsync("from-file", "kev/old.yaml");

        Assert.Equal((FeedSourceOutcome.Imported, 15), (source.Outcome, source.IntervalMinutes));
        Assert.Equal(["com.example.new"], await EntriesAsync(source));
        Assert.Equal(["com.example.old"], await EntriesAsync(one));
        Assert.Equal(FeedSourceOutcome.Unchanged, (await following.CheckAsync(source)).Outcome);

        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        Assert.Equal(FeedSourceOutcome.Imported, (await following.CheckAsync(source)).Outcome);
        Assert.Equal(["com.example.old"], await EntriesAsync(source));
    }

    /// <summary>Half of a list is a list, too: nothing in it tells that the rest is missing.</summary>
    [Fact]
    public async Task Takes_no_file_that_is_still_being_copied()
    {
        var file = Write("grows/list.csv", "kind,value\napp-id,com.example.first\n"u8.ToArray());
        using var copied = new CancellationTokenSource();
        var copying = CopyAsync(file, copied.Token);

        var source = await following.FollowPathAsync("grows", "grows");

        Assert.Equal((FeedSourceOutcome.Failed, null), (source.Outcome, source.FeedId));
        Assert.Contains("still being written", source.Failure);
        await copied.CancelAsync();
        await copying;
        Assert.Equal(FeedSourceOutcome.Imported, (await following.CheckAsync(source)).Outcome);
        Assert.Contains("com.example.first", await EntriesAsync(source));
    }

    private static async Task CopyAsync(string file, CancellationToken copied)
    {
        for (var line = 0; !copied.IsCancellationRequested; line++)
        {
            await File.AppendAllTextAsync(file, $"app-id,com.example.more{line}\n", Cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }
    }

    [Fact]
    public async Task Leads_out_of_the_folder_by_no_way_and_reads_nothing_that_is_too_large()
    {
        using var outside = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(outside.Path, "x.yaml"), Tracker("com.example.out"), Cancellation);
        File.CreateSymbolicLink(Path.Combine(following.Folder, "link.yaml"), Path.Combine(outside.Path, "x.yaml"));
        Directory.CreateSymbolicLink(Path.Combine(following.Folder, "linked"), outside.Path);
        Directory.CreateDirectory(Path.Combine(following.Folder, "only-links"));
        File.CreateSymbolicLink(
            Path.Combine(following.Folder, "only-links", "x.yaml"),
            Path.Combine(outside.Path, "x.yaml")
        );
        await using (var giant = File.Create(Path.Combine(following.Folder, "giant.yaml")))
        {
            giant.SetLength(33L * 1024 * 1024);
        }

        Assert.Contains("over a link", (await following.FollowPathAsync("link", "link.yaml")).Failure);
        Assert.Contains("over a link", (await following.FollowPathAsync("linked", "linked/x.yaml")).Failure);
        Assert.Contains("holds no file", (await following.FollowPathAsync("only-links", "only-links")).Failure);
        Assert.Contains("at most", (await following.FollowPathAsync("giant", "giant.yaml")).Failure);
        Assert.Contains("There is no file", (await following.FollowPathAsync("gone", "gone")).Failure);
        foreach (var path in new[] { "../x.yaml", "/etc/passwd", "kev/../../x", "kev//x", ".hidden", "a\\b", "" })
        {
            var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
                picket.Client.FollowFeedAsync(new() { Name = "out", Path = path }, Cancellation)
            );
            Assert.Contains("path", refused.Problem.Errors!.Keys);
        }
    }

    [Fact]
    public async Task Changes_where_it_looks_and_follows_no_more()
    {
        var source = await following.FollowAsync("wanders", publisher.Publish("a.yaml", Tracker("com.example.a")));
        var draft = new FeedSourceDraft
        {
            Address = publisher.Publish("b.yaml", Tracker("com.example.a", "com.example.b")),
            CaCertificatePem = publisher.CaPem,
            IntervalMinutes = 60,
        };
        var before = source.LastTryAt;
        source = await picket.Client.ChangeFeedSourceAsync(source.Id, draft, Cancellation);
        Assert.Equal(60, source.IntervalMinutes);
        while (source.LastTryAt == before)
        {
            source = await picket.Client.FeedSourceAsync(source.Id, Cancellation);
        }

        Assert.Equal(FeedSourceOutcome.Imported, source.Outcome);
        Assert.Equal(["com.example.a", "com.example.b"], await EntriesAsync(source));
        var feed = await following.FeedAsync(source);
        await picket.Client.UnfollowFeedAsync(source.Id, Cancellation);
        Assert.Null((await picket.Client.FeedAsync(feed.Id, Cancellation)).Source);

        var again = await following.FollowAsync("wanders", draft.Address);
        Assert.Equal(feed.Id, again.FeedId);
        await picket.Client.RemoveFeedAsync(feed.Id, Cancellation);
        await Assert.ThrowsAsync<PicketApiException>(() => picket.Client.FeedSourceAsync(again.Id, Cancellation));
    }

    [Fact]
    public async Task Imports_nothing_of_a_source_that_was_changed_while_it_was_being_read()
    {
        var draft = new FeedSourceDraft
        {
            Name = "late",
            Address = publisher.Publish("right.yaml", Tracker("com.example.right")),
            CaCertificatePem = publisher.CaPem,
        };
        var wrong = publisher.At(
            "wrong.yaml",
            async http =>
            {
                var asked = await picket.Client.FeedSources().ToListAsync(Cancellation);
                var source = asked.Single(each => each.Name == "late");
                await picket.Client.ChangeFeedSourceAsync(source.Id, draft, Cancellation);
                await http.Response.Body.WriteAsync(Tracker("com.example.wrong"));
            }
        );

        var source = await following.FollowAsync("late", wrong);

        Assert.Equal(FeedSourceOutcome.Imported, source.Outcome);
        var feed = await following.FeedAsync(source);
        Assert.Equal(["com.example.right"], await EntriesAsync(source));
        Assert.Single((await picket.Client.FeedVersions(feed.Id).PageAsync(Cancellation)).Items);
    }

    [Fact]
    public async Task Refuses_a_source_that_it_would_not_read_and_a_second_one_for_a_feed()
    {
        FeedSourceDraft[] drafts =
        [
            new() { Name = "no", Address = "http://example.com/feed.json" },
            new() { Name = "no", Address = "https://user:word@example.com/feed.json" },
            new() { Name = "no", Address = "ftp://example.com/feed.json" },
            new() { Name = "no", Address = "https://example.com/feed.json?key=secret" },
            new() { Name = "no", Address = "feed.json" },
            new() { Name = "no" },
            new()
            {
                Name = "no",
                Address = "https://example.com/feed.json",
                Path = "kev",
            },
            new() { Address = "https://example.com/feed.json" },
            new()
            {
                Name = "no",
                Address = "https://example.com/f",
                IntervalMinutes = 14,
            },
            new()
            {
                Name = "no",
                Address = "https://example.com/f",
                CaCertificatePem = "no certificate",
            },
            new()
            {
                Name = "no",
                Address = "https://example.com/f",
                Format = "Soup",
            },
            new() { Known = "unheard-of" },
        ];
        foreach (var draft in drafts)
        {
            var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
                picket.Client.FollowFeedAsync(draft, Cancellation)
            );
            Assert.NotEmpty(refused.Problem.Errors!);
        }

        var address = publisher.Publish("once.yaml", Tracker("com.example.once"));
        await following.FollowAsync("once", address);
        var twice = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.FollowFeedAsync(new() { Name = "once", Address = address }, Cancellation)
        );
        Assert.Equal(System.Net.HttpStatusCode.Conflict, twice.Status);
    }

    [Fact]
    public async Task Knows_public_sources_with_licence_and_fetches_none_by_itself()
    {
        var catalogue = (await picket.Client.FeedCatalogue().PageAsync(Cancellation)).Items;

        Assert.True(catalogue.Count >= 10);
        Assert.All(catalogue, known => Assert.Null(known.SourceId));
        Assert.All(catalogue, known => Assert.StartsWith("https://", known.Address));
        Assert.All(catalogue, known => Assert.NotEmpty(known.Licence));
        Assert.Equal(catalogue.Count, catalogue.DistinctBy(known => known.Name).Count());
        Assert.Contains(catalogue, known => known is { Name: "stalkerware", Licence: "CC-BY-4.0" });
        await using var db = picket.OpenDatabase();
        Assert.False(await db.FeedSources.AnyAsync(row => row.Known != null, Cancellation));
    }

    private async Task<IEnumerable<string>> EntriesAsync(FeedSourceView source)
    {
        var feed = await following.FeedAsync(source);
        var entries = await picket.Client.FeedIndicators(feed.Id).ToListAsync(Cancellation);
        return entries.Where(entry => entry.Kind == "AppId").Select(entry => entry.Value).Order();
    }

    private string Write(string path, byte[] content)
    {
        var file = Path.Combine(following.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    private static byte[] Tracker(params string[] packages) => FeedFiles.Stalkerware(packages).ToArray();

    private static Microsoft.AspNetCore.Http.RequestDelegate Redirect(string to) =>
        http =>
        {
            http.Response.Redirect(to);
            return Task.CompletedTask;
        };

    private static Microsoft.AspNetCore.Http.RequestDelegate Status(int status) =>
        http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        };
}
