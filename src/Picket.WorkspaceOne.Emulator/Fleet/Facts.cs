namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>Parts of a device that somebody may have set, and that its own life then no longer changes.</summary>
[Flags]
internal enum Facts
{
    None = 0,
    System = 1,
    Compromised = 2,
    Encrypted = 4,
    Passcode = 8,
    Ownership = 16,
    Enrollment = 32,
    Compliance = 64,
    Name = 128,
    Group = 256,
    Apps = 512,
    Contact = 1024,
    User = 2048,
    Identity = 4096,
}

/// <summary>What somebody changed of one device: the values, and which of them count.</summary>
internal sealed record Override(Facts Set, Device Values)
{
    /// <summary>The override that makes <paramref name="after"/> of <paramref name="before"/>.</summary>
    public static Override Of(Facts had, Device before, Device after) => new(had | Differing(before, after), after);

    public Device Over(Device natural)
    {
        var device = OverPosture(OverState(natural));
        return (Set & Facts.Identity) == 0
            ? device
            : device with
            {
                SerialNumber = Values.SerialNumber,
                Udid = Values.Udid,
                MacAddress = Values.MacAddress,
                Imei = Values.Imei,
                PhoneNumber = Values.PhoneNumber,
                Model = Values.Model,
                Supervised = Values.Supervised,
            };
    }

    private Device OverState(Device device) =>
        device with
        {
            OperatingSystem = Chosen(Facts.System, Values.OperatingSystem, device.OperatingSystem),
            Build = Chosen(Facts.System, Values.Build, device.Build),
            SecurityPatch = Chosen(Facts.System, Values.SecurityPatch, device.SecurityPatch),
            Ownership = Chosen(Facts.Ownership, Values.Ownership, device.Ownership),
            EnrollmentStatus = Chosen(Facts.Enrollment, Values.EnrollmentStatus, device.EnrollmentStatus),
            EnrolledOn = Chosen(Facts.Enrollment, Values.EnrolledOn, device.EnrolledOn),
            SilentSince = Chosen(Facts.Enrollment, Values.SilentSince, device.SilentSince),
            FriendlyName = Chosen(Facts.Name, Values.FriendlyName, device.FriendlyName),
            AssetNumber = Chosen(Facts.Name, Values.AssetNumber, device.AssetNumber),
            Group = Chosen(Facts.Group, Values.Group, device.Group),
            User = Chosen(Facts.User, Values.User, device.User),
        };

    private Device OverPosture(Device device) =>
        device with
        {
            Compromised = Chosen(Facts.Compromised, Values.Compromised, device.Compromised),
            Encrypted = Chosen(Facts.Encrypted, Values.Encrypted, device.Encrypted),
            Passcode = Chosen(Facts.Passcode, Values.Passcode, device.Passcode),
            ComplianceStatus = Chosen(Facts.Compliance, Values.ComplianceStatus, device.ComplianceStatus),
            AddedApps = Chosen(Facts.Apps, Values.AddedApps, device.AddedApps),
            RemovedApps = Chosen(Facts.Apps, Values.RemovedApps, device.RemovedApps),
            ReportedAt = Chosen(Facts.Contact, Values.ReportedAt, device.ReportedAt),
        };

    private T Chosen<T>(Facts fact, T set, T natural) => (Set & fact) != 0 ? set : natural;

    private static Facts Differing(Device a, Device b) =>
        When(
            Facts.System,
            (a.OperatingSystem, a.Build, a.SecurityPatch) != (b.OperatingSystem, b.Build, b.SecurityPatch)
        )
        | When(Facts.Compromised, a.Compromised != b.Compromised)
        | When(Facts.Encrypted, a.Encrypted != b.Encrypted)
        | When(Facts.Passcode, a.Passcode != b.Passcode)
        | When(Facts.Ownership, a.Ownership != b.Ownership)
        | When(
            Facts.Enrollment,
            (a.EnrollmentStatus, a.EnrolledOn, a.SilentSince) != (b.EnrollmentStatus, b.EnrolledOn, b.SilentSince)
        )
        | When(Facts.Compliance, a.ComplianceStatus != b.ComplianceStatus)
        | When(Facts.Name, (a.FriendlyName, a.AssetNumber) != (b.FriendlyName, b.AssetNumber))
        | When(Facts.Group, a.Group != b.Group)
        | When(Facts.User, a.User != b.User)
        | When(Facts.Apps, !a.AddedApps.SequenceEqual(b.AddedApps) || !a.RemovedApps.SequenceEqual(b.RemovedApps))
        | When(Facts.Contact, a.ReportedAt != b.ReportedAt)
        | When(Facts.Identity, Identity(a) != Identity(b));

    private static (string, string, string, string, string, DeviceModel, bool) Identity(Device device) =>
        (
            device.SerialNumber,
            device.Udid,
            device.MacAddress,
            device.Imei,
            device.PhoneNumber,
            device.Model,
            device.Supervised
        );

    private static Facts When(Facts fact, bool differs) => differs ? fact : Facts.None;
}
