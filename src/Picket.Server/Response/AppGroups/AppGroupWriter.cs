using Picket.Core.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>
/// Sends the calls of a plan, each in the ledger first: what comes is added before what goes is taken out, since a group is
/// never empty. What became of each app is told by reading back, not here.
/// </summary>
internal sealed class AppGroupWriter(
    UemAppGroups uem,
    AppGroupLedger ledger,
    AppGroupReadBack readBack,
    AppGroupRunRow run,
    int organizationGroup
)
{
    public const string Right = "rest-apps-edit";

    private const string Description =
        "Made and kept by Picket from its findings. A compliance policy may refer to it. Apps that you add by hand stay.";

    private readonly List<OwnedAppGroupRow> touched = [];

    /// <summary>Groups that are to be read back.</summary>
    public IReadOnlyList<OwnedAppGroupRow> Touched => touched;

    /// <exception cref="WritesStoppedException">All writes are stopped; what is left is planned anew afterwards.</exception>
    /// <exception cref="AppGroupsEndedException">The UEM would refuse what is left as well.</exception>
    public async Task SendAsync(OwnedAppGroupRow group, AppGroupPlan plan, CancellationToken cancellation)
    {
        switch (plan.Step)
        {
            case AppGroupStep.Make:
                await MakeAsync(group, plan.Adds, cancellation);
                break;
            case AppGroupStep.Delete:
                await SendAsync(
                    group,
                    LedgerKinds.DeleteAppGroup,
                    plan.Removes,
                    () => DeleteAsync(group.RemoteId!.Value, cancellation),
                    cancellation
                );
                break;
            case AppGroupStep.Change:
                await ChangeAsync(group, plan, cancellation);
                break;
        }
    }

    private async Task ChangeAsync(OwnedAppGroupRow group, AppGroupPlan plan, CancellationToken cancellation)
    {
        var groups = uem.Client.AppGroups;
        if (plan.Adds.Count > 0)
        {
            await SendAsync(
                group,
                LedgerKinds.AddToAppGroup,
                plan.Adds,
                () => SilentAsync(groups.AddApplicationsAsync(group.RemoteId!.Value, Items(plan.Adds), cancellation)),
                cancellation
            );
        }

        if (plan.Removes.Count > 0)
        {
            await SendAsync(
                group,
                LedgerKinds.RemoveFromAppGroup,
                plan.Removes,
                () =>
                    SilentAsync(
                        groups.RemoveApplicationsAsync(group.RemoteId!.Value, Items(plan.Removes), cancellation)
                    ),
                cancellation
            );
        }
    }

    private async Task MakeAsync(OwnedAppGroupRow group, IReadOnlyList<string> apps, CancellationToken cancellation)
    {
        var entry = await ledger.MarkSentAsync(run, group, LedgerKinds.CreateAppGroup, apps, cancellation);
        try
        {
            var made = await uem.Client.AppGroups.CreateAsync(
                new NewAppGroup(group.Name, UemAppGroups.WireName(group.Platform), organizationGroup, Items(apps))
                {
                    Description = Description,
                },
                cancellation
            );
            await ledger.AnsweredAsync(entry, group.Id, made, refused: null, cancellation);
        }
        catch (AmbiguousOutcomeException lost)
        {
            await ledger.UnclearAsync(entry, lost, cancellation);
            await readBack.SettleMakingAsync(run.IntegrationId, uem, cancellation, atOnce: true);
        }
        catch (WorkspaceOneException failure)
        {
            await FailedAsync(entry, failure, cancellation);
        }

        touched.Add(group);
    }

    /// <returns>What the UEM said against it; null where it is gone.</returns>
    private async Task<string?> DeleteAsync(int id, CancellationToken cancellation)
    {
        var result = await uem.Client.AppGroups.DeleteAsync([id], cancellation);
        return result.Faults.FirstOrDefault(fault => fault.ErrorCode != 404)?.Message;
    }

    private async Task SendAsync(
        OwnedAppGroupRow group,
        string kind,
        IReadOnlyList<string> apps,
        Func<Task<string?>> send,
        CancellationToken cancellation
    )
    {
        var entry = await ledger.MarkSentAsync(run, group, kind, apps, cancellation);
        touched.Add(group);
        try
        {
            await ledger.AnsweredAsync(entry, group.Id, made: null, await send(), cancellation);
        }
        catch (WorkspaceOneException failure)
        {
            await FailedAsync(entry, failure, cancellation);
        }
    }

    private async Task FailedAsync(Guid entry, WorkspaceOneException failure, CancellationToken cancellation)
    {
        // A refused retry says nothing about the attempt before it.
        var fate = failure.SentBefore ? WriteFate.Unclear : WriteFailure.Of(failure);
        await (
            fate == WriteFate.Unclear
                ? ledger.UnclearAsync(entry, failure, cancellation)
                : ledger.RefusedAsync(entry, failure, cancellation)
        );
        if (failure is WritesStoppedException)
        {
            throw failure; // The run waits.
        }

        if (fate == WriteFate.NotSent)
        {
            throw new AppGroupsEndedException(Explain(failure));
        }
    }

    public static string Explain(WorkspaceOneException failure, string right = Right) =>
        failure is PermissionMissingException refused
            ? MissingRight.Explain(refused, right, "then run the lists again")
            : failure.Message;

    private static async Task<string?> SilentAsync(Task call)
    {
        await call;
        return null;
    }

    /// <summary>Named by its id: what an app calls itself on a device is its maker's word.</summary>
    private static List<UemAppGroupItem> Items(IEnumerable<string> apps) =>
        [.. apps.Select(app => new UemAppGroupItem(app, app))];
}
