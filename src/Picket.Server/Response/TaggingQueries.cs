using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Policy;
using Picket.Server.Risk;
using Picket.Server.Storage;
using ApiPreview = Picket.Api.TagPreview;
using CorePreview = Picket.Core.Response.TagPreview;

namespace Picket.Server.Response;

/// <summary>Previews and the state of tagging, for endpoints and pages.</summary>
public sealed class TaggingQueries(
    PicketDatabase database,
    UemConnections connections,
    PolicyStore policies,
    TagBraking braking,
    TimeProvider time
)
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
        var listed = await new UemTags(connection.Client.Interactive, integration.OrganizationGroupId).ListAsync(
            cancellation
        );
        var now = time.GetUtcNow();
        var version = (await policies.CurrentAsync(db, cancellation)).Number;
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
                PolicyVersion = version,
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
        var tags = await TagsAsync(db, integration, cancellation);
        var others = SharedDevices.Others(db, integration);
        var notOurs = integration.WritingEnabled
            ? await SharedDevices.NotOursAsync(db, integration, others, cancellation)
            : new Dictionary<int, Guid?>();
        return new TaggingView(
            integrationId,
            integration.WritingEnabled,
            integration.TagPrefix,
            [
                .. tags.Where(tag => tag.Name.Level is not null)
                    .Select(tag => new LevelTag(
                        (Level)(int)tag.Name.Level!,
                        tag.Name.Name,
                        tag.UemId,
                        tag.State,
                        tag.Devices
                    )),
            ],
            newest is null ? null : TagRunViews.Of(newest),
            [.. held.Select(TagRunViews.Of)],
            await TagDelays.OfAsync(db, integrationId, time.GetUtcNow(), cancellation)
        )
        {
            Sets =
            [
                .. tags.Where(tag => tag.Name.Set is not null)
                    .Select(tag => new SetTag(tag.Name.Set!, tag.Name.Name, tag.UemId, tag.State, tag.Devices)),
            ],
            LeavesSome = notOurs.Values.Any(owner => owner is not null),
            SomeUndecided = notOurs.Values.Any(owner => owner is null),
        };
    }

    private async Task<(ApiPreview Preview, int Changed, int Fleet)> PlannedAsync(
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
        // What a person looks at is no first run any more, once it is accepted.
        var version = (await policies.CurrentAsync(db, cancellation)).Number;
        var braked = await braking.CheckAsync(db, integration, plan, accepted: null, version, cancellation);
        var fleet = await BrakeFacts.FleetAsync(db, integration.Id, cancellation);
        var brake = braked.Held is null
            ? null
            : TagRunViews.Brake(plan.ChangedDevices, fleet, braked.Recent, BrakeFacts.Of(integration).Share);
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
            Changed = shown.ChangedDevices,
            Adds = shown.Adds,
            Removes = shown.Removals,
            PerTag =
            [
                .. shown.PerTag.Select(line => new TagPreviewLine(
                    line.Tag.Set,
                    line.Tag.Name,
                    line.Adds,
                    line.Removals
                )),
            ],
            Calls = shown.WritingCalls + shown.ReadingCalls,
            CreatedAt = now,
        };
    }

    private static async Task<IReadOnlyList<StandingTag>> TagsAsync(
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
        var names = await TagNames.OfAsync(db, integration, cancellation);
        return
        [
            .. names.Select(name =>
            {
                var own = owned.Find(tag => tag.Row.IsCalled(name.Name, integration));
                var state = State(own?.Row, taken.Contains(name.Name));
                return new StandingTag(name, own?.Row.RemoteId, state, own?.Devices ?? 0);
            }),
        ];
    }

    private sealed record StandingTag(TagName Name, long? UemId, Api.TagState State, int Devices);

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
