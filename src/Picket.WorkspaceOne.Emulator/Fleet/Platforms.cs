namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>The wire's numbers and names of platforms. iPhone and iPad are both "Apple" there.</summary>
internal static class Platforms
{
    public static int Id(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Android => 5,
            DevicePlatform.Macos => 10,
            DevicePlatform.Windows => 12,
            _ => 2,
        };

    public static string Name(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Android => "Android",
            DevicePlatform.Macos => "AppleOsX",
            DevicePlatform.Windows => "WinRT",
            _ => "Apple",
        };

    /// <summary>Whether a caller's name or number means a platform.</summary>
    public static bool Is(string wanted, DevicePlatform platform) =>
        wanted.Equals(Name(platform), StringComparison.OrdinalIgnoreCase)
        || wanted.Equals(UpperName(platform), StringComparison.OrdinalIgnoreCase)
        || wanted == Id(platform).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string UpperName(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Android => "ANDROID",
            DevicePlatform.Macos => "APPLE_OS_X",
            DevicePlatform.Windows => "WIN_RT",
            _ => "APPLE",
        };
}
