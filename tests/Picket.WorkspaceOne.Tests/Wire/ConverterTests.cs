using System.Text.Json;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Tests.Wire;

public sealed class ConverterTests
{
    [Theory]
    [InlineData("""{"Value":42}""", 42)]
    [InlineData("""{"value":"42","More":[1,{"a":2}]}""", 42)]
    [InlineData("42", 42)]
    [InlineData("\"42\"", 42)]
    [InlineData("\"\"", null)]
    [InlineData("\"forty\"", null)]
    [InlineData("null", null)]
    [InlineData("99999999999", null)]
    [InlineData("[1]", null)]
    [InlineData("true", null)]
    public void Reads_ids_and_counts_in_every_shape(string json, int? expected)
    {
        var row = JsonSerializer.Deserialize(
            $$"""{"Devices":{{json}},"Id":7}""",
            WireContext.Default.UemOrganizationGroup
        );

        Assert.Equal(expected, row!.Devices);
        Assert.Equal(7, row.Id);
    }

    [Theory]
    [InlineData("2020-10-16T15:08:03.387", "2020-10-16T15:08:03.3870000+00:00")]
    [InlineData("2020-10-16T15:08:03Z", "2020-10-16T15:08:03.0000000+00:00")]
    [InlineData("2020-10-16T17:08:03+02:00", "2020-10-16T15:08:03.0000000+00:00")]
    [InlineData("10/27/2023 3:05:53 PM", "2023-10-27T15:05:53.0000000+00:00")]
    [InlineData("2020-10-16 15:08:03", "2020-10-16T15:08:03.0000000+00:00")]
    [InlineData("2020-10-16", "2020-10-16T00:00:00.0000000+00:00")]
    [InlineData("04/02/2020", "2020-04-02T00:00:00.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00.000", null)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("3.5", null)]
    [InlineData("18", null)]
    [InlineData("2020-10-16 15:08:03.387", "2020-10-16T15:08:03.3870000+00:00")]
    [InlineData("2020-10-16T15:08", "2020-10-16T15:08:00.0000000+00:00")]
    public void Reads_dates_as_utc_and_year_one_as_never(string text, string? expected)
    {
        var device = JsonSerializer.Deserialize($$"""{"LastSeen":"{{text}}"}""", WireContext.Default.UemDevice);

        Assert.Equal(expected, device!.LastSeen?.ToString("O"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"True\"", true)]
    [InlineData("\"N\"", false)]
    [InlineData("0", false)]
    [InlineData("\"maybe\"", null)]
    [InlineData("null", null)]
    public void Reads_booleans_as_text_too(string json, bool? expected) =>
        Assert.Equal(
            expected,
            JsonSerializer
                .Deserialize($$"""{"IsEncrypted":{{json}}}""", WireContext.Default.UemDeviceSecurity)!
                .IsEncrypted
        );

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("\"dummy-uuid\"")]
    [InlineData("{}")]
    public void Reads_unusable_uuids_as_unknown(string json) =>
        Assert.Null(JsonSerializer.Deserialize($$"""{"Uuid":{{json}}}""", WireContext.Default.UemDevice)!.Uuid);

    [Fact]
    public void Keeps_number_or_name_of_an_enumeration()
    {
        var number = JsonSerializer.Deserialize("""{"ManagedBy":1}""", WireContext.Default.UemDevice)!;
        var name = JsonSerializer.Deserialize("""{"ManagedBy":"MDM"}""", WireContext.Default.UemDevice)!;

        Assert.Equal(new WireCode(1, null), number.ManagedBy);
        Assert.Equal(new WireCode(null, "MDM"), name.ManagedBy);
    }

