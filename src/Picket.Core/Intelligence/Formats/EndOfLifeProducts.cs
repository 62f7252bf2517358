using Picket.Core.Devices;

namespace Picket.Core.Intelligence.Formats;

/// <summary>Which platform a product of endoflife is.</summary>
internal static class EndOfLifeProducts
{
    public static DevicePlatform? PlatformOf(string product) =>
        product.Trim('/').ToUpperInvariant() switch
        {
            "IOS" => DevicePlatform.Ios,
            "IPADOS" => DevicePlatform.Ipados,
            "ANDROID" => DevicePlatform.Android,
            "MACOS" => DevicePlatform.Macos,
            "WINDOWS" => DevicePlatform.Windows,
            _ => null,
        };

    public static DevicePlatform? PlatformOf(FeedOrigin origin) =>
        PlatformOf(Path.GetFileNameWithoutExtension(origin.FileName ?? origin.Name));
}
