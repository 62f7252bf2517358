namespace Picket.Core.Enrollment;

/// <summary>
/// What is there before an import, as far as its lines ask for it. Names are compared whole; letter case does not count,
/// as it does not in the UEM.
/// </summary>
public sealed record ImportKnown
{
    /// <summary>Numeric id of the organization group at or below the integration's that has this Group ID or name.</summary>
    public required Func<string, OrganizationGroupMatch> OrganizationGroup { get; init; }

    /// <summary>The user of that name; null for none.</summary>
    public required Func<string, KnownUser?> User { get; init; }

    /// <summary>The devices, enrolled or announced, that have the serial number, the IMEI or the UDID of the wish.</summary>
    public required Func<DeviceWish, IReadOnlyList<KnownDevice>> Devices { get; init; }

    /// <summary>The groups of that name.</summary>
    public required Func<string, IReadOnlyList<KnownGroup>> Groups { get; init; }
}

/// <summary>What a group's text in a file stands for.</summary>
public abstract record OrganizationGroupMatch
{
    private OrganizationGroupMatch() { }

    public sealed record One(int Id) : OrganizationGroupMatch;

    public sealed record Nothing : OrganizationGroupMatch;

    /// <summary>A name that several groups have; their Group IDs differ.</summary>
    public sealed record Several(IReadOnlyList<string> GroupIds) : OrganizationGroupMatch;
}

/// <summary>A user of the UEM. What it does not tell is null, and changes nothing.</summary>
public sealed record KnownUser(int Id, string UserName, int? OrganizationGroup)
{
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Email { get; init; }
}

/// <summary>A device that is enrolled, or announced.</summary>
/// <param name="Owner">Sign-in name of its user; null where the UEM does not tell.</param>
public sealed record KnownDevice(string? Owner, bool Enrolled);

/// <summary>A user group.</summary>
/// <param name="Custom">Made by hand; others follow a directory, and cannot be filled.</param>
/// <param name="Has">Whether the user of that name is in it.</param>
public sealed record KnownGroup(int Id, string Name, bool Custom, Func<string, bool> Has);