    [Theory]
    [InlineData("570", 570, null)]
    [InlineData("\"570\"", 570, null)]
    [InlineData("\"Lehr\"", null, null)]
    [InlineData("""{"Value":570}""", 570, null)]
    [InlineData("""{"Id":"570","Name":"Lehr"}""", 570, "Lehr")]
    [InlineData("""{"Name":"Lehr"}""", null, "Lehr")]
    [InlineData("null", null, null)]
    [InlineData("[570]", null, null)]
    public void Reads_references_in_every_shape(string json, int? id, string? name)
    {
        var device = JsonSerializer.Deserialize(
            $$"""{"LocationGroupId":{{json}},"Id":7}""",
            WireContext.Default.UemDevice
        )!;

        Assert.Equal(new EntityRef(id, name, null), device.OrganizationGroup);
        Assert.Equal(7, device.Id);
    }

    [Fact]
    public void Reads_a_device_row_with_its_quirks_and_ignores_the_rest()
    {
        var device = JsonSerializer.Deserialize(Bodies.DeviceRow, WireContext.Default.UemDevice)!;

        Assert.Equal(5614, device.Id);
        Assert.Equal(Guid.Parse("3f0c8a58-6a0c-4b0e-9a39-0f6f62f1c001"), device.Uuid);
        Assert.Equal(
            new EntityRef(570, "Lehr", Guid.Parse("3f0c8a58-6a0c-4b0e-9a39-0f6f62f1c002")),
            device.OrganizationGroup
        );
        Assert.Equal(new EntityRef(2, "Apple", null), device.PlatformRef);
        Assert.Null(device.CompromisedStatus);
        Assert.Null(device.LastComplianceCheckOn);
        Assert.Null(device.SerialNumber);
        Assert.Equal("18.5", device.OperatingSystem);
        Assert.Equal("22F76", device.OperatingSystemBuild);
    }

    [Fact]
    public void Reads_mixed_casing_of_an_administrator()
    {
        var page = JsonSerializer
            .Deserialize(
                """
                {"admins":[{"uuid":"3f0c8a58-6a0c-4b0e-9a39-0f6f62f1c003","username":"ada","LocationGroupId":"570",
                 "roles":[{"Name":"Console Administrator","LocationGroupId":"570","IsActive":true}]}],"Page":0,"PageSize":500,"Total":1}
                """,
                WireContext.Default.AdminsEnvelope
            )!
            .ToPage();

        var admin = Assert.Single(page.Rows);
        Assert.Equal(("ada", 570, 1), (admin.Username, admin.LocationGroupId, page.Total));
        Assert.True(Assert.Single(admin.Roles).IsActive);
    }

    [Theory]
    [InlineData("""{"TotalItems":2,"AcceptedItems":2,"FailedItems":0}""", 0)]
    [InlineData(
        """{"TotalItems":2,"AcceptedItems":1,"FailedItems":1,"Faults":{"Fault":[{"ErrorCode":400,"ItemValue":"17","Message":"x"}]}}""",
        1
    )]
    [InlineData(
        """{"TotalItems":2,"AcceptedItems":1,"FailedItems":1,"Faults":[{"ErrorCode":400,"ItemValue":"17"}]}""",
        1
    )]
    [InlineData("""{"TotalItems":2,"AcceptedItems":2,"FailedItems":0,"Faults":null}""", 0)]
    public void Reads_faults_of_a_bulk_call(string json, int faults) =>
        Assert.Equal(faults, JsonSerializer.Deserialize(json, WireContext.Default.BulkResult)!.Faults.Count);

    [Fact]
    public void Keeps_one_string_for_values_that_repeat_and_mixes_none_up()
    {
        var rows = Enumerable
            .Range(0, 5000)
            .Select(row => $"{{\"Id\":{row + 1},\"Model\":\"Model {row % 2500} é\",\"Platform\":\"Apple\"}}");
        var page = JsonSerializer.Deserialize(
            $"{{\"Devices\":[{string.Join(',', rows)}],\"Total\":5000}}",
            WireContext.Default.DevicesEnvelope
        )!;

        Assert.All(page.Devices!, device => Assert.Equal($"Model {(device.Id - 1) % 2500} é", device.Model));
        var copies = page.Devices!.Select(device => device.Platform)
            .Distinct(ReferenceEqualityComparer.Instance)
            .Count();
        Assert.InRange(copies, 1, 100);
    }
}
