using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>What became of writes, told to their entries in the ledger.</summary>
internal static class LedgerAnswers
{
    /// <summary>What the UEM answered, or why there was no answer.</summary>
    public static Task<int> NoteAsync(
        this IQueryable<LedgerEntryRow> entries,
        LedgerState state,
        WorkspaceOneException failure,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        DateTimeOffset? answered = failure.Status is null ? null : now;
        var status = (int?)failure.Status;
        return entries.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.State, state)
                    .SetProperty(row => row.AnsweredAt, answered)
                    .SetProperty(row => row.HttpStatus, status)
                    .SetProperty(row => row.ErrorCode, failure.ErrorCode)
                    .SetProperty(row => row.Error, failure.Message),
            cancellation
        );
    }

    /// <summary>It was read back.</summary>
    public static Task<int> ConfirmAsync(
        this IQueryable<LedgerEntryRow> entries,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        entries.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.State, LedgerState.Confirmed)
                    .SetProperty(row => row.ConfirmedAt, now)
                    .SetProperty(row => row.Error, (string?)null),
            cancellation
        );
}
