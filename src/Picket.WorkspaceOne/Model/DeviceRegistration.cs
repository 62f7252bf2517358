namespace Picket.WorkspaceOne;

/// <summary>A device announced for a user before it enrols, as <c>registerdevice</c> takes it (trust S).</summary>
public sealed record DeviceRegistration
{
    /// <summary>What administrators call it; the UEM makes a name up when absent.</summary>
    public string? FriendlyName { get; init; }

    /// <summary><c>C</c> corporate and dedicated, <c>S</c> corporate and shared, <c>E</c> the employee's own; null leaves it undefined.</summary>
    public string? Ownership { get; init; }

    /// <summary>Number of the platform: Apple 2, Android 5, macOS 10, Windows 12 (trust W).</summary>
    public int? PlatformId { get; init; }

    /// <summary>Number of the model, as devices of the UEM carry it.</summary>
    public int? ModelId { get; init; }

    /// <summary>Serial number. No enrolled device of the tenant may have it, nor the next two.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>IMEI.</summary>
    public string? Imei { get; init; }

    /// <summary>UDID.</summary>
    public string? Udid { get; init; }

    /// <summary>Asset number, the organization's own.</summary>
    public string? AssetNumber { get; init; }

    /// <summary>Numeric id of the organization group; null for the user's own.</summary>
    public int? OrganizationGroupId { get; init; }

    /// <summary>How the user is told to enrol; nothing is sent unless said otherwise.</summary>
    public UserMessage Message { get; init; }

    /// <summary>Where an e-mail goes to; null for the user's own address.</summary>
    public string? ToEmail { get; init; }

    /// <summary>Where a text message goes to; null for the user's own number.</summary>
    public string? ToPhone { get; init; }
}

/// <summary>A device that is announced. The route sends no id: the serial number, or else the name and user, identify it (trust S).</summary>
public sealed record UemRegisteredDevice
{
    /// <summary>What administrators call it.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>Name of the organization group.</summary>
    public string? OrganizationGroup { get; set; }

    /// <summary>Platform, as the UEM calls it.</summary>
    public string? Platform { get; set; }

    /// <summary>Sign-in name of its user.</summary>
    public string? Username { get; set; }

    /// <summary>Serial number.</summary>
    public string? SerialNumber { get; set; }

    /// <summary>UDID.</summary>
    public string? Udid { get; set; }

    /// <summary>Asset number.</summary>
    public string? AssetNumber { get; set; }

    /// <summary>When it was announced; without a zone it is taken for UTC.</summary>
    public DateTimeOffset? RegistrationDate { get; set; }
}
