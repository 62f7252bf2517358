using System.Collections.Concurrent;
using Picket.Core.Sync;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

internal sealed record LeavingDevice(Guid Id, bool LeftScope);

/// <summary>
/// Asks for what a listing lacks, device by device: only "not found" proves that one is gone. A device that answers is
/// kept and read from that answer, for the listing passed over it; one that answers from outside has left the scope.
/// </summary>
internal sealed class LossProof
{
    private const int InFlight = 8;
    private readonly SyncRun run;
    private readonly DeviceScope scope;
    private readonly ConcurrentBag<KnownDevice> gone = [];
    private readonly ConcurrentBag<(KnownDevice Known, UemDevice Device)> alive = [];
    private readonly ConcurrentBag<(KnownDevice Known, WorkspaceOneException Failure)> unanswered = [];

    private LossProof(SyncRun run, DeviceScope scope) => (this.run, this.scope) = (run, scope);

    public List<LeavingDevice> Leaving { get; } = [];

    public static async Task<LossProof> OfAsync(
        IServiceProvider services,
        SyncRun run,
        MissingDevices loss,
        DeviceScope scope,
        CancellationToken cancellation
    )
    {
        var proof = new LossProof(run, scope);
        await proof.ProveOutOfScopeAsync(loss.OutOfScope, cancellation);
        await proof.ProveGoneAsync(services, loss.Unlisted, cancellation);
        return proof;
    }

    private async Task ProveOutOfScopeAsync(List<KnownDevice> outside, CancellationToken cancellation)
    {
        if (outside.Count > 0 && await scope.DoubtAsync(cancellation) is { } doubt)
        {
            run.Incomplete(doubt);
            return;
        }

        Leaving.AddRange(outside.Select(device => new LeavingDevice(device.Id, LeftScope: true)));
    }

    private async Task ProveGoneAsync(
        IServiceProvider services,
        List<KnownDevice> unlisted,
        CancellationToken cancellation
    )
    {
        if (unlisted.Count == 0)
        {
            return;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var asked = LossConfirmation.Cap(unlisted.Count, run.CallsLeft(now));
        await Parallel.ForEachAsync(
            unlisted.Take(asked),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation },
            async (device, stop) => await AskAsync(device, stop)
        );
        if (!gone.IsEmpty && !await OrganizationGroupStage.IsReadableAsync(run, cancellation))
        {
            run.Incomplete("the organization group was out of reach while missing devices were asked for; they stay.");
            return;
        }

        Leaving.AddRange(gone.Select(device => new LeavingDevice(device.Id, LeftScope: false)));
        await KeepAsync(services, cancellation);
        SettleUnasked([.. unlisted.Skip(asked)], asked);
        TellUnanswered();
    }

    private async Task AskAsync(KnownDevice device, CancellationToken cancellation)
    {
        try
        {
            alive.Add((device, await run.Client.Devices.GetAsync(device.RemoteId, cancellation)));
        }
        catch (NotFoundException)
        {
            gone.Add(device);
        }
        catch (WorkspaceOneException failed) when (StageFailure.IsOfOneRow(failed))
        {
            unanswered.Add((device, failed));
        }
    }

    private async Task KeepAsync(IServiceProvider services, CancellationToken cancellation)
    {
        if (alive.IsEmpty)
        {
            return;
        }

        var groups = (await run.Client.OrganizationGroups.ChildrenAsync(run.OrganizationGroup, cancellation))
            .Select(group => group.Id)
            .ToHashSet();
        var elsewhere = alive
            .Where(found => IsOutside(found.Device, groups) || scope.IsExcluded(found.Device))
            .ToList();
        Leaving.AddRange(elsewhere.Select(found => new LeavingDevice(found.Known.Id, LeftScope: true)));
        // One that is in the tree and in no smart group any more is listed outside in the next run, and judged there.
        var kept = alive.Except(elsewhere).Select(found => found.Device).Where(scope.Holds).ToList();
        if (kept.Count > 0)
        {
            await services.GetRequiredService<DeviceWriter>().WriteAsync(run, kept, cancellation);
            var devices = kept.Count == 1 ? "1 device" : $"{kept.Count} devices";
            run.Note($"{devices} that the listing lacks answered when asked for; nothing was lost.");
        }
    }

    /// <summary>Without its own group in it the answer is not the whole tree, and shows nobody outside.</summary>
    private bool IsOutside(UemDevice device, HashSet<int> groups) =>
        groups.Contains(run.OrganizationGroup) && device.OrganizationGroup.Id is { } group && !groups.Contains(group);

    private void SettleUnasked(List<KnownDevice> unasked, int asked)
    {
        if (unasked.Count == 0)
        {
            return;
        }

        if (LossConfirmation.UnaskedMayGo(run.Row.HoldApproved, asked, gone.Count))
        {
            Leaving.AddRange(unasked.Select(device => new LeavingDevice(device.Id, LeftScope: false)));
            return;
        }

        run.Incomplete(
            $"the listing lacks {asked + unasked.Count} devices, of which {asked} were asked for by themselves, as "
                + $"many as today's calls permit; the other {unasked.Count} stay until a later run has asked for them."
        );
    }

    private void TellUnanswered()
    {
        if (!unanswered.IsEmpty)
        {
            run.Incomplete(
                $"{unanswered.Count} devices that the listing lacks could not be asked for, so they stay. "
                    + $"The first: {unanswered.First().Failure.Message}"
            );
        }
    }
}
