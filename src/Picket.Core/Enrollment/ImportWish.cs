using Picket.Core.Sync;

namespace Picket.Core.Enrollment;

/// <summary>What one line of a file asks for. Texts are as the file has them, without blanks around.</summary>
public abstract record ImportWish
{
    /// <summary>Lines of one key speak of the same thing.</summary>
    public abstract IEnumerable<string> Keys { get; }

    /// <summary>Lines that ask for the same have the same.</summary>
    public RowHash Hash()
    {
        var hasher = new RowHasher();
        foreach (var text in Texts)
        {
            hasher.Add(text);
        }

        return hasher.Finish();
    }

    /// <summary>All that it says, each in its place.</summary>
    protected abstract IEnumerable<string?> Texts { get; }
}

/// <summary>That a user is there, and is called so.</summary>
public sealed record UserWish(string UserName) : ImportWish
{
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Email { get; init; }
    public string? Mobile { get; init; }
    public string? OrganizationGroup { get; init; }
    public ImportMessage Message { get; init; }

    public override IEnumerable<string> Keys => [$"user {UserName.ToUpperInvariant()}"];

    protected override IEnumerable<string?> Texts =>
        [
            UserName.ToUpperInvariant(),
            FirstName,
            LastName,
            Email,
            Mobile,
            OrganizationGroup?.ToUpperInvariant(),
            $"{Message}",
        ];
}

/// <summary>That a device is announced for a user.</summary>
public sealed record DeviceWish(string UserName) : ImportWish
{
    public string? SerialNumber { get; init; }

    /// <summary>Digits only.</summary>
    public string? Imei { get; init; }
    public string? Udid { get; init; }
    public string? FriendlyName { get; init; }

    /// <summary>The UEM's number: Apple 2, Android 5, macOS 10, Windows 12.</summary>
    public int? PlatformId { get; init; }

    /// <summary>The UEM's number of the model.</summary>
    public int? ModelId { get; init; }

    /// <summary>The UEM's letter: <c>C</c>, <c>S</c> or <c>E</c>.</summary>
    public string? Ownership { get; init; }
    public string? AssetNumber { get; init; }
    public string? OrganizationGroup { get; init; }
    public ImportMessage Message { get; init; }

    public override IEnumerable<string> Keys =>
        new[] { ("serial", SerialNumber), ("imei", Imei), ("udid", Udid) }
            .Where(each => each.Item2 is not null)
            .Select(each => $"{each.Item1} {each.Item2!.ToUpperInvariant()}");

    protected override IEnumerable<string?> Texts =>
        [
            UserName.ToUpperInvariant(),
            SerialNumber?.ToUpperInvariant(),
            Imei,
            Udid?.ToUpperInvariant(),
            FriendlyName,
            $"{PlatformId}",
            $"{ModelId}",
            Ownership,
            AssetNumber,
            OrganizationGroup?.ToUpperInvariant(),
            $"{Message}",
        ];
}

/// <summary>That a user is in a custom group.</summary>
public sealed record MemberWish(string Group, string UserName) : ImportWish
{
    public override IEnumerable<string> Keys =>
        [$"member {Group.Length} {Group.ToUpperInvariant()} {UserName.ToUpperInvariant()}"];

    protected override IEnumerable<string?> Texts => [Group.ToUpperInvariant(), UserName.ToUpperInvariant()];
}

/// <summary>How the UEM tells a user.</summary>
public enum ImportMessage
{
    None,
    Email,
    Sms,
}
