using Picket.Core.Devices;

namespace Picket.Core.Risk;

/// <summary>An app that impostors like to imitate.</summary>
/// <param name="Distinctive">Nobody else would give an app this name by chance.</param>
/// <param name="Makers">What identifiers of its maker begin with; all of them are left alone.</param>
public sealed record WellKnownApp(
    string Name,
    bool Distinctive,
    string AndroidId,
    string AppleId,
    IReadOnlyList<string> Makers
)
{
    public string IdOn(DevicePlatform platform) => platform is DevicePlatform.Android ? AndroidId : AppleId;

    public bool IsByMaker(string id)
    {
        foreach (var maker in Makers)
        {
            if (
                id.StartsWith(maker, StringComparison.OrdinalIgnoreCase)
                && (id.Length == maker.Length || id[maker.Length] == '.')
            )
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A short list on purpose: each name more is a chance more to accuse an honest app.</summary>
public static class WellKnownApps
{
    private static readonly string[] Google = ["com.google", "com.android", "com.chrome"];
    private static readonly string[] Meta =
    [
        "com.facebook",
        "com.instagram",
        "com.whatsapp",
        "net.whatsapp",
        "com.burbn",
    ];
    private static readonly string[] Microsoft = ["com.microsoft", "com.azure"];
    private static readonly string[] Omnissa =
    [
        "com.airwatch",
        "com.air-watch",
        "com.vmware",
        "com.omnissa",
        "com.workspaceone",
    ];

    /// <summary>What identifiers begin with by which the UEM itself speaks to devices: its agent, under all its names.</summary>
    private static readonly string[] UemAgents = ["com.airwatch", "com.air-watch", "com.vmware.hub"];

    /// <summary>Whether a device without this app is lost to the UEM.</summary>
    public static bool IsUemAgent(string appId) =>
        UemAgents.Any(start =>
            appId.StartsWith(start, StringComparison.OrdinalIgnoreCase)
            && (appId.Length == start.Length || appId[start.Length] == '.')
        );

    public static readonly IReadOnlyList<WellKnownApp> All =
    [
        new("WhatsApp", true, "com.whatsapp", "net.whatsapp.WhatsApp", Meta),
        new("Facebook", true, "com.facebook.katana", "com.facebook.Facebook", Meta),
        new("Instagram", true, "com.instagram.android", "com.burbn.instagram", Meta),
        new(
            "Telegram",
            true,
            "org.telegram.messenger",
            "ph.telegra.Telegraph",
            ["org.telegram", "org.thunderdog", "ph.telegra"]
        ),
        new(
            "Signal",
            false,
            "org.thoughtcrime.securesms",
            "org.whispersystems.signal",
            ["org.thoughtcrime", "org.whispersystems"]
        ),
        new("Snapchat", true, "com.snapchat.android", "com.toyopagroup.picaboo", ["com.snapchat", "com.toyopagroup"]),
        new("YouTube", true, "com.google.android.youtube", "com.google.ios.youtube", Google),
        new("Google Chrome", true, "com.android.chrome", "com.google.chrome.ios", Google),
        new("Google Authenticator", true, "com.google.android.apps.authenticator2", "com.google.Authenticator", Google),
        new("Google Maps", true, "com.google.android.apps.maps", "com.google.Maps", Google),
        new("Google Play Store", true, "com.android.vending", "com.google.play", Google),
        new("Microsoft Authenticator", true, "com.azure.authenticator", "com.microsoft.azureauthenticator", Microsoft),
        new("Microsoft Outlook", true, "com.microsoft.office.outlook", "com.microsoft.Office.Outlook", Microsoft),
        new("Microsoft Teams", true, "com.microsoft.teams", "com.microsoft.skype.teams", Microsoft),
        new("LinkedIn", true, "com.linkedin.android", "com.linkedin.LinkedIn", ["com.linkedin"]),
        new("Netflix", true, "com.netflix.mediaclient", "com.netflix.Netflix", ["com.netflix"]),
        new("Spotify", true, "com.spotify.music", "com.spotify.client", ["com.spotify"]),
        new(
            "PayPal",
            true,
            "com.paypal.android.p2pmobile",
            "com.yourcompany.PPClient",
            ["com.paypal", "com.yourcompany"]
        ),
        new("Binance", true, "com.binance.dev", "com.czzhao.binance", ["com.binance", "com.czzhao"]),
        new("Coinbase", true, "com.coinbase.android", "com.vilcsak.bitcoin2", ["com.coinbase", "com.vilcsak"]),
        new("Zoom Workplace", true, "us.zoom.videomeetings", "us.zoom.videomeetings", ["us.zoom"]),
        new("Intelligent Hub", true, "com.airwatch.androidagent", "com.air-watch.agent", Omnissa),
    ];
}
