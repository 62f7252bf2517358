using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Wire;

/// <summary>Body of a failed call; key order and casing vary.</summary>
internal sealed record ErrorBody(int? ErrorCode, string? Message, string? ActivityId);

internal sealed record NewId(int? Value, Guid? Uuid = null);

internal sealed record NewTag(string TagName, int TagType, int LocationGroupId);

internal sealed record UserBody
{
    public string? UserName { get; init; }
    public string? Password { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Email { get; init; }
    public string? MobileNumber { get; init; }
    public string? SecurityType { get; init; }

    // The spec sends the number as text here, and as a number with a device (trust S).
    public string? LocationGroupId { get; init; }
    public string? MessageType { get; init; }
}

internal sealed record RegistrationBody
{
    public int? LocationGroupId { get; init; }
    public string? FriendlyName { get; init; }
    public string? Ownership { get; init; }
    public int? PlatformId { get; init; }
    public int? ModelId { get; init; }
    public string? SerialNumber { get; init; }
    public string? Imei { get; init; }
    public string? Udid { get; init; }
    public string? AssetNumber { get; init; }
    public string? MessageType { get; init; }
    public string? ToEmailAddress { get; init; }
    public string? ToPhoneNumber { get; init; }
}

internal sealed record UserGroupBody(string GroupName, string? Description, int? ManagedByOrganizationGroupID);

internal sealed record BulkInput(BulkValues BulkValues);

internal sealed record BulkValues(IReadOnlyList<string> Value);

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] int? ExpiresIn,
    [property: JsonPropertyName("error")] string? Error
);
