using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Enrollment;

/// <summary>Takes out what imports keep of people.</summary>
internal static class ImportRemoval
{
    public static async Task RemoveAsync(PicketDbContext db, Guid import, CancellationToken cancellation)
    {
        await db.ImportLines.Where(row => row.ImportId == import).ExecuteDeleteAsync(cancellation);
        await db.Imports.Where(row => row.Id == import).ExecuteDeleteAsync(cancellation);
    }

    public static async Task RemoveAllAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        var imports = db.Imports.Where(row => row.IntegrationId == integration);
        await db
            .ImportLines.Where(row => imports.Any(import => import.Id == row.ImportId))
            .ExecuteDeleteAsync(cancellation);
        await imports.ExecuteDeleteAsync(cancellation);
    }

    /// <summary>What lines say goes; how many there were of what stays. One that never started can be no more.</summary>
    public static async Task ForgetLinesAsync(
        PicketDbContext db,
        Guid import,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await ForgetAsync(db.ImportLines.Where(row => row.ImportId == import), cancellation);
        await db
            .Imports.Where(row => row.Id == import && row.State == ImportState.Checked)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, ImportState.Cancelled).SetProperty(row => row.EndedAt, now),
                cancellation
            );
        await db
            .Imports.Where(row => row.Id == import)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ForgottenAt, now), cancellation);
    }

    /// <summary>
    /// After lines were written as they had been read: what was forgotten in between is forgotten again. For the
    /// transaction that wrote them; an erasure comes before it, or waits for it.
    /// </summary>
    /// <param name="lines">As they were read.</param>
    public static Task ForgetAgainAsync(
        PicketDbContext db,
        IEnumerable<ImportLineRow> lines,
        CancellationToken cancellation
    )
    {
        var said = lines.Where(line => line.Wish is not null).Select(line => line.Id).ToList();
        return ForgetAsync(db.ImportLines.Where(row => said.Contains(row.Id) && row.Wish == null), cancellation);
    }

    /// <summary>What nobody knows any more cannot be sent: such a line counts as refused.</summary>
    public static Task<int> ForgetAsync(IQueryable<ImportLineRow> lines, CancellationToken cancellation) =>
        lines.ExecuteUpdateAsync(
            set =>
                set.SetProperty(
                        row => row.Step,
                        row =>
                            row.State == ImportLineState.Waiting && row.Step != ImportStep.AlreadyThere
                                ? ImportStep.Refused
                                : row.Step
                    )
                    .SetProperty(row => row.Wish, (string?)null)
                    .SetProperty(row => row.Subject, (string?)null)
                    .SetProperty(row => row.UserKey, (string?)null)
                    .SetProperty(row => row.GroupKey, (string?)null)
                    .SetProperty(row => row.KnownUser, (string?)null)
                    .SetProperty(row => row.Notes, (string?)null),
            cancellation
        );
}
