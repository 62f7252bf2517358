using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Tests.Shared;

/// <summary>Holds the emulator's answers against recorded ones: same members, same kinds of values.</summary>
[Trait("Category", "Shared")]
public sealed class SampleTests
{
    /// <summary>Recorded, and rightly not on every row of ours.</summary>
    private static readonly HashSet<string> Optional = ["DeviceMCC", "CompromisedStatus", "DeviceCapacity"];

    [Theory]
    [InlineData("GET_mdm_devices_search_v2_200.json", "mdm/devices/search", 2)]
    [InlineData("GET_mdm_devices_search_v1_200_ipad-android-2018.json", "mdm/devices/search", 1)]
    [InlineData("GET_mdm_devices_UUID_v2_200.json", "mdm/devices/{device}", 2)]
    [InlineData("GET_system_groups_search_v1_200.json", "system/groups/search", 1)]
    [InlineData("GET_system_groups_ID_v1_200_customer.json", "system/groups/570", 1)]
    [InlineData("GET_system_groups_ID_children_v1_200.json", "system/groups/570/children", 1)]
    [InlineData("GET_system_groups_UUID_parents_v1_200.json", "system/groups/{group}/parents", 1)]
    [InlineData("GET_mdm_smartgroups_search_v1_200.json", "mdm/smartgroups/search", 1)]
    [InlineData("GET_mdm_smartgroups_ID_v1_200.json", "mdm/smartgroups/30011", 1)]
    [InlineData("GET_system_info_v1_200_9.1.json", "system/info", 1)]
    [InlineData("GET_mdm_smartgroups_ID_v1_400_6_after-delete.json", "mdm/smartgroups/1", 1)]
    [InlineData("GET_mdm_devices_UUID_v2_404_5061.json", "mdm/devices/12345678-1234-1234-1234-123456789abc", 2)]
    public async Task Answers_with_the_members_of_a_recorded_answer(string sample, string path, int version)
    {
        await using var visitor = await Visitor.ComeAsync();
        path = path.Replace("{device}", visitor.Host.Fleet.All.First().Uuid.ToString(), StringComparison.Ordinal);
        path = path.Replace("{group}", visitor.Host.Groups.Customer.Uuid.ToString(), StringComparison.Ordinal);
        using var response = await visitor.GetAsync(path, version);
        var ours = await Visitor.BodyAsync(response);
        using var recorded = JsonDocument.Parse(
            await File.ReadAllTextAsync(Sample(sample), TestContext.Current.CancellationToken)
        );

        var differences = Differences(recorded.RootElement, ours, "$").ToList();

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static string Sample(string name)
    {
        var folder =
            Environment.GetEnvironmentVariable("PICKET_SHARED")
            ?? throw new InvalidOperationException("PICKET_SHARED must name the reference folder.");
        return Path.Combine(folder, "uem", "samples", name);
    }

    private static IEnumerable<string> Differences(JsonElement recorded, JsonElement ours, string at)
    {
        if (Kind(recorded) != Kind(ours))
        {
            return [$"{at}: recorded {recorded.ValueKind}, ours {ours.ValueKind}"];
        }

        return recorded.ValueKind switch
        {
            JsonValueKind.Object => recorded.EnumerateObject().SelectMany(member => OfMember(member, ours, at)),
            JsonValueKind.Array when recorded.GetArrayLength() > 0 && ours.GetArrayLength() > 0 => Differences(
                recorded[0],
                ours[0],
                at + "[0]"
            ),
            _ => [],
        };
    }

    private static IEnumerable<string> OfMember(JsonProperty member, JsonElement ours, string at) =>
        ours.TryGetProperty(member.Name, out var value) ? Differences(member.Value, value, $"{at}.{member.Name}")
        : Optional.Contains(member.Name) ? []
        : [$"{at}.{member.Name}: missing"];

    private static JsonValueKind Kind(JsonElement value) =>
        value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
}
