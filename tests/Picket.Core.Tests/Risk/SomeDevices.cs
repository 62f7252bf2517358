using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Core.Tests.Intelligence;

namespace Picket.Core.Tests.Risk;

/// <summary>Devices with nothing wrong about them, to be spoilt one fact at a time.</summary>
internal static class SomeDevices
{
    public static readonly DateTimeOffset Now = new(2026, 9, 10, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Collected = Now.AddHours(-3);
    public static readonly RiskContext Context = RiskContext.Build(FeedFiles.AllSamples());

    public static readonly DeviceFacts Iphone = Posture(new DeviceFacts("1", DevicePlatform.Ios)) with
    {
        Model = Known("iPhone14,2"),
        ModelName = Known("iPhone 13 Pro (256 GB Graphite)"),
        OsVersion = Known(OsVersion.Parse("26.6.1")),
    };

    public static readonly DeviceFacts Android = Posture(new DeviceFacts("2", DevicePlatform.Android)) with
    {
        ModelName = Known("Google Pixel 8"),
        OsVersion = Known(OsVersion.Parse("16")),
        SecurityPatch = Known(new DateOnly(2026, 9, 5)),
    };

    public static readonly DeviceFacts Windows = Posture(new DeviceFacts("3", DevicePlatform.Windows)) with
    {
        Apps = Fact.Missing<AppList>(MissingReason.NeverCollected),
        Compromised = Fact.Missing<bool>(MissingReason.NotReported),
    };

    public static Fact<T> Known<T>(T value) => Fact.Known(value, Collected);

    public static Fact<AppList> Apps(params string[] ids) =>
        Known(new AppList([.. ids.Select(id => new AppOnDevice(id, "1.0"))]));

    public static DeviceFacts On(this DeviceFacts device, string version) =>
        device with
        {
            OsVersion = Known(OsVersion.Parse(version)),
        };

    public static Verdict Judge(this DeviceFacts device, RiskContext? context = null) =>
        RiskEngine.Judge(device, context ?? Context, Now);

    private static DeviceFacts Posture(DeviceFacts device) =>
        device with
        {
            Ownership = DeviceOwnership.Corporate,
            Enrollment = Known(EnrollmentState.Enrolled),
            LastSeen = Known(Now.AddHours(-5)),
            Compromised = Known(false),
            Compliant = Known(true),
            PasscodePresent = Known(true),
            PasscodeCompliant = Known(true),
            Encrypted = Known(true),
            BlockLevelEncrypted = Known(true),
            Apps = Apps("com.example.harmless"),
        };
}
