using System.Security.Cryptography;

namespace Picket.WorkspaceOne.Emulator.Access;

public enum ApiKeyKind
{
    Admin,

    /// <summary>For enrolment clients; the REST routes refuse it.</summary>
    EnrollmentUser,
}

/// <summary>An API key of an organization group.</summary>
/// <param name="OfThisTree">False: the key belongs to another customer of the same server.</param>
public sealed record ApiKey(string Value, ApiKeyKind Kind, bool OfThisTree = true)
{
    public string ServiceName { get; init; } = Kind == ApiKeyKind.Admin ? "AirWatchAPI" : "EnrollmentUser";

    /// <summary>Index of the organization group whose settings hold it.</summary>
    public int Group { get; init; }

    /// <summary>Which key it is, so that a page need not repeat the secret; it outlives a regeneration.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    public static string NewValue() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
