namespace Picket.WorkspaceOne.Emulator.Access;

public enum ApiKeyKind
{
    Admin,

    /// <summary>For enrolment clients; the REST routes refuse it.</summary>
    EnrollmentUser,
}

/// <summary>An API key of an organization group.</summary>
/// <param name="OfThisTree">False: the key belongs to another customer of the same server.</param>
public sealed record ApiKey(string Value, ApiKeyKind Kind, bool OfThisTree = true);
