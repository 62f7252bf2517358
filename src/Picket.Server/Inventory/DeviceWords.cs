using Picket.Api;
using Picket.Core.Devices;
using Picket.Server.Access;

namespace Picket.Server.Inventory;

#pragma warning disable CA1862 // The database cannot translate a StringComparison; it has upper().

/// <summary>
/// The UEM's words for platform, ownership and enrolment: how people see them, and how the database finds them. A
/// filter and a shown value must agree, so both stand here.
/// </summary>
internal static class DeviceWords
{
    private static readonly string[] ApplePhones = ["APPLE", "APPLE IOS", "IOS"];
    private static readonly string[] Macs = ["APPLEOSX", "APPLE MACOS", "MACOS", "MAC OS X"];

    // What Ownerships reads, for the database.
    private static readonly string[] Dedicated = ["C", "CORPORATE", "CORPORATEDEDICATED", "CORPORATE_DEDICATED"];
    private static readonly string[] Shared = ["S", "SHARED", "CORPORATESHARED", "CORPORATE_SHARED"];
    private static readonly string[] Employees = ["E", "EMPLOYEE", "EMPLOYEEOWNED", "EMPLOYEE_OWNED"];
    private static readonly string[] Corporate = [.. Dedicated, .. Shared];
    private static readonly string[] AllOwnerships = [.. Corporate, .. Employees];

    /// <summary>An employee's; unknown ownership counts as theirs.</summary>
    public static bool IsPersonal(DeviceRow row) =>
        Ownership(row.Ownership) is DeviceOwnership.EmployeeOwned or DeviceOwnership.Unknown;

    public static DeviceOwnership Ownership(string? text) =>
        Ownerships.Of(text) switch
        {
            Core.Sync.DeviceOwnership.Corporate => DeviceOwnership.CorporateDedicated,
            Core.Sync.DeviceOwnership.CorporateShared => DeviceOwnership.CorporateShared,
            Core.Sync.DeviceOwnership.Employee => DeviceOwnership.EmployeeOwned,
            _ => DeviceOwnership.Unknown,
        };

    public static string Platform(DeviceRow row) => Platform(row.Platform, row.ModelIdentifier, row.Model);

    public static string Platform(string? platform, string? modelIdentifier, string? model) =>
        DevicePlatforms.Recognise(platform, modelIdentifier, model) switch
        {
            DevicePlatform.Ios => "iOS",
            DevicePlatform.Ipados => "iPadOS",
            DevicePlatform.Android => "Android",
            DevicePlatform.Windows => "Windows",
            DevicePlatform.Macos => "macOS",
            _ => platform ?? "Unknown",
        };

    public static IQueryable<DeviceRow> WhereOwnership(this IQueryable<DeviceRow> rows, DeviceOwnership ownership)
    {
        string[] words = ownership switch
        {
            DeviceOwnership.CorporateDedicated => Dedicated,
            DeviceOwnership.CorporateShared => Shared,
            DeviceOwnership.EmployeeOwned => Employees,
            _ => AllOwnerships,
        };
        return ownership == DeviceOwnership.Unknown
            ? rows.Where(row => row.Ownership == null || !words.Contains(row.Ownership.ToUpper()))
            : rows.Where(row => words.Contains(row.Ownership!.ToUpper()));
    }

    /// <summary>As <see cref="IsPersonal"/> has it.</summary>
    public static IQueryable<DeviceRow> WherePersonal(this IQueryable<DeviceRow> rows, bool personal) =>
        personal
            ? rows.Where(row => row.Ownership == null || !Corporate.Contains(row.Ownership.ToUpper()))
            : rows.Where(row => Corporate.Contains(row.Ownership!.ToUpper()));

    /// <summary>Devices whose apps may be shown: those of the organization, and where personal apps may be, all.</summary>
    public static IQueryable<DeviceRow> WhereAppsAreVisible(this IQueryable<DeviceRow> rows, Visible visible)
    {
        if (!visible.HidesPersonalApps)
        {
            return rows;
        }

        var open = visible.PersonalApps!;
        return rows.Where(row => Corporate.Contains(row.Ownership!.ToUpper()) || open.Contains(row.IntegrationId));
    }

    public static IQueryable<DeviceRow> WherePlatform(this IQueryable<DeviceRow> rows, string platform)
    {
        var word = platform.Trim().ToUpperInvariant();
        return word switch
        {
            "IOS" => rows.WhereNamed(ApplePhones)
                .Where(row =>
                    (row.ModelIdentifier == null || !row.ModelIdentifier.ToUpper().Contains("IPAD"))
                    && (row.Model == null || !row.Model.ToUpper().Contains("IPAD"))
                ),
            "IPADOS" => rows.Where(row =>
                row.Platform!.ToUpper() == "IPADOS"
                || (
                    ApplePhones.Contains(row.Platform!.ToUpper())
                    && (row.ModelIdentifier!.ToUpper().Contains("IPAD") || row.Model!.ToUpper().Contains("IPAD"))
                )
            ),
            "APPLE" => rows.Where(row =>
                row.Platform!.ToUpper() == "IPADOS" || ApplePhones.Contains(row.Platform!.ToUpper())
            ),
            "MOBILE" => rows.WhereMobile(),
            "MACOS" => rows.WhereNamed(Macs),
            "ANDROID" => rows.Where(row => row.Platform!.ToUpper().StartsWith("ANDROID")),
            "WINDOWS" => rows.Where(row => row.Platform!.ToUpper().StartsWith("WIN")),
            _ => rows.Where(row => row.Platform!.ToUpper() == word),
        };
    }

    public static IQueryable<DeviceRow> WhereMobile(this IQueryable<DeviceRow> rows) =>
        rows.Where(row =>
            row.Platform!.ToUpper() == "IPADOS"
            || ApplePhones.Contains(row.Platform!.ToUpper())
            || row.Platform!.ToUpper().StartsWith("ANDROID")
        );

    public static IQueryable<DeviceRow> WhereEnrolled(this IQueryable<DeviceRow> rows) =>
        rows.Where(row => row.EnrollmentStatus!.ToUpper() == "ENROLLED");

    private static IQueryable<DeviceRow> WhereNamed(this IQueryable<DeviceRow> rows, string[] names) =>
        rows.Where(row => names.Contains(row.Platform!.ToUpper()));
}
