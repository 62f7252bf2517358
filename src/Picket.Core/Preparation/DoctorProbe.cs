namespace Picket.Core.Preparation;

/// <summary>One GET that changes nothing. The path is below /API; {user}, {og} and {ogUuid} are filled in.</summary>
/// <param name="Version">The version that the Accept header asks for.</param>
public sealed record DoctorProbe(string Id, string Path, int Version = 1)
{
    /// <summary>Null while a value that the path needs is not known.</summary>
    public string? PathFor(DoctorSubject subject)
    {
        var path = Path.Replace("{user}", Uri.EscapeDataString(subject.UserName ?? ""), StringComparison.Ordinal)
            .Replace("{ogUuid}", subject.GroupUuid.ToString(), StringComparison.Ordinal);
        return subject.GroupId is { } id
                ? path.Replace(
                    "{og}",
                    id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                )
            : path.Contains("{og}", StringComparison.Ordinal) ? null
            : path;
    }
}

/// <summary>What the doctor is asked to look at.</summary>
/// <param name="UserName">Null for an OAuth client.</param>
/// <param name="GroupId">The UEM's number of the group; it is learned from the group probe.</param>
public sealed record DoctorSubject(UemAuthentication Authentication, string? UserName, Guid GroupUuid, long? GroupId);

public enum UemAuthentication
{
    Basic,
    OAuth,

    /// <summary>Known, and refused with an explanation.</summary>
    Certificate,

    /// <summary>Known, and refused with an explanation.</summary>
    Directory,
}
