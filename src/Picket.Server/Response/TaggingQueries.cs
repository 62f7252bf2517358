using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Risk;
using Picket.Server.Storage;
using ApiPreview = Picket.Api.TagPreview;
using CorePreview = Picket.Core.Response.TagPreview;

namespace Picket.Server.Response;

/// <summary>Previews and the state of tagging, for endpoints and pages.</summary>
public sealed class TaggingQueries(PicketDatabase database, UemConnections connections, TimeProvider time)
{
    /// <summary>Plans without writing: reads the UEM's tags, plans against the confirmed state, stores what is shown.</summary>
    public async Task<ApiPreview?> PreviewAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == integrationId, cancellation);
        if (integration is null)
        {
            return null;
        }

        var connection = await connections.OpenAsync(integrationId, cancellation);
        var listed = await new UemTags(connection.Client, integration.OrganizationGroupId).ListAsync(cancellation);
        var now = time.GetUtcNow();
        // Reconciled on a context that is never saved: a preview changes nothing.
        await using var scratch = database.Open();
        var owned = await OwnedTags.ReconcileAsync(scratch, integration, listed, now, cancellation);
        var (preview, changed, fleet) =
            owned.Foreign.Count > 0
                ? (Preview(TagPlanner.Plan([], TagLevels.SetOf([])), integrationId, now), 0, 0)
                : await PlannedAsync(db, integration, owned.Rows, now, cancellation);
        preview = preview with
        {
            PerLevel = await db
                .Devices.Where(row => row.IntegrationId == integrationId && row.GoneAt == null)
                .CountLevelsAsync(cancellation),
            ForeignTags = owned.Foreign,
        };
        db.TagPreviews.Add(
            new TagPreviewRow
            {
                Id = preview.Id,
                IntegrationId = integrationId,
                MadeAt = now,
                Summary = JsonSerializer.Serialize(preview, PicketApiJson.Default.TagPreview),
                Settings = TaggingConsent.Store(integration),
                ChangedDevices = changed,
                Fleet = fleet,
            }
        );
        await db.SaveChangesAsync(cancellation);
        return preview;
    }

    public async Task<TaggingView?> StateAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == integrationId, cancellation);
        if (integration is null)
        {
            return null;
        }

        var newest = await db
            .TagRuns.AsNoTracking()
            .Where(row => row.IntegrationId == integrationId)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellation);
        var held = await db
            .TagRuns.AsNoTracking()
            .Where(row => row.IntegrationId == integrationId && row.State == RunState.Held)
            .ToListAsync(cancellation);
        var others = SharedDevices.Others(db, integration);
        var notOurs = integration.WritingEnabled
            ? await SharedDevices.NotOursAsync(db, integration, others, cancellation)
            : new Dictionary<int, Guid?>();
        return new TaggingView(
            integrationId,
            integration.WritingEnabled,
            integration.TagPrefix,
            await TagsAsync(db, integration, cancellation),
            newest is null ? null : TagRunViews.Of(newest),
            [.. held.Select(TagRunViews.Of)]
        )
        {
            LeavesSome = notOurs.Values.Any(owner => owner is not null),
            SomeUndecided = notOurs.Values.Any(owner => owner is null),
        };
    }

    private static async Task<(ApiPreview Preview, int Changed, int Fleet)> PlannedAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<OwnedTagRow> owned,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var differing = await new TagDifferences(db, integration, owned).LoadAsync(now, cancellation);
        var plan = TagPlanner.Plan(
            differing.All,
            TagLevels.SetOf(owned),
            integration.TagBatchSize,
            differing.LeftNumbers
        );
        var fleet = await BrakeFacts.FleetAsync(db, integration.Id, cancellation);
        var limits = BrakeFacts.Of(integration);
        var groups = limits.GroupShare is null
            ? []
            : await BrakeFacts.GroupsAsync(
                db,
                integration.Id,
                plan.Calls.SelectMany(call => call.Devices).Select(device => (int)device).ToHashSet(),
                cancellation
            );
        var brake =
            limits.Check(plan.ChangedDevices, fleet, null, 0, groups) is BrakeOutcome.Held
                ? TagRunViews.Brake(plan.ChangedDevices, fleet, 0, limits.Share)
                : null;
        var preview = Preview(plan, integration.Id, now) with
        {
            Brake = brake,
            NeverTouched = differing.Never.Count,
            NeverTouchedInDoubt = differing.InDoubt,
        };
        return (preview, plan.ChangedDevices, fleet);
    }

    private static ApiPreview Preview(TagPlan plan, Guid integration, DateTimeOffset now)
    {
        var shown = CorePreview.Of(plan);
        return new ApiPreview
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            PerLevel = new LevelCounts(0, 0, 0, 0, 0, 0),
            TagsToCreate = shown.TagsToMake,
            Adds = shown.Adds,
            Removes = shown.Removals,
            Calls = shown.WritingCalls + shown.ReadingCalls,
            CreatedAt = now,
        };
    }

    private static async Task<IReadOnlyList<LevelTag>> TagsAsync(
        PicketDbContext db,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        var owned = await db
            .OwnedTags.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id)
            .Select(row => new { Row = row, Devices = db.DeviceTags.Count(tag => tag.OwnedTagId == row.Id) })
            .ToListAsync(cancellation);
        var inUem = await db
            .Tags.Where(row => row.IntegrationId == integration.Id && row.GoneAt == null && row.Name != null)
            .Select(row => row.Name!)
            .ToListAsync(cancellation);
        var taken = inUem.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. TagLevels
                .NamesOf(integration)
                .OrderByDescending(level => level.Key)
                .Select(level =>
                {
                    var own = owned.Find(tag => tag.Row.IsCalled(level.Value, integration));
                    return new LevelTag(
                        (Level)(int)level.Key,
                        level.Value,
                        own?.Row.RemoteId,
                        State(own?.Row, taken.Contains(level.Value)),
                        own?.Devices ?? 0
                    );
                }),
        ];
    }

    /// <param name="taken">The last reading of the UEM's tags lists one of that name.</param>
    private static Api.TagState State(OwnedTagRow? tag, bool taken) =>
        tag?.RemoteId is null
            ? taken
                ? Api.TagState.Foreign
                : Api.TagState.Missing
            : tag.Adopted
                ? Api.TagState.Adopted
                : Api.TagState.Created;
}
