using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// Bounds the tries to prove UEM accounts, so that nobody locks one: three within an hour for each account and each
/// person, whoever tries, and always fewer than lock an account. A try is in the database before the UEM is called.
/// </summary>
public sealed class ProofTries(PicketDatabase database, IOptions<UemOptions> options, TimeProvider time)
{
    private const int Most = 3;
    private static readonly TimeSpan Within = TimeSpan.FromHours(1);

    private int Limit => Math.Min(Most, options.Value.LockThreshold - 1);

    /// <returns>The try, or when there may be another.</returns>
    public async Task<(Guid? Try, DateTimeOffset? Again)> TakeAsync(
        Guid person,
        Uri uem,
        string userName,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var since = now - Within;
        var row = new ProofTryRow
        {
            Id = Guid.CreateVersion7(now),
            PersonId = person,
            AccountHash = Hash(uem, userName),
            At = now,
        };
        db.ProofTries.Add(row);
        await db.SaveChangesAsync(cancellation);
        await db.ProofTries.Where(each => each.At < since).ExecuteDeleteAsync(cancellation);

        // Counted with its own: of several at once none slips through.
        var counting = db.ProofTries.AsNoTracking().Where(each => !each.Right && each.At >= since);
        var account = await TimesAsync(counting.Where(each => each.AccountHash == row.AccountHash), cancellation);
        var own = await TimesAsync(counting.Where(each => each.PersonId == person), cancellation);
        if (account.Count <= Limit && own.Count <= Limit)
        {
            return (row.Id, null);
        }

        await ForgetAsync(row.Id, cancellation);
        return (
            null,
            new[] { account, own }.Where(times => times.Count > Limit).Max(times => times[^(Limit + 1)]) + Within
        );
    }

    public async Task MarkRightAsync(Guid tried, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db
            .ProofTries.Where(row => row.Id == tried)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Right, true), cancellation);
    }

    /// <summary>Nothing reached the UEM.</summary>
    public async Task ForgetAsync(Guid tried, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db.ProofTries.Where(row => row.Id == tried).ExecuteDeleteAsync(cancellation);
    }

    private static Task<List<DateTimeOffset>> TimesAsync(
        IQueryable<ProofTryRow> tries,
        CancellationToken cancellation
    ) => tries.OrderBy(row => row.At).Select(row => row.At).ToListAsync(cancellation);

    private static byte[] Hash(Uri uem, string userName) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{uem.Authority}\n{userName.Trim().ToUpperInvariant()}"));
}
