using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Enrollment;

/// <summary>Imports that have something to do by themselves.</summary>
internal static class ImportQueue
{
    public static IQueryable<ImportRow> Open(PicketDbContext db) =>
        db.Imports.Where(row =>
            row.State == ImportState.Checking || row.State == ImportState.Queued || row.State == ImportState.Running
        );
}
