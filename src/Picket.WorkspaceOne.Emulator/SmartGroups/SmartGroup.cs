using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.SmartGroups;

/// <summary>A smart group: a question about the fleet under a name.</summary>
/// <param name="Group">Index of the organization group that manages it.</param>
/// <param name="Lists">Its criteria as they were written, for reading back.</param>
/// <param name="Criteria">The same, understood.</param>
internal sealed record SmartGroup(
    int Id,
    Guid Uuid,
    string Name,
    int Group,
    IReadOnlyDictionary<string, JsonElement> Lists,
    SmartGroupCriteria Criteria,
    DateTime ModifiedAt
);
