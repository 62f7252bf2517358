namespace Picket.Core.Devices;

/// <summary>iOS and iPadOS are kept apart: their releases end at different versions.</summary>
public enum DevicePlatform
{
    Unknown,
    Ios,
    Ipados,
    Android,
    Windows,
    Macos,
    Other,
}

public static class DevicePlatforms
{
    public static bool IsApplePhoneOrTablet(this DevicePlatform platform) =>
        platform is DevicePlatform.Ios or DevicePlatform.Ipados;

    public static bool IsMobile(this DevicePlatform platform) =>
        platform is DevicePlatform.Ios or DevicePlatform.Ipados or DevicePlatform.Android;

    /// <summary>
    /// The UEM calls iPhones and iPads alike "Apple"; only the model tells them apart. Takes the platform's name
    /// and whatever names the model (identifier such as <c>iPad13,1</c>, or marketing name such as "iPad Air").
    /// </summary>
    public static DevicePlatform Recognise(string? platformName, params ReadOnlySpan<string?> modelNames)
    {
        var named = ByName(platformName);
        if (named is not (DevicePlatform.Ios or DevicePlatform.Ipados))
        {
            return named;
        }

        foreach (var model in modelNames)
        {
            if (model is not null && model.Contains("iPad", StringComparison.OrdinalIgnoreCase))
            {
                return DevicePlatform.Ipados;
            }
        }

        return named;
    }

    private static DevicePlatform ByName(string? name) =>
        name?.Trim().ToUpperInvariant() switch
        {
            null or "" => DevicePlatform.Unknown,
            "IPADOS" => DevicePlatform.Ipados,
            "APPLE" or "APPLE IOS" or "IOS" => DevicePlatform.Ios,
            "APPLEOSX" or "APPLE MACOS" or "MACOS" or "MAC OS X" => DevicePlatform.Macos,
            var text when text.StartsWith("ANDROID", StringComparison.Ordinal) => DevicePlatform.Android,
            var text when text.StartsWith("WIN", StringComparison.Ordinal) => DevicePlatform.Windows,
            _ => DevicePlatform.Other,
        };
}
