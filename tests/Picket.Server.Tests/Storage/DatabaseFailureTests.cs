using Microsoft.EntityFrameworkCore;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Storage;

public sealed class DatabaseFailureTests(TestPostgres postgres)
{
    private static readonly Guid Integration = Guid.NewGuid();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Tells_that_a_unique_index_holds_such_a_row(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        await AddAsync(temporary, Run(Guid.NewGuid()));

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(temporary, Run(Guid.NewGuid())));

        Assert.True(failure.IsUniqueViolation());
        Assert.False(failure.IsDiskFull());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Tells_that_a_key_is_taken(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        var id = Guid.NewGuid();
        await AddAsync(temporary, Run(id));

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(temporary, Run(id)));

        Assert.True(failure.IsUniqueViolation());
    }

    [Fact]
    public async Task Takes_no_other_failure_for_one_of_these()
    {
        await using var temporary = await TestDatabase.NewAsync("sqlite", postgres, Cancel);
        await using (var db = temporary.Database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE tag_runs RENAME TO elsewhere", Cancel);
        }

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(temporary, Run(Guid.NewGuid())));

        Assert.False(failure.IsUniqueViolation());
        Assert.False(failure.IsDiskFull());
    }

    [Fact]
    public async Task Tells_that_the_disk_is_full()
    {
        await using var temporary = await TestDatabase.NewAsync("sqlite", postgres, Cancel);
        await using var db = temporary.Database.Open();
        await db.Database.OpenConnectionAsync(Cancel);
        await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count=1", Cancel); // what is there is the most there may be

        var failure = await Assert.ThrowsAsync<DbUpdateException>(async () =>
        {
            db.TagRuns.Add(Run(Guid.NewGuid(), new string('x', 100_000)));
            await db.SaveChangesAsync(Cancel);
        });

        Assert.True(failure.IsDiskFull());
        Assert.False(failure.IsUniqueViolation());
    }

    private static TagRunRow Run(Guid id, string reason = "") =>
        new()
        {
            Id = id,
            IntegrationId = Integration,
            IncompleteReasons = [reason],
        };

    private static async Task AddAsync(TestDatabase temporary, TagRunRow run)
    {
        await using var db = temporary.Database.Open();
        db.TagRuns.Add(run);
        await db.SaveChangesAsync(Cancel);
    }
}
