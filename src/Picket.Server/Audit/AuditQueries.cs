using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Audit;

/// <summary>Reads the audit: lists of it, all of it, its end, and whether it is whole.</summary>
public sealed class AuditQueries(PicketDatabase database)
{
    /// <summary>One page, newest first.</summary>
    public async Task<Page<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var page = await Filtered(db, filter)
            .ToPageAsync(
                row => row.Id,
                Keyset.Parse(filter.Cursor),
                filter.Limit,
                row => row,
                cancellation,
                newestFirst: true
            );
        var names = await AuditNames.OfAsync(db, page.Items.Select(row => row.Actor), cancellation);
        var subjects = await AuditNames.OfSubjectsAsync(db, page.Items.Select(row => row.Subject), cancellation);
        return new Page<AuditEntry>(
            [
                .. page.Items.Select(row =>
                    View(row) with
                    {
                        ActorName = names.GetValueOrDefault(row.Actor),
                        SubjectName = subjects.GetValueOrDefault(row.Subject ?? ""),
                    }
                ),
            ],
            page.Next
        );
    }

    /// <exception cref="AuditSetBackException">Entries stand behind what the database calls the last one.</exception>
    public async Task<AuditHeadRow> EndAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        // In this order: what is added meanwhile moves the head further, never the other way round.
        var last = await db.Audit.MaxAsync(row => (long?)row.Sequence, cancellation) ?? 0;
        var head = await db.AuditHead.AsNoTracking().SingleAsync(cancellation);
        return last > head.Sequence ? throw new AuditSetBackException(head.Sequence, last) : head;
    }

    /// <summary>The entries in the order of the chain, up to and with this one; without names.</summary>
    public async IAsyncEnumerable<AuditEntry> AllAsync(
        long upTo,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await foreach (var row in Chain(db, upTo).WithCancellation(cancellation))
        {
            yield return View(row);
        }
    }

    /// <summary>Follows the whole chain in the database. What was cut off and forged altogether, only an earlier head shows.</summary>
    public async Task<(long Entries, IReadOnlyList<AuditFault> Faults)> CheckAsync(CancellationToken cancellation)
    {
        var end = await EndAsync(cancellation);
        var check = new AuditCheck([new AuditHead(end.Sequence, end.Hash, default)]);
        await using var db = database.Open();
        await foreach (var row in Chain(db, end.Sequence).WithCancellation(cancellation))
        {
            check.Add(row.Link());
        }

        return (check.Entries, check.Finish());
    }

    private static IAsyncEnumerable<AuditEntryRow> Chain(PicketDbContext db, long upTo) =>
        db.Audit.AsNoTracking().Where(row => row.Sequence <= upTo).OrderBy(row => row.Sequence).AsAsyncEnumerable();

    private static IQueryable<AuditEntryRow> Filtered(PicketDbContext db, AuditFilter filter)
    {
        var rows = db.Audit.AsNoTracking();
        if (filter.Action is { } action)
        {
            rows = rows.Where(row => row.Action.StartsWith(action));
        }

        if (filter.Actor is { } actor)
        {
            rows = rows.Where(row => row.Actor == actor);
        }

        if (filter.Subject is { } subject)
        {
            rows = rows.Where(row => row.Subject == subject);
        }

        if (filter.Outcome is { } outcome)
        {
            rows = rows.Where(row => row.Outcome == outcome);
        }

        // An entry's id is of its time, so that the list begins and ends there instead of looking at every entry.
        if (filter.From is { } from)
        {
            var first = Keyset.FirstAt(from);
            rows = rows.Where(row => row.Id >= first && row.At >= from);
        }

        if (filter.To is { } to)
        {
            var end = Keyset.FirstAt(to.AddMilliseconds(1));
            rows = rows.Where(row => row.Id < end && row.At < to);
        }

        return rows;
    }

    private static AuditEntry View(AuditEntryRow row) =>
        new(row.Id, row.At, row.Actor, row.Action, row.Subject, row.Outcome, row.Before, row.After)
        {
            Sequence = row.Sequence,
            Address = row.Address,
            PreviousHash = row.PreviousHash,
            Hash = row.Hash,
        };
}

/// <summary>Somebody set the end of the chain back, so that the entries behind it would not be looked at.</summary>
public sealed class AuditSetBackException(long end, long last)
    : InvalidOperationException(
        $"The audit was tampered with: its end was set back to entry {end}, but entries {end + 1} to {last} stand behind it."
    );
