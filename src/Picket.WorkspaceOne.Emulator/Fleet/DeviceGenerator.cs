using System.Globalization;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>Computes a device from (seed, index). The same index gives the same device in a fleet of any size.</summary>
internal sealed class DeviceGenerator(ulong seed, SeededIds ids, People people)
{
    /// <summary>Days of the past are counted from here, so that a fleet does not change with the day of its start.</summary>
    public static readonly DateTime Epoch = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Ownerships = ["C", "E", "S", "Undefined"];

    private enum Throw
    {
        Platform,
        Ownership,
        Status,
        Stale,
        SilentDays,
        Model,
        Os,
        Compromised,
        Encrypted,
        Passcode,
        Compliance,
        Supervised,
        Serial,
        Udid,
        Mac,
        Imei,
        Phone,
        Enrolled,
    }

    public DeviceCore Core(int index)
    {
        var dice = Of(index);
        var user = People.UserOfDevice(index);
        return new DeviceCore(
            PlatformOf(dice),
            people.GroupOfUser(user),
            user,
            Ownerships[dice.Weighted((int)Throw.Ownership, [58, 30, 8, 4])],
            StatusOf(dice),
            SilentSinceOf(dice)
        );
    }

    public Device Full(int index)
    {
        var dice = Of(index);
        var core = Core(index);
        var model = Pick(dice, Throw.Model, ModelCatalogue.Of(core.Platform));
        var release = ReleaseFor(dice, core.Platform, model);
        var apple = IsApple(core.Platform);
        var user = people.NameOf(core.User);
        return new Device
        {
            Index = index,
            Id = ids.DeviceId(index),
            Uuid = ids.Uuid(ThingKind.Device, index),
            Platform = core.Platform,
            SerialNumber = SerialOf(dice, core.Platform),
            Udid = UdidOf(dice, core.Platform),
            MacAddress = MacOf(dice),
            Imei = model.Cellular ? ImeiOf(dice) : "",
            PhoneNumber =
                model.Cellular && core.Platform is DevicePlatform.Ios or DevicePlatform.Android
                    ? "+1555" + dice.Below((int)Throw.Phone, 10_000_000).ToString("D7", CultureInfo.InvariantCulture)
                    : "",
            FriendlyName = $"{user} {model.ShortName} {OsFamily(core.Platform)} {release.Version}",
            Model = model,
            OperatingSystem = release.Version,
            Build = release.Build,
            SecurityPatch = release.Patch,
            Ownership = core.Ownership,
            EnrollmentStatus = core.EnrollmentStatus,
            ComplianceStatus = ComplianceOf(dice, core.EnrollmentStatus),
            Compromised = CompromisedOf(dice, core),
            Encrypted = !dice.Chance((int)Throw.Encrypted, core.Platform is DevicePlatform.Windows ? 150 : 20),
            Passcode = !dice.Chance((int)Throw.Passcode, 60),
            Supervised = apple && core.Ownership == "C" && dice.Chance((int)Throw.Supervised, 700),
            EnrolledOn = Epoch.AddMinutes(-1 - dice.Below((int)Throw.Enrolled, 900 * 24 * 60)),
            Group = core.Group,
            User = core.User,
            SilentSince = core.SilentSince,
        };
    }

    /// <summary>An identifier of a device's hardware; empty where it has none.</summary>
    public string Alternate(AlternateKind kind, int index)
    {
        var dice = Of(index);
        var platform = PlatformOf(dice);
        return kind switch
        {
            AlternateKind.SerialNumber => SerialOf(dice, platform),
            AlternateKind.Udid => UdidOf(dice, platform),
            AlternateKind.MacAddress => MacOf(dice),
            _ => Pick(dice, Throw.Model, ModelCatalogue.Of(platform)).Cellular ? ImeiOf(dice) : "",
        };
    }

    private Dice Of(int index) => new(seed, (ulong)ThingKind.Device, index);

    private static T Pick<T>(Dice dice, Throw field, T[] choices) => choices[dice.Below((int)field, choices.Length)];

    private static DevicePlatform PlatformOf(Dice dice) =>
        (DevicePlatform)dice.Weighted((int)Throw.Platform, [42, 12, 36, 6, 4]);

