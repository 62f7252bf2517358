using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Wire;

/// <summary>Body of a failed call; key order and casing vary.</summary>
internal sealed record ErrorBody(int? ErrorCode, string? Message, string? ActivityId);

internal sealed record NewId(int? Value);

internal sealed record NewTag(string TagName, int TagType, int LocationGroupId);

internal sealed record BulkInput(BulkValues BulkValues);

internal sealed record BulkValues(IReadOnlyList<string> Value);

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] int? ExpiresIn,
    [property: JsonPropertyName("error")] string? Error
);
