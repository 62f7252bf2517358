namespace Picket.Core.Preparation;

/// <summary>One answer of the UEM, without its body.</summary>
/// <param name="Status">Null when no answer came; then <paramref name="Failure"/> says why.</param>
/// <param name="Code">The errorCode of an error body.</param>
/// <param name="Rows">How many rows a listing had; null when it was none.</param>
public sealed record RemoteAnswer(
    int? Status,
    int? Code = null,
    string? Message = null,
    string? ContentType = null,
    string? ApiVersion = null,
    DateTimeOffset? ServerDate = null,
    string? Failure = null,
    int? Rows = null
)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>Success of the API is JSON, or nothing at all with 204; a sign-in page is a success of another kind.</summary>
    public bool IsApi =>
        Status == 204 || ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) is true || Code is not null;
}
