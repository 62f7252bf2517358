using System.Globalization;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>
/// Apps in the field: a few that everybody has, a long tail that few have, and invented bad ones. The bad names are
/// the ones that the demonstration's sample feed lists; they belong to example.com and org and harm nobody.
/// </summary>
internal static class AppCatalogue
{
    /// <summary>Different apps per platform in the long tail.</summary>
    public const int Tail = 6000;

    public static readonly string[] BadAndroid =
    [
        "com.example.stalker.tracker",
        "com.example.hiddenmonitor",
        "org.example.spycam.pro",
        "com.example.fakebank.update",
        "com.example.adfraud.cleaner",
        "com.example.adfraud.flashlight",
        "com.example.adfraud.horoscope",
        "com.example.adfraud.keyboard",
        "com.example.adfraud.wallpaper",
    ];

    /// <summary>Apps that bear a well-known name, or nearly its identifier; invented as the others are.</summary>
    public static readonly (string Id, string Name)[] LookAlikes =
    [
        ("com.example.chatplus", "WhatsApp"),
        ("com.whatsap", "Chat"),
        ("com.example.hub", "InteIligent Hub"),
        ("com.example.mail", "Microsoft OutIook"),
    ];

    public static readonly string[] BadIos = ["com.example.ios.watchful"];

    private static readonly (string Id, string Name)[] AppleHead =
    [
        ("com.air-watch.agent", "Hub"),
        ("com.microsoft.Office.Outlook", "Outlook"),
        ("com.microsoft.skype.teams", "Teams"),
        ("net.whatsapp.WhatsApp", "WhatsApp"),
        ("com.google.Maps", "Google Maps"),
        ("com.google.chrome.ios", "Chrome"),
        ("org.whispersystems.signal", "Signal"),
        ("com.spotify.client", "Spotify"),
        ("com.linkedin.LinkedIn", "LinkedIn"),
        ("us.zoom.videomeetings", "Zoom"),
    ];

    private static readonly (string Id, string Name)[] AndroidHead =
    [
        ("com.airwatch.androidagent", "Intelligent Hub"),
        ("com.microsoft.office.outlook", "Outlook"),
        ("com.microsoft.teams", "Teams"),
        ("com.whatsapp", "WhatsApp"),
        ("com.google.android.apps.maps", "Maps"),
        ("com.android.chrome", "Chrome"),
        ("org.thoughtcrime.securesms", "Signal"),
        ("com.spotify.music", "Spotify"),
        ("com.linkedin.android", "LinkedIn"),
        ("us.zoom.videomeetings", "Zoom"),
    ];

    private static readonly (string Id, string Name)[] ComputerHead =
    [
        ("com.vmware.hub.desktop", "Intelligent Hub"),
        ("com.microsoft.office.desktop", "Microsoft 365"),
        ("com.microsoft.teams2", "Teams"),
        ("org.mozilla.firefox", "Firefox"),
        ("com.google.chrome", "Chrome"),
        ("org.7-zip", "7-Zip"),
    ];

    /// <summary>How many of the first apps of a platform the organization itself installs.</summary>
    public const int ManagedHead = 3;

    public static int HeadCount(DevicePlatform platform) => Head(platform).Length;

    /// <summary>The app of a rank: 0 is what most devices have.</summary>
    public static (string Id, string Name) Ranked(DevicePlatform platform, int rank)
    {
        var head = Head(platform);
        if (rank < head.Length)
        {
            return head[rank];
        }

        var number = rank.ToString("D4", CultureInfo.InvariantCulture);
        return platform switch
        {
            DevicePlatform.Android => ($"net.example.store.app{number}", $"Store App {number}"),
            DevicePlatform.Windows or DevicePlatform.Macos => ($"net.example.desktop.tool{number}", $"Tool {number}"),
            _ => ($"net.example.ios.app{number}", $"App {number}"),
        };
    }

    /// <summary>-1: not among the apps that most devices have.</summary>
    public static int HeadRank(DevicePlatform platform, string bundle) =>
        Array.FindIndex(Head(platform), app => app.Id == bundle);

    private static (string Id, string Name)[] Head(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Android => AndroidHead,
            DevicePlatform.Windows or DevicePlatform.Macos => ComputerHead,
            _ => AppleHead,
        };
}
