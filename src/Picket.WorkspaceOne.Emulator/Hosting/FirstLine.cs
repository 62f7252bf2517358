using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Emulator.Hosting;

/// <summary>The first line of standard output. Fields may be added; none is ever changed.</summary>
internal sealed record FirstLine(
    string Address,
    string? CaFile,
    int OrganizationGroup,
    string ApiKey,
    string Account,
    string Password,
    Guid OrganizationGroupUuid,
    string OrganizationGroupName,
    string OrganizationGroupCode,
    string TokenAddress,
    string ClientId,
    string ClientSecret,
    string EnrollmentUserApiKey,
    string OtherTreeApiKey,
    string? ControlToken,
    string? ControlAddress,
    string ConsoleAddress,
    string ConsoleAccount,
    string ConsolePassword
)
{
    public string ToJson() => JsonSerializer.Serialize(this, HostingJson.Default.FirstLine);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FirstLine))]
[JsonSerializable(typeof(EmulatorCredentials))]
internal sealed partial class HostingJson : JsonSerializerContext;
