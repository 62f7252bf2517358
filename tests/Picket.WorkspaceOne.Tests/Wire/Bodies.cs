namespace Picket.WorkspaceOne.Tests.Wire;

/// <summary>Bodies of our own making in the wire's form.</summary>
internal static class Bodies
{
    public const string DeviceRow = """
        {
          "EasIds": {}, "Udid": "0000a1", "SerialNumber": "", "DeviceFriendlyName": "ada iPhone",
          "LocationGroupId": { "Id": { "Value": 570 }, "Name": "Lehr", "Uuid": "3f0c8a58-6a0c-4b0e-9a39-0f6f62f1c002" },
          "UserId": { "Id": { "Value": 9 }, "Uuid": "" },
          "Ownership": "C", "PlatformId": { "Id": { "Value": 2 }, "Name": "Apple" }, "Platform": "Apple",
          "Model": "iPhone 15", "OperatingSystem": "18.5", "OSBuildVersion": "22F76", "PhoneNumber": "",
          "LastSeen": "2026-10-16T15:08:03.387", "EnrollmentStatus": "Enrolled", "ComplianceStatus": "Compliant",
          "LastComplianceCheckOn": "0001-01-01T00:00:00.000", "BatteryLevel": "", "ManagedBy": 1,
          "DeviceMCC": { "SIMMCC": "262" }, "BrandNewField": [ { "a": 1 } ],
          "Id": { "Value": 5614 }, "Uuid": "3f0c8a58-6a0c-4b0e-9a39-0f6f62f1c001"
        }
        """;

    public static string DevicePage(IEnumerable<int> ids, int? total, int pageSize = 500)
    {
        var rows = string.Join(',', ids.Select(id => $$"""{"Id":{"Value":{{id}}},"Udid":"u{{id}}"}"""));
        var end = total is null ? "" : $$""","Total":{{total}}""";
        return $$"""{"Devices":[{{rows}}],"Page":0,"PageSize":{{pageSize}}{{end}}}""";
    }
}
