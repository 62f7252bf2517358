using System.Text.Json;
using System.Text.RegularExpressions;
using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Tests.Support;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Tests.Shared;

/// <summary>Checks against real bodies and the vendor's specification, which are not part of this repository.</summary>
[Trait("Category", "Shared")]
public sealed partial class VendorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Folder =>
        Path.Combine(
            Environment.GetEnvironmentVariable("PICKET_SHARED")
                ?? throw new InvalidOperationException("Set PICKET_SHARED, or run ./run test --shared DIR."),
            "uem"
        );

    [Fact]
    public void Every_route_is_in_the_specification_in_the_version_asked_for()
    {
        var unknown = Routes.All.Where(route => !IsSpecified(route)).Select(route => route.ToString());

        Assert.Empty(unknown);
    }

    [Theory]
    [InlineData("GET_mdm_devices_search_v2_200.json")]
    [InlineData("GET_mdm_devices_search_v1_200_ipad-android-2018.json")]
    public async Task Reads_real_device_listings(string sample)
    {
        using var client = Clients.For(ScriptedServer.Always(Sample(sample)));

        var result = await client.Devices.Search().ReadAllAsync(Cancel);

        // The publisher of one sample gave both devices the same made-up id.
        Assert.Equal((2, 2), (result.Report.ExpectedTotal, result.Report.Received));
        Assert.All(
            result.Items,
            device =>
            {
                Assert.NotEqual(0, device.Id);
                Assert.NotNull(device.LastSeen);
                Assert.Equal("Enrolled", device.EnrollmentStatus);
                Assert.NotNull(device.OrganizationGroup.Id);
                Assert.NotNull(device.PlatformRef.Id);
            }
        );
    }

    [Fact]
    public void Reads_real_organization_groups()
    {
        var customer = JsonSerializer.Deserialize(
            Sample("GET_system_groups_ID_v1_200_customer.json"),
            WireContext.Default.UemOrganizationGroup
        )!;
        var children = JsonSerializer.Deserialize(
            Sample("GET_system_groups_ID_children_v1_200.json"),
            WireContext.Default.ListUemOrganizationGroup
        )!;

        Assert.Equal((12346, "Customer", 0), (customer.Id, customer.LocationGroupType, customer.Devices));
        Assert.NotNull(customer.CreatedOn);
        Assert.All(children, group => Assert.NotNull(group.ParentLocationGroup.Id));
    }

    [Fact]
    public async Task Reads_real_smart_groups_and_the_product_version()
    {
        using var groups = Clients.For(ScriptedServer.Always(Sample("GET_mdm_smartgroups_search_v1_200.json")));
        using var info = Clients.For(ScriptedServer.Always(Sample("GET_system_info_v1_200_9.1.json")));

        Assert.True((await groups.SmartGroups.Search().ReadAllAsync(Cancel)).Report.Complete);
        Assert.Equal(5, (await info.GetSystemInfoAsync(Cancel)).Resources!.Workspaces.Count);
    }

    [Theory]
    [InlineData("POST_mdm_devices_commands_bulk_v1_200_all-accepted.json")]
    [InlineData("POST_mdm_devices_commands_bulk_v1_200_one-failed.json")]
    public void Reads_real_bulk_results(string sample)
    {
        var result = JsonSerializer.Deserialize(Sample(sample), WireContext.Default.BulkResult)!;

        Assert.Equal(result.FailedItems, result.Faults.Count);
        Assert.Equal(result.TotalItems, result.AcceptedItems + result.FailedItems);
    }

    [Theory]
    [InlineData("ANY_401_1005_bad-credentials.json", 401, typeof(SignInRefusedException))]
    [InlineData("ANY_403_1013_bad-tenant-code.json", 403, typeof(ApiKeyRefusedException))]
    [InlineData("GET_mdm_devices_UUID_v2_404_5061.json", 404, typeof(NotFoundException))]
    [InlineData("GET_mdm_smartgroups_ID_v1_400_6_after-delete.json", 400, typeof(NotFoundException))]
    [InlineData("DELETE_system_groups_UUID_v2_400_400_repeated.json", 400, typeof(OutOfScopeException))]
    public async Task Tells_real_refusals_apart(string sample, int status, Type expected)
    {
        var server = new ScriptedServer(
            (_, _) => ScriptedServer.Json(Sample(sample), (System.Net.HttpStatusCode)status)
        );
        using var client = Clients.For(server);

        Assert.IsType(expected, await Record.ExceptionAsync(() => client.GetSystemInfoAsync(Cancel)));
    }

    private static string Sample(string name) => File.ReadAllText(Path.Combine(Folder, "samples", name));

    private static bool IsSpecified(Route route)
    {
        var (family, path) = (route.Template.Split('/')[0], "/" + route.Template.Split('/', 2)[1]);
        using var spec = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Folder, "specs", $"{family}v{route.Version}.json"))
        );
        return spec
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .Where(entry => Shape(entry.Name) == Shape(path))
            .Any(entry => entry.Value.TryGetProperty(Lower(route.Method.Method), out _));
    }

    private static string Lower(string text) => text.ToLowerInvariant();

    private static string Shape(string path) => Placeholder().Replace(path, "{}").ToUpperInvariant();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}
