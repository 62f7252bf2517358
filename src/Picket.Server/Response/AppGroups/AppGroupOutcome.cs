using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>What became of a run's apps, as the ledger has it. An app that was sent anew after a failure counts once.</summary>
internal static class AppGroupOutcome
{
    private const int NamedCauses = 3;

    public static async Task CountAsync(PicketDbContext db, AppGroupRunRow run)
    {
        var apps = await db
            .Ledger.Where(entry => entry.AppGroupRunId == run.Id)
            .Join(
                db.LedgerApps,
                entry => entry.Id,
                app => app.EntryId,
                (entry, app) =>
                    new
                    {
                        Change = new
                        {
                            entry.AppGroupId,
                            entry.Kind,
                            app.AppId,
                        },
                        app.State,
                        entry.Error,
                    }
            )
            .ToListAsync();
        var done = apps.Where(app => app.State is LedgerState.Confirmed or LedgerState.Undone)
            .Select(app => app.Change)
            .ToHashSet();
        var failed = apps.Where(app => app.State == LedgerState.Failed && !done.Contains(app.Change))
            .DistinctBy(app => app.Change)
            .ToList();
        (run.Confirmed, run.Failed) = (done.Count, failed.Count);
        if (failed.Count > 0)
        {
            var causes = failed.Select(app => app.Error ?? "no reason given").Distinct().Take(NamedCauses);
            run.IncompleteReasons.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{run.Failed} changes of app groups failed: {string.Join("; ", causes)}. The ledger names each app; they are tried again."
                )
            );
        }
    }
}
