using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.SmartGroups;

/// <summary>
/// Which devices a smart group holds. An empty list asks for nothing; what stands in several lists must all be true;
/// within one list one entry is enough. Additions come on top, exclusions win over all.
/// </summary>
internal sealed record SmartGroupCriteria
{
    /// <summary>Every list that a smart group has, in the order of recorded answers.</summary>
    public static readonly string[] ListNames =
    [
        "CpuArchitectures",
        "DeviceAdditions",
        "DeviceExclusions",
        "EnrollmentCategories",
        "ManagementTypes",
        "Models",
        "OEMAndModels",
        "OperatingSystems",
        "OrganizationGroups",
        "Ownerships",
        "Platforms",
        "Tags",
        "UserAdditions",
        "UserExclusions",
        "UserGroupExclusions",
        "UserGroups",
    ];

    /// <summary>False: only the devices and users that were added by name.</summary>
    public bool ByRule { get; init; } = true;
    public IReadOnlyList<int> OrganizationGroups { get; init; } = [];
    public IReadOnlyList<string> Platforms { get; init; } = [];
    public IReadOnlyList<string> Ownerships { get; init; } = [];
    public IReadOnlyList<string> Models { get; init; } = [];
    public IReadOnlyList<int> Tags { get; init; } = [];
    public IReadOnlyList<int> UserGroups { get; init; } = [];
    public IReadOnlyList<int> DeviceAdditions { get; init; } = [];
    public IReadOnlyList<int> UserAdditions { get; init; } = [];
    public IReadOnlyList<int> DeviceExclusions { get; init; } = [];
    public IReadOnlyList<int> UserExclusions { get; init; } = [];
    public IReadOnlyList<int> UserGroupExclusions { get; init; } = [];

    public bool Excludes => DeviceExclusions.Count + UserExclusions.Count + UserGroupExclusions.Count > 0;

    public bool HasAdditions => DeviceAdditions.Count + UserAdditions.Count > 0;

    /// <summary>Whether one listing of the fleet answers it, which is cached there.</summary>
    public bool IsOneListing =>
        ByRule
        && OrganizationGroups.Count <= 1
        && Platforms.Count <= 1
        && Ownerships.Count <= 1
        && Models.Count + Tags.Count + UserGroups.Count == 0
        && !Excludes
        && !HasAdditions;

    public static SmartGroupCriteria Read(JsonElement body) =>
        new()
        {
            ByRule = !"UserDevice".Equals(body.Text("CriteriaType"), StringComparison.OrdinalIgnoreCase),
            OrganizationGroups = Ids(body, "OrganizationGroups"),
            Platforms = [.. body.Texts("Platforms").Where(text => text.Length > 0)],
            Ownerships = [.. body.Texts("Ownerships").Select(Letter).OfType<string>()],
            Models = body.Texts("Models"),
            Tags = Ids(body, "Tags"),
            UserGroups = Ids(body, "UserGroups"),
            DeviceAdditions = Ids(body, "DeviceAdditions"),
            UserAdditions = Ids(body, "UserAdditions"),
            DeviceExclusions = Ids(body, "DeviceExclusions"),
            UserExclusions = Ids(body, "UserExclusions"),
            UserGroupExclusions = Ids(body, "UserGroupExclusions"),
        };

    /// <summary>Entries are <c>{"Id": "12", "Name": …}</c>, and in newer forms the bare id.</summary>
    private static int[] Ids(JsonElement body, string list) =>
        [
            .. body.Items(list)
                .Select(item => item.ValueKind == JsonValueKind.Object ? item.Text("Id") : item.ToString())
                .Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : -1)
                .Where(id => id >= 0),
        ];

    /// <summary>Null: any ownership.</summary>
    private static string? Letter(string ownership) =>
        ownership.ToUpperInvariant() switch
        {
            "CORPORATEDEDICATED" or "C" => "C",
            "EMPLOYEEOWNED" or "E" => "E",
            "CORPORATESHARED" or "S" => "S",
            "UNDEFINED" or "UNKNOWN" => "Undefined",
            _ => null,
        };
}
