namespace Picket.Core.Devices;

/// <summary>
/// No field of a listing says how a device was enrolled. What it leaves out does, as far as it goes: an iPhone enrolled by
/// its user tells no serial number, and of a work profile nothing but managed apps is listed.
/// </summary>
public static class PersonalSides
{
    /// <param name="employees">The device belongs to an employee, or to nobody known.</param>
    /// <param name="onlyManagedApps">Apps were listed, all of them managed.</param>
    public static PersonalSide Recognise(
        DevicePlatform platform,
        bool employees,
        string? serialNumber,
        bool onlyManagedApps
    ) =>
        platform switch
        {
            DevicePlatform.Ios or DevicePlatform.Ipados when employees && string.IsNullOrWhiteSpace(serialNumber) =>
                PersonalSide.UserEnrollment,
            DevicePlatform.Android when employees && onlyManagedApps => PersonalSide.WorkProfile,
            _ => PersonalSide.NotApart,
        };
}
