using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Sync;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>An integration's rules of privacy, as they are now.</summary>
internal static class PrivacyRules
{
    public static async Task<AppPrivacyRules> OfAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    )
    {
        var found = await db
            .Integrations.AsNoTracking()
            .Where(row => row.Id == integration)
            .Select(row => new { row.CorporateApps, row.EmployeeApps })
            .SingleOrDefaultAsync(cancellation);
        return found is null
            ? AppPrivacyRules.Default
            : new AppPrivacyRules(Keeping(found.CorporateApps), Keeping(found.EmployeeApps));
    }

    private static AppKeeping Keeping(AppReading reading) =>
        reading switch
        {
            AppReading.Clear => AppKeeping.Plain,
            AppReading.Hashed => AppKeeping.KeyedHash,
            _ => AppKeeping.Nothing,
        };
}
