using Microsoft.EntityFrameworkCore;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Sync;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>Personal apps: hidden while they are read, and found again by those who ask for one exactly (law 8).</summary>
public sealed class PersonalApps(PersonalAppKey key, AuditLog audit)
{
    /// <summary>What of the app may be kept. Patterns are tried now: of the hash nobody can try them.</summary>
    internal KeptApp Hide(string platform, string identifier, AppPatterns patterns)
    {
        var recognised = DevicePlatforms.Recognise(platform);
        return new(platform, HashOf(identifier), true, null, patterns.VersionFor(recognised))
        {
            Matched = patterns.KeysMatching(recognised, identifier),
        };
    }

    public string HashOf(string identifier) => AppPrivacy.Hash(key.Value, identifier);

    /// <summary>
    /// Rows of the app with exactly this id, in clear and hashed. Who asks for a hash finds nothing; who finds a
    /// personal app leaves a trace.
    /// </summary>
    internal async Task<List<Guid>> HuntAsync(
        PicketDbContext db,
        string identifier,
        string actor,
        CancellationToken cancellation
    )
    {
        var hash = HashOf(identifier);
        var apps = await db
            .Apps.AsNoTracking()
            .Where(row => (row.Identifier == identifier && !row.Hashed) || (row.Identifier == hash && row.Hashed))
            .Select(row => new { row.Id, row.Hashed })
            .ToListAsync(cancellation);
        if (apps.Any(app => app.Hashed))
        {
            audit.Add(db, actor, "app.holders-read", identifier.Trim());
            await db.SaveChangesAsync(cancellation);
        }

        return [.. apps.Select(app => app.Id)];
    }

    /// <summary>What a hunt that is not for one exact id has to say; null when it covers every device.</summary>
    internal static async Task<string?> NotCoveredAsync(
        PicketDbContext db,
        Guid? integration,
        CancellationToken cancellation
    )
    {
        var devices = db.Devices.Where(row => row.PersonalApps > 0 && row.GoneAt == null);
        if (integration is { } only)
        {
            devices = devices.Where(row => row.IntegrationId == only);
        }

        return await devices.CountAsync(cancellation) switch
        {
            0 => null,
            var count => $"Personal apps of {count} devices are kept as keyed hashes and are not in this list. "
                + "Ask for an exact app id to learn who has it.",
        };
    }
}
