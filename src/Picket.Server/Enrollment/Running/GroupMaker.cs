using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Enrollment;

/// <summary>
/// The custom groups that lines are sent to. One that is not there is made, once for all lines that name it, and never
/// twice on one word: after a lost answer the UEM is asked for it, and then a person.
/// </summary>
internal sealed class GroupMaker(
    ImportLedger ledger,
    WorkspaceOneClient client,
    UemGroups groups,
    ImportRow import,
    int organizationGroup
)
{
    /// <summary>Why there is none of these, and none is asked for again in this run.</summary>
    private readonly Dictionary<string, string> notMade = new(StringComparer.OrdinalIgnoreCase);

    public Task ReadAsync(CancellationToken cancellation) => groups.ReadAsync(import.IntegrationId, cancellation);

    /// <returns>The group's number, or why there is none.</returns>
    public async Task<(int Id, string? Why)> IdAsync(string name, CancellationToken cancellation)
    {
        if (groups.Ids(name) is { Count: > 0 } ids)
        {
            return ids.Count == 1 ? (ids[0], null) : (0, "Several groups have this name. Rename one in the UEM.");
        }

        if (notMade.TryGetValue(name, out var known))
        {
            return (0, known);
        }

        if (await ledger.UnclearGroupAsync(import, name, cancellation) is { } pending)
        {
            if (pending.SentAt >= import.StartedAt)
            {
                return NotMade(name, NotClear);
            }

            await SettleAsync(pending.Id, found: false, cancellation); // Somebody has said "again" since.
        }

        return await MakeAsync(name, cancellation);
    }

    private const string NotClear =
        "Whether the group was made is not clear: its answer is lost, and the UEM does not list it. Look there, then take the line up again.";

    private async Task<(int Id, string? Why)> MakeAsync(string name, CancellationToken cancellation)
    {
        var entry = await ledger.MarkGroupSentAsync(import, name, cancellation);
        try
        {
            var made = await client.UserGroups.CreateAsync(name, organizationGroup, description: null, cancellation);
            await ledger.ConfirmedAsync(entry, cancellation);
            groups.Made(made, name);
            return (made, null);
        }
        catch (WorkspaceOneException failure) when (WriteFailure.Of(failure) == WriteFate.Unclear)
        {
            await ledger.UnclearAsync(entry, failure, cancellation);
            await groups.ReadAsync(import.IntegrationId, cancellation);
            if (groups.Ids(name) is [var found])
            {
                await ledger.ConfirmedAsync(entry, cancellation);
                return (found, null);
            }

            return NotMade(name, NotClear);
        }
        catch (WorkspaceOneException failure)
        {
            await ledger.FailedAsync(entry, failure, cancellation);
            if (WriteFailure.Of(failure) == WriteFate.NotSent)
            {
                throw;
            }

            return NotMade(name, $"The UEM did not make the group: {failure.Reason}");
        }
    }

    private (int Id, string Why) NotMade(string name, string why)
    {
        notMade[name] = why;
        return (0, why);
    }

    private Task SettleAsync(Guid entry, bool found, CancellationToken cancellation) =>
        ledger.SettleAsync(found ? [entry] : [], found ? [] : [entry], cancellation);
}
