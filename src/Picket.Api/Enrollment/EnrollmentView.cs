namespace Picket.Api;

/// <summary>Whether Picket registers users and devices in the UEM for an integration.</summary>
public sealed record EnrollmentView
{
    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>Somebody switched it on. Off until then; imports are checked nevertheless, and nothing of them is sent.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Why nothing can be sent at this moment, with the next step; null when it can.</summary>
    public string? WhyNot { get; init; }

    /// <summary>The rows of the role editor that it needs, in the UEM console's words, e.g. <c>Accounts &gt; Users &gt; Accounts &gt; Add Device (Edit)</c>.</summary>
    public IReadOnlyList<string> Needs { get; set; } = [];
}

/// <summary>Switches the registering of users and devices on or off.</summary>
/// <param name="Enabled">On asks the UEM first whether the account may read what it needs to; 422 when it may not.</param>
public sealed record SetEnrollment(bool Enabled);

/// <summary>One device to announce for a user before it enrols. The same words and bounds as in a file of devices.</summary>
public sealed record RegisterDevice
{
    /// <summary>Sign-in name of a user at or below the integration's organization group; 1 to 100 characters.</summary>
    public required string UserName { get; init; }

    /// <summary>Serial number; it or a UDID is needed. At most 100 characters.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>IMEI: 15 digits; blanks, hyphens and slashes do not count.</summary>
    public string? Imei { get; init; }

    /// <summary>UDID; at most 100 characters.</summary>
    public string? Udid { get; init; }

    /// <summary>What administrators call it; at most 255 characters. The UEM makes a name up when absent.</summary>
    public string? FriendlyName { get; init; }

    /// <summary><c>iOS</c>, <c>iPadOS</c>, <c>Android</c>, <c>macOS</c> or <c>Windows</c>.</summary>
    public string? Platform { get; init; }

    /// <summary>Number of the model in the UEM, as its devices carry it.</summary>
    public int? ModelId { get; init; }

    /// <summary><c>corporate</c>, <c>shared</c> or <c>employee</c>.</summary>
    public string? Ownership { get; init; }

    /// <summary>The organization's own number of the device; at most 100 characters.</summary>
    public string? AssetNumber { get; init; }

    /// <summary>Group ID or whole name of an organization group at or below the integration's; that one when absent.</summary>
    public string? OrganizationGroup { get; init; }

    /// <summary>How the user is told: <c>none</c>, <c>email</c> or <c>sms</c>.</summary>
    public string? Message { get; init; }
}
