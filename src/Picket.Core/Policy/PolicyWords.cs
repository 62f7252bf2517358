using System.Globalization;
using System.Text;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Sync;

namespace Picket.Core.Policy;

/// <summary>The words of the document, one for each value.</summary>
internal static class PolicyWords
{
    public const string Off = "off";

    public static readonly IReadOnlyDictionary<string, DevicePlatform> Platforms = new Dictionary<
        string,
        DevicePlatform
    >
    {
        ["ios"] = DevicePlatform.Ios,
        ["ipados"] = DevicePlatform.Ipados,
        ["android"] = DevicePlatform.Android,
        ["windows"] = DevicePlatform.Windows,
        ["macos"] = DevicePlatform.Macos,
        ["other"] = DevicePlatform.Other,
        ["unknown"] = DevicePlatform.Unknown,
    };

    public static readonly IReadOnlyDictionary<string, DeviceOwnership> Ownerships = new Dictionary<
        string,
        DeviceOwnership
    >
    {
        ["corporate"] = DeviceOwnership.Corporate,
        ["shared"] = DeviceOwnership.CorporateShared,
        ["employee"] = DeviceOwnership.Employee,
        ["undefined"] = DeviceOwnership.Undefined,
    };

    public static readonly IReadOnlyDictionary<string, MemberOf> Members = new Dictionary<string, MemberOf>
    {
        ["userGroup"] = MemberOf.UserGroup,
        ["smartGroup"] = MemberOf.SmartGroup,
        ["tag"] = MemberOf.Tag,
    };

    public static readonly IReadOnlyDictionary<string, RiskLevel> Levels = new Dictionary<string, RiskLevel>
    {
        ["low"] = RiskLevel.Low,
        ["medium"] = RiskLevel.Medium,
        ["high"] = RiskLevel.High,
        ["critical"] = RiskLevel.Critical,
    };

    /// <summary>What a device can be, not only what a finding can be.</summary>
    public static readonly IReadOnlyDictionary<string, RiskLevel> AnyLevels = new Dictionary<string, RiskLevel>(Levels)
    {
        ["unknown"] = RiskLevel.Unknown,
        ["secure"] = RiskLevel.Secure,
    };

    public static readonly IReadOnlyDictionary<string, Confidence> Confidences = new Dictionary<string, Confidence>
    {
        ["low"] = Confidence.Low,
        ["medium"] = Confidence.Medium,
        ["high"] = Confidence.High,
    };

    public static readonly IReadOnlyDictionary<string, IndicatorKind> IndicatorKinds = Enum.GetValues<IndicatorKind>()
        .ToDictionary(kind => Dashed($"{kind}"));

    /// <summary>Kinds whose level grows with age: it stands in their steps, not among the levels.</summary>
    public static readonly IReadOnlyDictionary<string, string> Stepped = new Dictionary<string, string>
    {
        [FindingKinds.PatchOld.Id] = "patchAge",
        [FindingKinds.NoContact.Id] = "noContact",
    };

    public static string Of(DevicePlatform platform) => Platforms.First(word => word.Value == platform).Key;

    public static string Of(DeviceOwnership ownership) => Ownerships.First(word => word.Value == ownership).Key;

    public static string Of(RiskLevel? level) =>
        level is { } known ? Levels.FirstOrDefault(word => word.Value == known).Key ?? $"{known}" : Off;

    public static string OfAny(RiskLevel level) => AnyLevels.First(word => word.Value == level).Key;

    public static string Of(Confidence confidence) => Confidences.First(word => word.Value == confidence).Key;

    public static string Of(IndicatorKind kind) => Dashed($"{kind}");

    public static string Days(int days) => string.Create(CultureInfo.InvariantCulture, $"{days}d");

    public static string Of(IReadOnlyList<AgeStep> steps) =>
        "{"
        + string.Join(", ", steps.OrderBy(step => step.Days).Select(step => $"{Days(step.Days)}: {Of(step.Level)}"))
        + "}";

    private static string Dashed(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
