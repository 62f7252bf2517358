using System.Text.Json;
using System.Text.Json.Nodes;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>An emulated UEM whose account may publish apps.</summary>
internal static class PublishingUem
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Uem> StartAsync()
    {
        var uem = await Uem.StartAsync(
            new()
            {
                Devices = 130,
                ClockFactor = 0,
                StartAt = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
            }
        );
        var account = uem.Host.Access.Account(uem.Host.Credentials.Account);
        account.Role = uem.Host.Access.Role("Console Administrator");
        return uem;
    }

    /// <summary>The server acts, and the answer gets lost on the way.</summary>
    public static void LoseAnswer(this Uem uem, string path, string? method = null) =>
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.LoseAnswer,
                Path = path,
                Method = method,
                Times = 1,
            }
        );

    public static Task<CatalogueApp> AddGuardAsync(this Uem uem, WorkspaceOneClient client) =>
        client.Apps.AddPublicAsync(
            new NewPublicApp("Guard", 5) { BundleId = "com.example.guard", OrganizationGroupId = uem.Group },
            Cancel
        );

    public static async Task<UemSmartGroup> GroupAsync(this WorkspaceOneClient client, string name = "All Android") =>
        (await client.SmartGroups.Search(name: name).ReadAllAsync(Cancel)).Items.First(group => group.Name == name);

    /// <summary>The rules with one more assignment after all others.</summary>
    public static AppAssignmentRules With(this AppAssignmentRules rules, string name, Guid group)
    {
        var whole = JsonNode.Parse(rules.Raw.GetRawText())!;
        whole["assignments"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["priority"] = rules.Assignments.Count,
                    ["distribution"] = new JsonObject
                    {
                        ["name"] = name,
                        ["smart_groups"] = new JsonArray($"{group}"),
                        ["app_delivery_method"] = "AUTO",
                    },
                }
            );
        return new AppAssignmentRules(JsonSerializer.SerializeToElement(whole));
    }
}
