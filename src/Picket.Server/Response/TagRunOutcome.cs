using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>What became of a run's devices, as the ledger has it. A device that was sent anew after a refusal counts once.</summary>
internal static class TagRunOutcome
{
    private const int NamedCauses = 3;

    public static async Task CountAsync(PicketDbContext db, TagRunRow run)
    {
        var devices = db
            .Ledger.Where(entry => entry.TagRunId == run.Id && entry.Kind != LedgerKinds.CreateTag)
            .Join(
                db.LedgerDevices,
                entry => entry.Id,
                device => device.EntryId,
                (entry, device) =>
                    new
                    {
                        entry.OwnedTagId,
                        entry.Kind,
                        device.RemoteId,
                        device.State,
                        device.Error,
                    }
            );
        run.Confirmed = await devices.CountAsync(device =>
            device.State == LedgerState.Confirmed || device.State == LedgerState.Undone
        );
        var failed = devices.Where(device =>
            device.State == LedgerState.Failed
            && !devices.Any(other =>
                other.OwnedTagId == device.OwnedTagId
                && other.Kind == device.Kind
                && other.RemoteId == device.RemoteId
                && other.State == LedgerState.Confirmed
            )
        );
        run.Failed = await failed
            .Select(device => new
            {
                device.OwnedTagId,
                device.Kind,
                device.RemoteId,
            })
            .Distinct()
            .CountAsync();
        if (run.Failed == 0)
        {
            return;
        }

        var causes = await failed
            .GroupBy(device => device.Error)
            .Select(group => new { Cause = group.Key, Times = group.Count() })
            .OrderByDescending(cause => cause.Times)
            .Take(NamedCauses)
            .ToListAsync();
        var named = causes.Select(cause =>
            string.Create(CultureInfo.InvariantCulture, $"{cause.Cause ?? "no reason given"} ({cause.Times} times)")
        );
        run.IncompleteReasons.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Failed} changes failed: {string.Join("; ", named)}. The ledger names each device; they are tried again."
            )
        );
    }
}
