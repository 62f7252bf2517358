using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Risk;
using Picket.Server.Tests.Storage;

namespace Picket.Server.Tests.Intelligence;

/// <summary>A change of feeds marks devices that a sync and judging write at the same time.</summary>
public sealed class FeedRivalTests(TestPostgres postgres) : DatabaseStories(DatabaseKind.Postgres, postgres)
{
    private const string Tracker = "com.example.stalker.tracker";

    [Theory]
    [InlineData("40P01")]
    [InlineData("40001")]
    public async Task Does_again_what_PostgreSQL_gave_up_for_another_transaction(string state)
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(null, Tracker);
        await fleet.JudgedAsync();
        await GiveUpEachFirstTryAsync(picket, state);

        var feed = await ImportAsync(picket, Tracker);
        await fleet.RestedAsync();
        var found = await fleet.FindingsAsync(phone);
        await ImportAsync(picket, "com.example.other");
        await picket.Client.RollbackFeedAsync(feed.Id, Cancellation);
        var rolledBack = await picket.Client.FeedAsync(feed.Id, Cancellation);
        await picket.Client.RemoveFeedAsync(feed.Id, Cancellation);
        await fleet.RestedAsync();

        Assert.Single(found);
        Assert.Equal(feed.Version.Sha256, rolledBack.Version.Sha256);
        Assert.Empty(await fleet.FindingsAsync(phone));
        await using var db = picket.OpenDatabase();
        Assert.Equal(
            ["feed.imported", "feed.imported", "feed.rolled-back", "feed.removed"],
            await db
                .Audit.Where(row => row.Subject == feed.Id.ToString())
                .OrderBy(row => row.Id)
                .Select(row => row.Action)
                .ToListAsync(Cancellation)
        );
    }

    private static async Task GiveUpEachFirstTryAsync(PicketApplication picket, string state)
    {
        await using var db = picket.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(GiveUp(state), Cancellation);
    }

    /// <summary>A sequence is not rolled back: of two tries to change feeds the second goes through.</summary>
    private static string GiveUp(string state) =>
        $"""
            CREATE SEQUENCE tries;
            CREATE FUNCTION give_up() RETURNS trigger AS $$
            BEGIN
                IF nextval('tries') % 2 = 1 THEN RAISE EXCEPTION 'given up' USING ERRCODE = '{state}'; END IF;
                RETURN NULL;
            END $$ LANGUAGE plpgsql;
            CREATE TRIGGER give_up AFTER INSERT OR UPDATE OR DELETE ON feeds
                FOR EACH STATEMENT EXECUTE FUNCTION give_up();
            """;

    private static Task<FeedView> ImportAsync(PicketApplication picket, params string[] packages) =>
        picket.Client.ImportFeedAsync("tracking", FeedFiles.Stalkerware(packages), cancellationToken: Cancellation);
}