    private static string StatusOf(Dice dice) =>
        dice.Below((int)Throw.Status, 1000) switch
        {
            < 12 => "Unenrolled",
            < 16 => "EnterpriseWipePending",
            < 26 => "Registered",
            _ => "Enrolled",
        };

    private static DateTime? SilentSinceOf(Dice dice) =>
        StatusOf(dice) switch
        {
            // Registered only: it never reported, and the wire says year 1.
            "Registered" => DateTime.MinValue,
            "Enrolled" when !dice.Chance((int)Throw.Stale, 30) => null,
            _ => Epoch.AddHours(-24 * 31 - dice.Below((int)Throw.SilentDays, 400 * 24)),
        };

    private static bool? CompromisedOf(Dice dice, DeviceCore core) =>
        core.EnrollmentStatus == "Registered" ? null
        : dice.Chance((int)Throw.Compromised, 10) ? true
        : dice.Chance((int)Throw.Compromised + 1000, 30) ? null
        : false;

    private static string ComplianceOf(Dice dice, string status) =>
        status != "Enrolled"
            ? "NotAvailable"
            : dice.Below((int)Throw.Compliance, 1000) switch
            {
                < 40 => "NonCompliant",
                < 60 => "PendingComplianceCheck",
                _ => "Compliant",
            };

    private static OsRelease ReleaseFor(Dice dice, DevicePlatform platform, DeviceModel model)
    {
        var releases = OsCatalogue.Of(platform);
        Span<int> weights = stackalloc int[releases.Length];
        var any = false;
        for (var at = 0; at < releases.Length; at++)
        {
            var fits = releases[at].Branch >= model.Oldest && releases[at].Branch <= model.Newest;
            weights[at] = fits ? releases[at].Weight : 0;
            any |= fits;
        }

        return any ? releases[dice.Weighted((int)Throw.Os, weights)] : releases[^1];
    }

    private static bool IsApple(DevicePlatform platform) =>
        platform is not (DevicePlatform.Android or DevicePlatform.Windows);

    private static string SerialOf(Dice dice, DevicePlatform platform) =>
        Letters(IsApple(platform) ? 'F' : 'R', dice.Bits((int)Throw.Serial), 11);

    private static string MacOf(Dice dice) => Hex("02", dice.Bits((int)Throw.Mac), 10, upper: false);

    private static string UdidOf(Dice dice, DevicePlatform platform)
    {
        var bits = dice.Bits((int)Throw.Udid);
        return platform is DevicePlatform.Android or DevicePlatform.Windows
            ? Hex(Hex("", bits, 16, upper: false), dice.Bits((int)Throw.Udid + 1000), 16, upper: false)
            : Hex("00008110-", bits, 16, upper: true);
    }

    // 35 is the issuing body's prefix of test and European devices; the last digit is not a real check digit.
    private static string ImeiOf(Dice dice) =>
        "35" + (dice.Bits((int)Throw.Imei) % 10_000_000_000_000).ToString("D13", CultureInfo.InvariantCulture);

    /// <summary>A prefix and the last digits of a number, in one string.</summary>
    private static string Hex(string prefix, ulong bits, int digits, bool upper) =>
        string.Create(
            prefix.Length + digits,
            (prefix, bits, upper),
            static (text, from) =>
            {
                from.prefix.CopyTo(text);
                var left = from.bits;
                for (var at = text.Length - 1; at >= from.prefix.Length; at--, left >>= 4)
                {
                    text[at] = (from.upper ? "0123456789ABCDEF" : "0123456789abcdef")[(int)(left & 15)];
                }
            }
        );

    private static string Letters(char first, ulong bits, int count) =>
        string.Create(
            count,
            (first, bits),
            static (text, from) =>
            {
                const string alphabet = "0123456789CDFGHJKLMNPQRTVWXY";
                text[0] = from.first;
                var left = from.bits;
                for (var at = 1; at < text.Length; at++, left /= (ulong)alphabet.Length)
                {
                    text[at] = alphabet[(int)(left % (ulong)alphabet.Length)];
                }
            }
        );

    private static string OsFamily(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Android => "Android",
            DevicePlatform.Windows => "Windows Desktop",
            DevicePlatform.Macos => "macOS",
            DevicePlatform.Ipados => "iPadOS",
            _ => "iOS",
        };
}
