using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>A tag that Picket is to set in an integration.</summary>
/// <param name="Level">The level that it stands for; null for one of the policy's sets.</param>
/// <param name="Set">The set of the policy that it is of; null for the set of levels.</param>
internal sealed record TagName(string Name, RiskLevel? Level, string? Set);

/// <summary>What Picket's tags are called.</summary>
internal static class TagNames
{
    /// <summary>Those of levels, the worst first, then those of the policy in its order.</summary>
    public static async Task<IReadOnlyList<TagName>> OfAsync(
        PicketDbContext db,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        var levels = TagLevels.NamesOf(integration);
        var sets = await OfSetsAsync(db, cancellation);
        return
        [
            .. levels.OrderByDescending(level => level.Key).Select(level => new TagName(level.Value, level.Key, null)),
            .. sets.Select(row => new TagName(row.Name, null, row.Set)),
        ];
    }

    public static Task<List<PolicyTagRow>> OfSetsAsync(PicketDbContext db, CancellationToken cancellation) =>
        db.PolicyTags.AsNoTracking().OrderBy(row => row.Place).ToListAsync(cancellation);

    /// <summary>
    /// What Picket's tags are called, or would be, in all integrations, and what those are called that it once made. Letter
    /// case does not matter.
    /// </summary>
    public static async Task<IReadOnlySet<string>> AllAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var sets = await db.PolicyTags.Select(row => row.Name).ToListAsync(cancellation);
        var owned = await db.OwnedTags.Select(row => row.Name).ToListAsync(cancellation);
        return (await OfLevelsAsync(db, cancellation))
            .Concat(sets)
            .Concat(owned)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What the tags of levels are called, or would be, in all integrations. Letter case does not matter.</summary>
    public static async Task<IReadOnlySet<string>> OfLevelsAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var prefixes = await db.Integrations.Select(row => row.TagPrefix).Distinct().ToListAsync(cancellation);
        return prefixes.SelectMany(OfLevels).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <returns>A tag of the policy's sets that has the name which a level's would have; null where there is none.</returns>
    public static async Task<PolicyTagRow?> TakenAsync(
        PicketDbContext db,
        string prefix,
        CancellationToken cancellation
    )
    {
        var names = OfLevels(prefix).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (await OfSetsAsync(db, cancellation)).Find(row => names.Contains(row.Name));
    }

    private static IEnumerable<string> OfLevels(string prefix) =>
        Enum.GetValues<RiskLevel>().Select(level => TagSet.Name(prefix, level.ToString()));
}
