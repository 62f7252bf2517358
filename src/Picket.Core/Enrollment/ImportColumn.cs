namespace Picket.Core.Enrollment;

/// <summary>A column of an import file.</summary>
/// <param name="Name">As the header names it. Letter case, spaces, hyphens and underscores do not count.</param>
/// <param name="Meaning">What stands in it, for whoever fills it.</param>
/// <param name="Required">Whether the header has to have it, and each line a value.</param>
/// <param name="Longest">Characters that a value may have.</param>
public sealed record ImportColumn(string Name, string Meaning, bool Required = false, int Longest = 100);

/// <summary>The columns of each kind of file. There is none for a password: files are copied, mailed and kept.</summary>
public static class ImportColumns
{
    public static readonly ImportColumn UserName = new("user_name", "Sign-in name of the user", Required: true);
    public static readonly ImportColumn FirstName = new("first_name", "First name");
    public static readonly ImportColumn LastName = new("last_name", "Last name");
    public static readonly ImportColumn Email = new("email", "Mail address", Longest: 254);
    public static readonly ImportColumn Mobile = new(
        "mobile_number",
        "Mobile number, with its country code",
        Longest: 30
    );
    public static readonly ImportColumn OrganizationGroup = new(
        "organization_group",
        "Group ID or whole name of an organization group at or below the integration's; that one when empty"
    );
    public static readonly ImportColumn Message = new(
        "message",
        "How the user is told: none, email or sms",
        Longest: 10
    );
    public static readonly ImportColumn SerialNumber = new("serial_number", "Serial number; or else a UDID");
    public static readonly ImportColumn Imei = new("imei", "IMEI, 15 digits", Longest: 20);
    public static readonly ImportColumn Udid = new("udid", "UDID");
    public static readonly ImportColumn FriendlyName = new(
        "friendly_name",
        "What administrators call the device",
        Longest: 255
    );
    public static readonly ImportColumn Platform = new(
        "platform",
        "iOS, iPadOS, Android, macOS or Windows",
        Longest: 20
    );
    public static readonly ImportColumn Model = new("model_id", "Number of the model in the UEM", Longest: 9);
    public static readonly ImportColumn Ownership = new("ownership", "corporate, shared or employee", Longest: 20);
    public static readonly ImportColumn AssetNumber = new(
        "asset_number",
        "The organization's own number of the device"
    );
    public static readonly ImportColumn Group = new(
        "group",
        "Whole name of a custom user group",
        Required: true,
        Longest: 255
    );

    /// <summary>In the order in which a template has them.</summary>
    public static IReadOnlyList<ImportColumn> Of(ImportKind kind) =>
        kind switch
        {
            ImportKind.Users => [UserName, FirstName, LastName, Email, Mobile, OrganizationGroup, Message],
            ImportKind.Devices =>
            [
                UserName,
                SerialNumber,
                Imei,
                Udid,
                FriendlyName,
                Platform,
                Model,
                Ownership,
                AssetNumber,
                OrganizationGroup,
                Message,
            ],
            _ => [Group, UserName],
        };

    /// <summary>A file with the header alone, to be filled.</summary>
    public static string Template(ImportKind kind) => string.Join(',', Of(kind).Select(column => column.Name)) + "\r\n";
}
