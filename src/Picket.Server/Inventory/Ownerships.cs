using Picket.Core.Sync;

namespace Picket.Server.Inventory;

/// <summary>The UEM writes ownership as a letter in listings, as words elsewhere; all read the same here.</summary>
public static class Ownerships
{
    public static DeviceOwnership Of(string? text) =>
        text?.ToUpperInvariant() switch
        {
            "C" or "CORPORATE" or "CORPORATEDEDICATED" or "CORPORATE_DEDICATED" => DeviceOwnership.Corporate,
            "S" or "SHARED" or "CORPORATESHARED" or "CORPORATE_SHARED" => DeviceOwnership.CorporateShared,
            "E" or "EMPLOYEE" or "EMPLOYEEOWNED" or "EMPLOYEE_OWNED" => DeviceOwnership.Employee,
            _ => DeviceOwnership.Undefined,
        };
}
