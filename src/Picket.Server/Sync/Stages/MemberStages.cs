using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Policy;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>
/// Who is in the smart groups, and carries the tags, that the policy in force names: one call each, and none where it
/// names none. What cannot be read stays as it was.
/// </summary>
internal static class MemberStages
{
    public static Task SmartGroupsAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation) =>
        ReadAllAsync(
            services,
            run,
            MemberOf.SmartGroup,
            async group =>
                (await run.Client.SmartGroups.DevicesAsync(group, cancellation))
                    .Select(device => device.Id)
                    .ToHashSet(),
            cancellation
        );

    public static Task TagsAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation) =>
        ReadAllAsync(
            services,
            run,
            MemberOf.Tag,
            async tag =>
                (await run.Client.Tags.DevicesAsync(tag, cancellation)).Select(one => one.DeviceId).ToHashSet(),
            cancellation
        );

    private static async Task ReadAllAsync(
        IServiceProvider services,
        SyncRun run,
        MemberOf kind,
        Func<int, Task<HashSet<int>>> listAsync,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var time = services.GetRequiredService<TimeProvider>();
        var named = await NamedAsync(services, run, cancellation);
        await ForgetOthersAsync(database, run, named, cancellation);
        var groups = named.Where(group => group.Kind == kind).ToList();
        run.Row.StageTotal = groups.Count == 0 ? null : groups.Count;
        foreach (var group in groups)
        {
            if (group.IsPickets)
            {
                run.Incomplete(
                    $"\"{group.Name}\" is a tag that Picket sets by its verdicts, and the policy asks for it: it is not read, "
                        + "and no device is known to carry it. Name another tag in the policy."
                );
                continue;
            }

            if (run.CallsLeft(time.GetUtcNow()) <= 0)
            {
                run.Incomplete(
                    $"today's share of the calls is spent before \"{group.Name}\"; what was known before stays."
                );
                break;
            }

            try
            {
                await ReadAsync(services, run, group, listAsync, cancellation);
            }
            catch (WorkspaceOneException failure) when (failure.Status is not null && StageFailure.IsOfOneRow(failure))
            {
                var why = StageFailure.Explain(failure, time.GetUtcNow());
                run.Incomplete($"the members of \"{group.Name}\" were not read; those known before stay. {why}");
            }

            run.Row.StageDone++;
        }
    }

    private static async Task<IReadOnlyList<NamedGroup>> NamedAsync(
        IServiceProvider services,
        SyncRun run,
        CancellationToken cancellation
    )
    {
        await using var db = services.GetRequiredService<PicketDatabase>().Open();
        var policy = await services.GetRequiredService<PolicyStore>().CurrentAsync(db, cancellation);
        return await NamedGroup.OfAsync(db, [run.Integration.Id], policy.Book, cancellation);
    }

    /// <summary>What is gone, or what no policy names any more, is not kept.</summary>
    private static async Task ForgetOthersAsync(
        PicketDatabase database,
        SyncRun run,
        IReadOnlyList<NamedGroup> named,
        CancellationToken cancellation
    )
    {
        var kept = named.Where(group => !group.IsPickets).Select(group => group.Id).ToHashSet();
        await using var db = database.Open();
        var readings = await db
            .MembershipReadings.AsNoTracking()
            .Where(row => row.IntegrationId == run.Integration.Id)
            .ToListAsync(cancellation);
        foreach (var other in readings.Where(row => !kept.Contains(row.Id)))
        {
            await run.WriteAsync(
                database,
                async write =>
                {
                    var members = await MembersAsync(write, other.Id, cancellation);
                    await PlaceChanges.MembersMovedAsync(
                        write,
                        run.Integration.Id,
                        members,
                        other.ReadAt,
                        cancellation
                    );
                    await write
                        .DeviceMemberships.Where(row => row.GroupId == other.Id)
                        .ExecuteDeleteAsync(cancellation);
                    await write.MembershipReadings.Where(row => row.Id == other.Id).ExecuteDeleteAsync(cancellation);
                },
                cancellation
            );
        }
    }

    private static async Task ReadAsync(
        IServiceProvider services,
        SyncRun run,
        NamedGroup group,
        Func<int, Task<HashSet<int>>> listAsync,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var asked = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var listed = await listAsync(group.RemoteId);
        HashSet<int> stored;
        await using (var db = database.Open())
        {
            stored = await MembersAsync(db, group.Id, cancellation);
        }

        var gone = stored.Except(listed).ToList();
        if (
            IsGreatLoss(stored.Count, gone.Count)
            && !run.Row.AcceptLosses
            && await DoubtAsync(run, group, listed, listAsync, cancellation) is { } doubt
        )
        {
            run.Incomplete(
                $"\"{group.Name}\" lost {gone.Count} of {stored.Count} devices at once, and {doubt}; those known before stay."
            );
            return;
        }

        var added = listed.Except(stored).ToList();
        await run.WriteAsync(
            database,
            async db =>
            {
                List<DeviceMembershipRow> rows =
                [
                    .. added.Select(device => new DeviceMembershipRow { GroupId = group.Id, RemoteId = device }),
                ];
                await database.Bulk.UpsertAsync(db, rows, cancellation);
                foreach (var some in gone.Chunk(1000))
                {
                    await db
                        .DeviceMemberships.Where(row => row.GroupId == group.Id && some.Contains(row.RemoteId))
                        .ExecuteDeleteAsync(cancellation);
                }

                var reading = new MembershipReadingRow
                {
                    Id = group.Id,
                    IntegrationId = group.Integration,
                    ReadAt = asked,
                };
                await database.Bulk.UpsertAsync(db, [reading], cancellation);
                await PlaceChanges.MembersMovedAsync(
                    db,
                    group.Integration,
                    added.Concat(gone),
                    group.ReadAt,
                    cancellation
                );
            },
            cancellation
        );
    }

    private static Task<HashSet<int>> MembersAsync(PicketDbContext db, Guid group, CancellationToken cancellation) =>
        db
            .DeviceMemberships.Where(row => row.GroupId == group)
            .Select(row => row.RemoteId)
            .ToHashSetAsync(cancellation);

    private static bool IsGreatLoss(int stored, int gone)
    {
        var facts = ListingFactsOf.OnePiece(stored - gone, doubt: null) with
        {
            GroupReadable = true,
            StoredBefore = stored,
            Missing = gone,
        };
        return LossPlan.Decide(facts, new LossBrake()) is LossOutcome.HoldForApproval;
    }

    /// <summary>
    /// The list comes in one piece with nothing that tells whether it is whole, so a great loss is believed when the
    /// integration's group can be read and a second reading says the same.
    /// </summary>
    /// <returns>Why it is not believed; null when it is.</returns>
    private static async Task<string?> DoubtAsync(
        SyncRun run,
        NamedGroup group,
        HashSet<int> listed,
        Func<int, Task<HashSet<int>>> listAsync,
        CancellationToken cancellation
    ) =>
        !await OrganizationGroupStage.IsReadableAsync(run, cancellation)
            ? "the integration's organization group could not be read after it"
        : !listed.SetEquals(await listAsync(group.RemoteId)) ? "a second reading said otherwise"
        : null;
}
