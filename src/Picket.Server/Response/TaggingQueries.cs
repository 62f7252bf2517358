using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using ApiPreview = Picket.Api.TagPreview;

namespace Picket.Server.Response;

/// <summary>Previews and the state of tagging, for endpoints and pages.</summary>
public sealed class TaggingQueries(PicketDatabase database, UemConnections connections, TimeProvider time)
{
    /// <summary>Plans without writing: reads the UEM's tags, plans against the confirmed state, stores what is shown.</summary>
    public async Task<ApiPreview?> PreviewAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db.Integrations.SingleOrDefaultAsync(row => row.Id == integrationId, cancellation);
        if (integration is null)
        {
            return null;
        }

        var connection = await connections.OpenAsync(integrationId, cancellation);
        var listed = await new UemTags(connection.Client, integration.OrganizationGroupId).ListAsync(cancellation);
        var now = time.GetUtcNow();
        // Reconciled on this context, which is never saved: a preview changes nothing.
        await using var scratch = database.Open();
        var owned = await OwnedTags.ReconcileAsync(scratch, integration, listed, now, cancellation);
        if (owned.Foreign.Count > 0)
        {
            return await StoreAsync(db, integration, NothingBut(owned, integrationId, now), 0, 0, cancellation);
        }

        var fleet = await TagFleet.LoadAsync(db, integration, owned.Rows, cancellation);
        var plan = TagPlanner.Plan(fleet.States, fleet.Tags, integration.TagBatchSize);
        return await StoreAsync(
            db,
            integration,
            Preview(plan, fleet, integrationId, now),
            plan.ChangedDevices,
            fleet.Devices,
            cancellation
        );
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

        var tags = await db
            .OwnedTags.AsNoTracking()
            .Where(row => row.IntegrationId == integrationId && row.Level != null)
            .Select(row => new { Row = row, Devices = db.DeviceTags.Count(tag => tag.OwnedTagId == row.Id) })
            .ToListAsync(cancellation);
        var runs = await db
            .TagRuns.AsNoTracking()
            .Where(row => row.IntegrationId == integrationId)
            .OrderByDescending(row => row.Id)
            .Take(1)
            .ToListAsync(cancellation);
        return new TaggingView(
            integrationId,
            integration.WritingEnabled,
            integration.TagPrefix,
            [
                .. tags.OrderByDescending(tag => tag.Row.Level)
                    .Select(tag => new LevelTag(
                        (Level)(int)tag.Row.Level!,
                        tag.Row.Name,
                        tag.Row.RemoteId,
                        State(tag.Row),
                        tag.Devices
                    )),
            ],
            runs.Count == 0 ? null : View(runs[0]),
            [.. runs.Where(run => run.State == RunState.Held).Select(View)]
        );
    }

    public static TagRunView View(TagRunRow run) =>
        new()
        {
            Id = run.Id,
            IntegrationId = run.IntegrationId,
            State = run.State,
            Adds = run.Adds,
            Removes = run.Removes,
            Confirmed = run.Confirmed,
            Failed = run.Failed,
            UemCalls = (int)run.UemCalls,
            QueuedAt = run.QueuedAt,
            EndedAt = run.EndedAt,
            IncompleteReasons = run.IncompleteReasons,
            Brake = run.State == RunState.Held ? Brake(run.HeldChanged ?? 0, run.HeldFleet ?? 0) : null,
        };

    private static Api.TagState State(OwnedTagRow tag) =>
        tag.RemoteId is null ? Api.TagState.Missing
        : tag.Adopted ? Api.TagState.Adopted
        : Api.TagState.Created;

    private static ApiPreview Preview(TagPlan plan, TagFleet fleet, Guid integration, DateTimeOffset now)
    {
        var core = Core.Response.TagPreview.Of(plan, fleet.States, fleet.Tags);
        var held =
            new Core.Response.TagBrake().Check(plan.ChangedDevices, fleet.Devices, accepted: null) is BrakeOutcome.Held;
        return new ApiPreview
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            PerLevel = fleet.Counts,
            TagsToCreate = core.TagsToMake,
            Adds = core.Adds,
            Removes = core.Removals,
            Calls = core.WritingCalls + core.ReadingCalls,
            Brake = held ? Brake(plan.ChangedDevices, fleet.Devices) : null,
            CreatedAt = now,
        };
    }

    private static ApiPreview NothingBut(OwnedTags owned, Guid integration, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            PerLevel = new LevelCounts(0, 0, 0, 0, 0, 0),
            TagsToCreate = [],
            ForeignTags = owned.Foreign,
            CreatedAt = now,
        };

    private static Api.TagBrake Brake(int changed, int fleet) =>
        new(changed, fleet, fleet == 0 ? 0 : (double)changed / fleet, new Core.Response.TagBrake().Share);

    private static async Task<ApiPreview> StoreAsync(
        PicketDbContext db,
        IntegrationRow integration,
        ApiPreview preview,
        int changed,
        int fleet,
        CancellationToken cancellation
    )
    {
        db.TagPreviews.Add(
            new TagPreviewRow
            {
                Id = preview.Id,
                IntegrationId = integration.Id,
                MadeAt = preview.CreatedAt,
                Summary = JsonSerializer.Serialize(preview, PicketApiJson.Default.TagPreview),
                ChangedDevices = changed,
                Fleet = fleet,
            }
        );
        await db.SaveChangesAsync(cancellation);
        return preview;
    }
}
