using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Hosting;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using TagState = Picket.Core.Response.TagState;

namespace Picket.Server.Response;

/// <summary>Which devices a tag run would touch now, for who is asked to agree to it.</summary>
public sealed class TagDifferenceQueries(PicketDatabase database, TimeProvider time)
{
    /// <returns>In the order of the UEM's numbers; null when there is no such integration.</returns>
    public async Task<Page<TagDifference>?> ListAsync(
        Guid integrationId,
        TagDifferenceFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == integrationId, cancellation);
        if (integration is null)
        {
            return null;
        }

        var (after, take) = (After(filter.Cursor), Keyset.Limit(filter.Limit));
        if (filter.Run is { } run)
        {
            return await ShownAsync(db, integrationId, run, filter, after, take, cancellation);
        }

        var owned = await db
            .OwnedTags.AsNoTracking()
            .Where(row => row.IntegrationId == integrationId)
            .ToListAsync(cancellation);
        var differing = await new TagDifferences(db, integration, owned).LoadAsync(time.GetUtcNow(), cancellation);
        var asked = filter.NeverTouched is true ? differing.Left : differing.Touched;
        var rows = asked
            .Where(state => filter.Gets is not { } gets || gets == Gets(state))
            .Where(state => filter.Loses is not { } loses || loses == state.CurrentTags.Count > 0)
            .Where(state => state.Device > after)
            .OrderBy(state => state.Device)
            .Take(take + 1)
            .ToList();
        var shown = rows.Take(take).ToList();
        var devices = await DevicesAsync(db, integrationId, shown.ConvertAll(state => (int)state.Device), cancellation);
        var names = TagLevels.NamesOf(integration);
        var tags = owned.Where(tag => tag.RemoteId is not null).ToLookup(tag => (long)tag.RemoteId!.Value);
        return new Page<TagDifference>(
            [
                .. shown.Select(state =>
                    View(state, devices.GetValueOrDefault((int)state.Device), names, tags) with
                    {
                        NeverTouched = filter.NeverTouched is true,
                        InDoubt = differing.Never.GetValueOrDefault((int)state.Device) is { IsCertain: false },
                    }
                ),
            ],
            rows.Count > take ? shown[^1].Device.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    /// <summary>What a yes is for: by the rows that were kept when the run was held.</summary>
    private static async Task<Page<TagDifference>> ShownAsync(
        PicketDbContext db,
        Guid integration,
        Guid run,
        TagDifferenceFilter filter,
        int after,
        int take,
        CancellationToken cancellation
    )
    {
        var rows = db
            .ShownDevices.AsNoTracking()
            .Where(row => row.RunId == run && db.TagRuns.Any(of => of.Id == run && of.IntegrationId == integration));
        var asked = rows.Where(row => row.RemoteId > after);
        if (filter.Gets is { } gets)
        {
            asked = asked.Where(row =>
                gets == rows.Any(other => other.RemoteId == row.RemoteId && other.Action == TagAction.Add)
            );
        }

        if (filter.Loses is { } loses)
        {
            asked = asked.Where(row =>
                loses == rows.Any(other => other.RemoteId == row.RemoteId && other.Action == TagAction.Remove)
            );
        }

        var found = await asked
            .Select(row => row.RemoteId)
            .Distinct()
            .OrderBy(number => number)
            .Take(take + 1)
            .ToListAsync(cancellation);
        var numbers = found.Take(take).ToList();
        var changes = (await rows.Where(row => numbers.Contains(row.RemoteId)).ToListAsync(cancellation)).ToLookup(
            row => row.RemoteId
        );
        var devices = await DevicesAsync(db, integration, numbers, cancellation);
        return new Page<TagDifference>(
            [.. numbers.Select(number => View(number, devices.GetValueOrDefault(number), changes[number]))],
            found.Count > take ? numbers[^1].ToString(CultureInfo.InvariantCulture) : null
        );
    }

    private static TagDifference View(int number, DeviceRow? device, IEnumerable<ShownDeviceRow> changes) =>
        new(
            device?.Id,
            number,
            device is null ? null : DeviceViews.Name(device),
            device is null ? null : (Level)device.Level,
            [.. changes.Where(change => change.Action == TagAction.Add).Select(change => change.Tag)],
            [.. changes.Where(change => change.Action == TagAction.Remove).Select(change => change.Tag)]
        );

    private static bool Gets(TagState state) => state.WantedLevel is not null || state.WantedOfSets.Count > 0;

    private static TagDifference View(
        TagState state,
        DeviceRow? device,
        IReadOnlyDictionary<RiskLevel, string> names,
        ILookup<long, OwnedTagRow> tags
    ) =>
        new(
            device?.Id,
            state.Device,
            device is null ? null : DeviceViews.Name(device),
            device is null ? null : (Level)device.Level,
            [
                .. state.WantedLevel is { } level ? [names[(RiskLevel)level]] : Array.Empty<string>(),
                .. state.WantedOfSets,
            ],
            [.. state.CurrentTags.SelectMany(tag => tags[tag]).Select(tag => tag.Name)]
        );

    /// <summary>Those of the fleet: what has left it carries a tag as one that is in no inventory.</summary>
    private static Task<Dictionary<int, DeviceRow>> DevicesAsync(
        PicketDbContext db,
        Guid integration,
        List<int> numbers,
        CancellationToken cancellation
    ) =>
        db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == integration && row.GoneAt == null && numbers.Contains(row.RemoteId))
            .ToDictionaryAsync(row => row.RemoteId, cancellation);

    private static int After(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? int.MinValue
        : int.TryParse(cursor, CultureInfo.InvariantCulture, out var device) ? device
        : throw new PagingMistakeException(
            "cursor",
            "This cursor is not one of Picket's. Take it from `next` of the page before."
        );
}
