using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Picket.Core.Policy;
using Picket.Core.Sync;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Policy;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Sync.Stages;

/// <summary>Smart groups and tags.</summary>
internal static class GroupStages
{
    public static async Task SmartGroupsAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        var listing = run.Client.SmartGroups.Search(run.OrganizationGroup);
        await SmartGroups.WorkAsync(services, run, listing, cancellation);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await NoteWholeAsync(
            services,
            run,
            listing.Report,
            set => set.SetProperty(row => row.SmartGroupsListedAt, now),
            cancellation
        );
    }

    /// <summary>
    /// The preparation's minimum of rights has none for tags: nothing is missing while none are written, and no policy
    /// asks for one.
    /// </summary>
    public static async Task TagsAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        var listing = run.Client.Tags.Search(run.OrganizationGroup);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var needed = run.Integration.WritingEnabled || await PolicyAsksForTagsAsync(services, cancellation);
        try
        {
            await Tags.WorkAsync(services, run, listing, cancellation);
        }
        catch (PermissionMissingException missing) when (!needed)
        {
            run.Note(
                $"Not read, which only writing them, or a policy that asks for one, needs. {StageFailure.Explain(missing, now)}"
            );
            return;
        }

        await NoteWholeAsync(
            services,
            run,
            listing.Report,
            set => set.SetProperty(row => row.TagsListedAt, now),
            cancellation
        );
    }

    private static async Task<bool> PolicyAsksForTagsAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var db = services.GetRequiredService<PicketDatabase>().Open();
        var policy = await services.GetRequiredService<PolicyStore>().CurrentAsync(db, cancellation);
        return policy.Book.Named(MemberOf.Tag).Count > 0;
    }

    /// <summary>A policy may name what is not there: only a whole listing tells that.</summary>
    private static async Task NoteWholeAsync(
        IServiceProvider services,
        SyncRun run,
        ListingReport report,
        Action<UpdateSettersBuilder<IntegrationRow>> note,
        CancellationToken cancellation
    )
    {
        if (report.Complete)
        {
            await using var db = services.GetRequiredService<PicketDatabase>().Open();
            await db.Integrations.Where(row => row.Id == run.Integration.Id).ExecuteUpdateAsync(note, cancellation);
        }
    }

    private static readonly SmallListing<UemSmartGroup, SmartGroupRow, int> SmartGroups = new(
        "smartGroups",
        row => row.RemoteId,
        group => group.Id,
        group =>
            RowHash.Of(
                group.Name,
                group.Devices?.ToString(CultureInfo.InvariantCulture),
                group.ManagedByOrganizationGroupId?.ToString(CultureInfo.InvariantCulture),
                group.Uuid?.ToString()
            ),
        (group, row) =>
            new SmartGroupRow
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                RemoteId = group.Id,
                RemoteUuid = group.Uuid,
                Name = group.Name,
                DeviceCount = group.Devices,
                ManagedByOrganizationGroupId = group.ManagedByOrganizationGroupId,
                Hash = row.Hash,
                FirstSeenAt = row.FirstSeenAt,
            },
        (client, id, cancellation) => client.SmartGroups.GetAsync(id, cancellation)
    );

    private static readonly SmallListing<UemTag, TagRow, int> Tags = new(
        "tags",
        row => row.RemoteId,
        tag => tag.Id,
        tag => RowHash.Of(tag.Name, tag.Uuid?.ToString()),
        (tag, row) =>
            new TagRow
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                RemoteId = tag.Id,
                RemoteUuid = tag.Uuid,
                Name = tag.Name,
                Hash = row.Hash,
                FirstSeenAt = row.FirstSeenAt,
            }
    );
}
