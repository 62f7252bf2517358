using Microsoft.EntityFrameworkCore;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Sync;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <param name="Rows">Rows of the app, in clear and hashed.</param>
/// <param name="InClear">Those of them that are no personal app's.</param>
internal sealed record HuntedApp(IReadOnlyList<Guid> Rows, IReadOnlyList<Guid> InClear);

/// <summary>Personal apps: hidden while they are read, and found again by those who ask for one exactly (law 8).</summary>
public sealed class PersonalApps(PersonalAppKey key, AuditLog audit)
{
    /// <summary>Told whatever there is, lest the note itself says that somebody has the app.</summary>
    public const string NotShown =
        "Apps of employees' own devices, and of those whose owner is not known, are not in this answer: your role does "
        + "not show them.";

    public const string NotShownOfDevice =
        "Personal apps of this device are not in this answer: your role does not show them.";

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
    /// personal app leaves a trace; to whom none may be shown, none is looked for.
    /// </summary>
    internal async Task<HuntedApp> HuntAsync(
        PicketDbContext db,
        Visible visible,
        string identifier,
        string actor,
        CancellationToken cancellation
    )
    {
        var hash = visible.PersonalApps is { Count: 0 } ? null : HashOf(identifier);
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

        return new([.. apps.Select(app => app.Id)], [.. apps.Where(app => !app.Hashed).Select(app => app.Id)]);
    }

    internal static Task<bool> AreOnAsync(PicketDbContext db, Guid device, CancellationToken cancellation) =>
        db.DeviceApps.AnyAsync(
            held => held.DeviceId == device && db.Apps.Any(app => app.Id == held.AppId && app.Hashed),
            cancellation
        );

    /// <summary>What a hunt that is not for one exact id has to say; null when it covers every device.</summary>
    internal static async Task<string?> NotCoveredAsync(
        PicketDbContext db,
        Visible visible,
        Guid? integration,
        CancellationToken cancellation
    )
    {
        var devices = db
            .Devices.Where(row => row.PersonalApps > 0 && row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId);
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
