using System.Text.Json;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>What the list of devices can be narrowed by.</summary>
public sealed class DeviceFilterTests
{
    [Theory]
    [InlineData("taggedAs=High", "--tagged-as", "high")]
    [InlineData("tag=Picket-Quarantine", "--tag", "Picket-Quarantine")]
    [InlineData("withoutGroup=True", "--without-group")]
    [InlineData("level=Low&taggedAs=Critical", "--tagged-as", "Critical", "--level", "Low")]
    public async Task Devices_by_their_tag_and_those_without_a_group_can_be_listed(
        string query,
        params string[] options
    )
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Devices, new Page<DeviceSummary>([Samples.Device("Anna")], null));

        var run = await CliRun.AgainstAsync(stub, ["devices", "list", .. options]);

        Assert.Equal((ExitCodes.Ok, ""), (run.Code, run.Error));
        Assert.Equal($"{Routes.Devices}?{query}", Assert.Single(stub.Requests).Address);
        Assert.Contains("Anna", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_of_the_filter_has_an_option()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Devices, new Page<DeviceSummary>([], null));
        string[] options =
        [
            .. new[] { "--integration", $"{Guid.NewGuid()}", "--level", "High", "--platform", "iOS", "--og", "acme" },
            .. new[] { "--ownership", "EmployeeOwned", "--search", "a", "--finding", "app.stalkerware", "--app", "a" },
            .. new[] { "--cve", "CVE-2025-24201", "--tagged-as", "High", "--tag", "a", "--without-group" },
            .. new[] { "--lacks", "Apps", "--cause", "TooOld", "--fact", "Apps", "--fact-age", "Old" },
            .. new[] { "--feed", $"{Guid.NewGuid()}", "--feed-entry", "com.example.*" },
            .. new[] { "--user", $"{Guid.NewGuid()}", "--cursor", "a", "--limit", "5" },
        ];

        var run = await CliRun.AgainstAsync(stub, ["devices", "list", .. options]);

        Assert.True(run.Code == ExitCodes.Ok, run.Error);
        var asked = new Uri(new Uri(stub.Address), stub.Requests.Last().Address).Query.TrimStart('?').Split('&');
        Assert.Equal(
            typeof(DeviceFilter)
                .GetProperties()
                .Select(field => JsonNamingPolicy.CamelCase.ConvertName(field.Name))
                .Order(),
            asked.Select(field => field.Split('=')[0]).Order()
        );
    }

    [Fact]
    public async Task A_level_that_there_is_not_is_refused()
    {
        await using var stub = await PicketStub.StartAsync();

        var run = await CliRun.AgainstAsync(stub, "devices", "list", "--tagged-as", "terrible");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Empty(stub.Requests);
    }
}
