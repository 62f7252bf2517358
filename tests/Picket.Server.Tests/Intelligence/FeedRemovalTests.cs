using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Intelligence;

namespace Picket.Server.Tests.Intelligence;

/// <summary>A feed goes with all its versions, or not at all.</summary>
public sealed class FeedRemovalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_the_feed_whole_when_the_database_fails_in_the_middle_of_its_removal()
    {
        await using var picket = await PicketApplication.StartAsync();
        await ImportAsync(picket, "com.example.one");
        var feed = await ImportAsync(picket, "com.example.two");
        await ExecuteAsync(
            picket,
            "CREATE TRIGGER fail BEFORE DELETE ON feed_versions BEGIN SELECT RAISE(ABORT, 'the disk broke'); END"
        );

        var failed = await Assert.ThrowsAsync<PicketApiException>(() => picket.Client.RemoveFeedAsync(feed.Id, Cancel));
        var whole = await picket.Client.FeedAsync(feed.Id, Cancel);
        await ExecuteAsync(picket, "DROP TRIGGER fail");
        await picket.Client.RemoveFeedAsync(feed.Id, Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, failed.Status);
        Assert.Equal(feed.Version.Sha256, whole.Version.Sha256);
        await using var db = picket.OpenDatabase();
        Assert.Empty(await db.FeedVersions.ToListAsync(Cancel));
    }

    [Fact]
    public async Task Clears_away_with_the_next_change_what_an_earlier_removal_left()
    {
        await using var picket = await PicketApplication.StartAsync();
        await using var db = picket.OpenDatabase();
        db.FeedVersions.Add(
            new FeedVersionRow
            {
                Id = Guid.CreateVersion7(),
                FeedId = Guid.CreateVersion7(), // removed, and then the server died
                Sha256 = "0",
                ImportedAt = DateTimeOffset.UnixEpoch,
                Version = "left over",
                Content = [],
            }
        );
        await db.SaveChangesAsync(Cancel);

        var feed = await ImportAsync(picket, "com.example.one");

        Assert.Equal([feed.Id], await db.FeedVersions.Select(row => row.FeedId).ToListAsync(Cancel));
    }

    private static async Task ExecuteAsync(PicketApplication picket, string sql)
    {
        await using var db = picket.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(sql, Cancel);
    }

    private static Task<FeedView> ImportAsync(PicketApplication picket, string package) =>
        picket.Client.ImportFeedAsync("tracking", FeedFiles.Stalkerware(package), cancellationToken: Cancel);
}
