using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Inventory;

namespace Picket.Server.Tests.Intelligence;

/// <summary>A version that changes too much waits for a person; what is in force stays.</summary>
public abstract class FeedAsideStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_that_shrinks_sharply_waits_and_comes_into_force_when_a_person_accepts_it()
    {
        var first = await ImportAsync("shrinks", Packages(1, 100));
        var waits = await ImportAsync("shrinks", Packages(1, 40));

        Assert.Equal(first.Version.Id, waits.Version.Id);
        Assert.Equal(
            (0, 60, true),
            (waits.Aside!.Version.Added, waits.Aside.Version.Removed, waits.Aside.Version.Aside)
        );
        Assert.Contains("more than 10 % fewer", waits.Aside.Reason);
        Assert.Contains(waits.Troubles, trouble => trouble.Kind is FeedTroubleKind.Aside);
        Assert.Equal(60, (await EntriesAsync(first, waits.Aside.Version.Id, FeedChange.Removed)).Count);
        Assert.Equal(100, (await EntriesAsync(first, null, null)).Count);

        var accepted = await picket.Client.AcceptFeedAsync(first.Id, waits.Aside.Version.Id, Cancellation);

        Assert.Equal((waits.Aside.Version.Id, null), (accepted.Version.Id, accepted.Aside));
        Assert.Equal(first.Version.Id, accepted.VersionBefore);
        Assert.Equal(40, (await EntriesAsync(first, null, null)).Count);
        Assert.Equal(60, (await EntriesAsync(first, accepted.Version.Id, FeedChange.Removed)).Count);
        Assert.Equal(["feed.imported", "feed.set-aside", "feed.accepted"], await AuditedAsync(first));
        var late = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.RejectFeedAsync(first.Id, waits.Aside.Version.Id, Cancellation)
        );
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
    }

    [Fact]
    public async Task A_list_that_a_person_rejected_does_not_come_back_by_itself_but_by_a_person()
    {
        var first = await ImportAsync("rejected", Packages(1, 100));
        var waits = await ImportAsync("rejected", Packages(200, 300));
        Assert.Contains("differs in", waits.Aside!.Reason);

        var rejected = await picket.Client.RejectFeedAsync(first.Id, waits.Aside.Version.Id, Cancellation);

        Assert.Equal((first.Version.Id, null), (rejected.Version.Id, rejected.Aside));
        var version = (await picket.Client.FeedVersions(first.Id).PageAsync(Cancellation)).Items[0];
        Assert.NotNull(version.RejectedAt);
        var again = await Assert.ThrowsAsync<PicketApiException>(() => ImportAsync("rejected", Packages(200, 300)));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("--accept", again.Problem.Next);

        var forced = await ImportAsync("rejected", Packages(200, 300), accept: true);
        Assert.NotEqual(waits.Aside.Version.Id, forced.Version.Id); // That it was rejected once stays in the history.
        Assert.Null(forced.Version.RejectedAt);
    }

    [Fact]
    public async Task A_file_that_comes_again_is_a_version_of_its_own_and_compared_with_what_is_in_force()
    {
        var first = await ImportAsync("reverts", Packages(1, 100));
        var second = await ImportAsync("reverts", Packages(1, 40), accept: true);

        var waits = (await ImportAsync("reverts", Packages(1, 100))).Aside!.Version;

        Assert.NotEqual(first.Version.Id, waits.Id);
        Assert.Equal(first.Version.Sha256, waits.Sha256);
        Assert.True(waits.ImportedAt > second.Version.ImportedAt);
        Assert.Equal((60, 0, 0), (waits.Added, waits.Removed, waits.Changed));
        Assert.Equal(60, (await EntriesAsync(first, waits.Id, FeedChange.Added)).Count);
        Assert.Equal(waits.Id, (await ImportAsync("reverts", Packages(1, 100))).Aside!.Version.Id);

        var accepted = await picket.Client.AcceptFeedAsync(first.Id, waits.Id, Cancellation);

        Assert.Equal((waits.Id, waits.ImportedAt), (accepted.Version.Id, accepted.Version.ImportedAt));
        Assert.Equal(second.Version.Id, accepted.VersionBefore);
        Assert.Equal(60, (await EntriesAsync(first, waits.Id, FeedChange.Added)).Count);
        Assert.Equal(3, (await picket.Client.FeedVersions(first.Id).PageAsync(Cancellation)).Items.Count);
    }

    [Fact]
    public async Task What_waits_is_compared_with_what_a_rollback_puts_in_force()
    {
        var first = await ImportAsync("rolled", Packages(1, 100));
        await ImportAsync("rolled", Packages(1, 110));
        var before = (await ImportAsync("rolled", Packages(1, 40))).Aside!;
        Assert.Equal(70, before.Version.Removed);

        var after = (await picket.Client.RollbackFeedAsync(first.Id, Cancellation)).Aside!;

        Assert.Equal((before.Version.Id, before.Since), (after.Version.Id, after.Since));
        Assert.Equal(60, after.Version.Removed);
        Assert.Contains("has 100", after.Reason);
        Assert.Equal(60, (await EntriesAsync(first, after.Version.Id, FeedChange.Removed)).Count);
    }

    [Fact]
    public async Task What_waits_does_so_no_more_when_a_rollback_puts_the_same_in_force()
    {
        var first = await ImportAsync("rolled-to", Packages(1, 100));
        await ImportAsync("rolled-to", Packages(1, 40), accept: true);
        Assert.NotNull((await ImportAsync("rolled-to", Packages(1, 100))).Aside);

        var back = await picket.Client.RollbackFeedAsync(first.Id, Cancellation);

        Assert.Equal((first.Version.Id, null), (back.Version.Id, back.Aside));
    }

    [Fact]
    public async Task A_newer_version_takes_the_place_of_the_one_that_waits()
    {
        var first = await ImportAsync("newer", Packages(1, 100));
        var waits = await ImportAsync("newer", Packages(1, 10));
        var worse = await ImportAsync("newer", Packages(1, 11));
        Assert.NotEqual(waits.Aside!.Version.Id, worse.Aside!.Version.Id);
        var late = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.AcceptFeedAsync(first.Id, waits.Aside.Version.Id, Cancellation)
        );
        Assert.Equal(HttpStatusCode.Conflict, late.Status);

        var good = await ImportAsync("newer", Packages(1, 101));

        Assert.Equal((1, null), (good.Version.Added, good.Aside));
    }

    [Fact]
    public async Task An_empty_list_waits_however_short_the_one_before_was()
    {
        await ImportAsync("short", Packages(1, 2));

        var empty = await picket.Client.ImportFeedAsync(
            "short",
            new MemoryStream("- name: Nothing\n  type: stalkerware\n  packages: []\n"u8.ToArray()),
            FeedFormats.StalkerwareIndicators,
            cancellationToken: Cancellation
        );

        Assert.Contains("It is empty", empty.Aside!.Reason);
    }

    [Fact]
    public async Task Counts_and_lists_what_says_something_else_of_the_same_thing()
    {
        var first = await ImportAsync("changes", Packages(1, 3));
        var file = FeedFiles.Stalkerware([.. Packages(1, 3)]).ToArray();
        var text = System.Text.Encoding.UTF8.GetString(file).Replace("Example Tracker", "Another Name");

        var second = await picket.Client.ImportFeedAsync(
            "changes",
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes("\n\n" + text)),
            cancellationToken: Cancellation
        );

        Assert.Equal((0, 0, 3), (second.Version.Added, second.Version.Removed, second.Version.Changed));
        Assert.Equal(3, (await EntriesAsync(first, second.Version.Id, FeedChange.Changed)).Count);
        Assert.Empty(await EntriesAsync(first, second.Version.Id, FeedChange.Added));
        var same = await picket.Client.ImportFeedAsync(
            "changes",
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text + "\n")),
            cancellationToken: Cancellation
        );
        Assert.Equal((0, 0, 0), (same.Version.Added, same.Version.Removed, same.Version.Changed));
    }

    private Task<FeedView> ImportAsync(string name, IEnumerable<string> packages, bool accept = false) =>
        picket.Client.ImportFeedAsync(
            name,
            FeedFiles.Stalkerware([.. packages]),
            accept: accept,
            cancellationToken: Cancellation
        );

    private static IEnumerable<string> Packages(int from, int to) =>
        Enumerable
            .Range(from, to - from + 1)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"com.example.app{number}"));

    private async Task<List<IndicatorView>> EntriesAsync(FeedView feed, Guid? version, FeedChange? change) =>
        await picket
            .Client.FeedIndicators(feed.Id, new IndicatorFilter { Version = version, Change = change })
            .ToListAsync(Cancellation);

    private async Task<List<string>> AuditedAsync(FeedView feed)
    {
        await using var db = picket.OpenDatabase();
        var subject = feed.Id.ToString();
        return await db
            .Audit.Where(row => row.Subject == subject)
            .OrderBy(row => row.Id)
            .Select(row => row.Action)
            .ToListAsync(Cancellation);
    }
}

public sealed class FeedAsideTests(PicketOnSqlite running) : FeedAsideStories(running), IClassFixture<PicketOnSqlite>;

public sealed class FeedAsidePostgresTests(PicketOnPostgres running)
    : FeedAsideStories(running),
        IClassFixture<PicketOnPostgres>;
