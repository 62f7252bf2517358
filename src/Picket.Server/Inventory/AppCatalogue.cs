using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>An app as it may be kept: in clear, or as a keyed hash without a name.</summary>
internal sealed record KeptApp(string Platform, string Identifier, bool Hashed, string? Name)
{
    public bool Equals(KeptApp? other) =>
        other is not null && other.Platform == Platform && other.Identifier == Identifier;

    public override int GetHashCode() => HashCode.Combine(Platform, Identifier);
}

/// <summary>Ids of the fleet's distinct apps. A fleet has some thousand of them, so those met once are remembered.</summary>
internal sealed class AppCatalogue : IDisposable
{
    private const int Remembered = 200_000;
    private readonly ConcurrentDictionary<KeptApp, Guid> known = new();
    private readonly SemaphoreSlim oneWriter = new(1, 1);

    /// <summary>The ids, with rows made for apps that are new, in the transaction that is open on the context.</summary>
    public async Task<IReadOnlyDictionary<KeptApp, Guid>> IdsAsync(
        PicketDbContext db,
        BulkWriter bulk,
        IEnumerable<KeptApp> apps,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var wanted = apps.ToHashSet();
        var ids = wanted.Where(known.ContainsKey).ToDictionary(app => app, app => known[app]);
        wanted.ExceptWith(ids.Keys);
        if (wanted.Count == 0)
        {
            return ids;
        }

        await oneWriter.WaitAsync(cancellation);
        try
        {
            await FindAsync(db, wanted, ids, cancellation);
            var made = wanted.Where(app => !ids.ContainsKey(app)).Select(app => Row(app, now)).ToList();
            await bulk.UpsertAsync(db, made, cancellation);
            foreach (var row in made)
            {
                ids[new KeptApp(row.Platform, row.Identifier, row.Hashed, row.Name)] = row.Id;
            }
        }
        finally
        {
            oneWriter.Release();
        }

        return ids;
    }

    public void Dispose() => oneWriter.Dispose();

    private async Task FindAsync(
        PicketDbContext db,
        HashSet<KeptApp> wanted,
        Dictionary<KeptApp, Guid> ids,
        CancellationToken cancellation
    )
    {
        foreach (var part in wanted.Select(app => app.Identifier).Distinct().Chunk(1000))
        {
            var found = await db
                .Apps.AsNoTracking()
                .Where(row => part.Contains(row.Identifier))
                .ToListAsync(cancellation);
            foreach (var row in found)
            {
                var app = new KeptApp(row.Platform, row.Identifier, row.Hashed, row.Name);
                ids[app] = row.Id;
                if (known.Count < Remembered)
                {
                    known[app] = row.Id; // Only what is committed is remembered: it was read, not just written.
                }
            }
        }
    }

    private static AppRow Row(KeptApp app, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Platform = app.Platform,
            Identifier = app.Identifier,
            Hashed = app.Hashed,
            Name = app.Name,
            FirstSeenAt = now,
        };
}
