using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Storage;

public sealed class DurableTransactionTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waits_for_the_disk_of_SQLite_and_no_longer_than_its_own_commit()
    {
        await using var temporary = await TestDatabase.NewAsync("sqlite", postgres, Cancel);
        await using var db = temporary.Database.Open();
        await db.Database.OpenConnectionAsync(Cancel);

        await using (var durable = await DurableTransaction.BeginAsync(db, Cancel))
        {
            Assert.Equal(2, await SynchronousAsync(db));
            await durable.CommitAsync(Cancel);
        }

        Assert.Equal(1, await SynchronousAsync(db));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Keeps_nothing_that_was_not_committed(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        await using var db = temporary.Database.Open();

        await using (await DurableTransaction.BeginAsync(db, Cancel))
        {
            db.TagRuns.Add(new() { Id = Guid.NewGuid(), IntegrationId = Guid.NewGuid() });
            await db.SaveChangesAsync(Cancel);
        }

        Assert.Equal(0, await db.TagRuns.CountAsync(Cancel));
    }

    private static Task<long> SynchronousAsync(PicketDbContext db) =>
        db.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(Cancel);
}
