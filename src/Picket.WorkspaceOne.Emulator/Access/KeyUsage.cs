using System.Collections.Concurrent;

namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>Calls per API key in its present day: 24 hours that begin with the key's first call.</summary>
public sealed class KeyUsage
{
    private readonly ConcurrentDictionary<Guid, (DateTimeOffset Until, int Calls)> today = new();

    public int Today(ApiKey key, DateTimeOffset now) =>
        today.TryGetValue(key.Id, out var used) && now < used.Until ? used.Calls : 0;

    internal void Count(ApiKey key, DateTimeOffset now) =>
        today.AddOrUpdate(
            key.Id,
            static (_, at) => (at.AddDays(1), 1),
            static (_, used, at) => at < used.Until ? (used.Until, used.Calls + 1) : (at.AddDays(1), 1),
            now
        );

    internal IReadOnlyList<SavedUsage> Save() =>
        [.. today.Select(one => new SavedUsage(one.Key, one.Value.Until, one.Value.Calls))];

    internal void Load(IReadOnlyList<SavedUsage> saved)
    {
        today.Clear();
        foreach (var used in saved)
        {
            today[used.Key] = (used.Until, used.Calls);
        }
    }
}

internal sealed record SavedUsage(Guid Key, DateTimeOffset Until, int Calls);
