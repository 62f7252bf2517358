namespace Picket.WorkspaceOne;

/// <summary>Where the password of an enrolment user is kept.</summary>
public enum UserSecurity
{
    /// <summary>In the organization's directory. The UEM keeps none.</summary>
    Directory,

    /// <summary>In the UEM itself.</summary>
    Basic,
}

/// <summary>How the UEM tells a user what to do next.</summary>
public enum UserMessage
{
    /// <summary>Nothing is sent.</summary>
    None,

    /// <summary>By e-mail to the user's address.</summary>
    Email,

    /// <summary>By text message to the user's mobile number.</summary>
    Sms,
}

/// <summary>An enrolment user to make, as <c>adduser</c> v1 takes it (trust S).</summary>
/// <param name="UserName">Sign-in name: unique in the tenant.</param>
public sealed record NewUser(string UserName)
{
    /// <summary>Directory, unless said otherwise. An OG whose directory is not configured refuses it (400, 6).</summary>
    public UserSecurity Security { get; init; }

    /// <summary>Of a <see cref="UserSecurity.Basic"/> user alone, who needs one.</summary>
    public string? Password { get; init; }

    /// <summary>First name; a <see cref="UserSecurity.Basic"/> user needs one.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name; a <see cref="UserSecurity.Basic"/> user needs one.</summary>
    public string? LastName { get; init; }

    /// <summary>E-mail address; a <see cref="UserSecurity.Basic"/> user needs one.</summary>
    public string? Email { get; init; }

    /// <summary>Mobile number, as people write it.</summary>
    public string? MobileNumber { get; init; }

    /// <summary>Numeric id of the organization group; null for the account's own.</summary>
    public int? OrganizationGroupId { get; init; }

    /// <summary>How the user is told; nothing is sent unless said otherwise.</summary>
    public UserMessage Message { get; init; }

    /// <summary>Says nothing of the password.</summary>
    public override string ToString() => $"{UserName} ({Security})";
}

/// <summary>What to change of an enrolment user; null leaves it as it is.</summary>
public sealed record UserChange
{
    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    public string? LastName { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Mobile number, as people write it.</summary>
    public string? MobileNumber { get; init; }
}
