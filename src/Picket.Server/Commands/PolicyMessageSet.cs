using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>Messages that the policy wants and that wait for a person's word: decided together, their ledger along.</summary>
internal static class PolicyMessageSet
{
    public static IQueryable<DeviceCommandRow> Waiting(PicketDbContext db, Guid integration) =>
        db.DeviceCommands.Where(row =>
            row.IntegrationId == integration
            && row.State == CommandState.Waiting
            && row.Kind == CommandKind.Message
            && row.PolicyVersion != null
        );

    /// <summary>Nothing of them is sent.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> EndAsync(
        PicketDbContext db,
        IQueryable<DeviceCommandRow> messages,
        CommandState to,
        string why,
        string? by,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await NoteAsync(db, messages, CommandLife.Ledger(to), approvedBy: null, cancellation);
        DateTimeOffset? ended = now;
        return await messages.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.State, to)
                    .SetProperty(row => row.Brake, CommandBrake.None)
                    .SetProperty(row => row.Why, why)
                    .SetProperty(row => row.GoesOnAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.EndedAt, ended)
                    .SetProperty(row => row.EndedBy, by),
            cancellation
        );
    }

    /// <summary>They get their turn.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> ApproveAsync(
        PicketDbContext db,
        IQueryable<DeviceCommandRow> messages,
        string by,
        Guid? person,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await NoteAsync(db, messages, LedgerState.Approved, by, cancellation);
        DateTimeOffset? at = now;
        DateTimeOffset? end = now + PolicyMessageScan.SentWithin;
        return await messages.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.State, CommandState.Due)
                    .SetProperty(row => row.Brake, CommandBrake.None)
                    .SetProperty(row => row.Why, (string?)null)
                    .SetProperty(row => row.ApprovedBy, by)
                    .SetProperty(row => row.ApprovedByPerson, person)
                    .SetProperty(row => row.ApprovedAt, at)
                    .SetProperty(row => row.ExpiresAt, end)
                    .SetProperty(row => row.GoesOnAt, at),
            cancellation
        );
    }

    private static async Task NoteAsync(
        PicketDbContext db,
        IQueryable<DeviceCommandRow> messages,
        LedgerState state,
        string? approvedBy,
        CancellationToken cancellation
    )
    {
        var entries = messages.Select(row => row.LedgerEntryId);
        await db
            .LedgerDevices.Where(row => entries.Contains(row.EntryId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state), cancellation);
        await db
            .Ledger.Where(row => entries.Contains(row.Id))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, state).SetProperty(row => row.ApprovedBy, approvedBy),
                cancellation
            );
    }
}
