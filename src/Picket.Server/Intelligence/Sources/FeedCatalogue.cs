using Picket.Api;
using Picket.Core.Intelligence.Formats;
using CoreFormat = Picket.Core.Intelligence.FeedFormat;

namespace Picket.Server.Intelligence.Sources;

/// <summary>
/// Public sources that Picket knows: where each is, in which format, and under which licence. Nothing is fetched from one
/// until somebody follows it. <c>HEAD</c> is what the publisher has made the newest state of the repository.
/// </summary>
internal static class FeedCatalogue
{
    private const string Sofa = "macadmins/sofa/HEAD/";
    private const string Echap = "AssoEchap/stalkerware-indicators/HEAD/";
    private const string ReleaseData = "endoflife-date/release-data/HEAD/releases/";
    private const string EndOfLife = "endoflife-date/endoflife.date/HEAD/products/";
    private const string Mvt = "mvt-project/mvt-indicators/HEAD/";
    private const string Amnesty = "AmnestyTech/investigations/HEAD/";

    public static IReadOnlyList<KnownFeed> All { get; } =
    [
        Of(
            "sofa-ios",
            "SOFA, iOS and iPadOS",
            "Releases of trains 26, 18 and 17 with the CVEs that they mend.",
            CoreFormat.SofaIos,
            Sofa + "v2/ios_data_feed.json"
        ),
        Of(
            "sofa-kev",
            "SOFA's copy of CISA KEV",
            "Exploited CVEs with due dates; newer than CISA's own repository.",
            CoreFormat.CisaKev,
            Sofa + "data/resources/kev_catalog.json"
        ),
        Of(
            "cisa-kev",
            "CISA Known Exploited Vulnerabilities",
            "Exploited CVEs with due dates.",
            CoreFormat.CisaKev,
            "cisagov/kev-data/HEAD/known_exploited_vulnerabilities.json"
        ),
        Of(
            "stalkerware",
            "Stalkerware indicators",
            "Apps that watch people and hide.",
            CoreFormat.StalkerwareIndicators,
            Echap + "ioc.yaml"
        ),
        Of(
            "watchware",
            "Watchware indicators",
            "Apps that watch people openly.",
            CoreFormat.StalkerwareIndicators,
            Echap + "watchware.yaml"
        ),
        Of(
            "endoflife-ios-releases",
            "endoflife.date release data, iOS",
            "The newest iOS of each train, older ones too.",
            CoreFormat.EndOfLifeReleases,
            ReleaseData + "ios.json"
        ),
        Of(
            "endoflife-ipados-releases",
            "endoflife.date release data, iPadOS",
            "The newest iPadOS of each train, older ones too.",
            CoreFormat.EndOfLifeReleases,
            ReleaseData + "ipados.json"
        ),
        Of(
            "endoflife-ios",
            "endoflife.date, iOS",
            "Which iOS trains still get fixes.",
            CoreFormat.EndOfLifeProduct,
            EndOfLife + "ios.md"
        ),
        Of(
            "endoflife-ipados",
            "endoflife.date, iPadOS",
            "Which iPadOS trains still get fixes.",
            CoreFormat.EndOfLifeProduct,
            EndOfLife + "ipados.md"
        ),
        Of(
            "endoflife-android",
            "endoflife.date, Android",
            "Which Android versions still get fixes.",
            CoreFormat.EndOfLifeProduct,
            EndOfLife + "android.md"
        ),
        Of(
            "endoflife-pixel",
            "endoflife.date, Pixel",
            "Which Pixel phones still get fixes.",
            CoreFormat.EndOfLifeProduct,
            EndOfLife + "pixel.md"
        ),
        Of(
            "endoflife-samsung-mobile",
            "endoflife.date, Samsung phones",
            "Which Samsung phones still get fixes.",
            CoreFormat.EndOfLifeProduct,
            EndOfLife + "samsung-mobile.md"
        ),
        Of(
            "endoflife-samsung-galaxy-tab",
            "endoflife.date, Samsung tablets",
            "Which Samsung tablets still get fixes.",
            CoreFormat.EndOfLifeProduct,
            EndOfLife + "samsung-galaxy-tab.md"
        ),
        Of(
            "mvt-predator",
            "MVT indicators, Predator",
            "A configuration profile, domains and more of a spyware.",
            CoreFormat.Stix21,
            Mvt + "intellexa_predator/predator.stix2"
        ),
        Of(
            "mvt-rcs-lab",
            "MVT indicators, RCS Lab",
            "Apps and domains of a spyware.",
            CoreFormat.Stix21,
            Mvt + "2022-06-23_rcs_lab/rcs.stix2"
        ),
        Of(
            "mvt-wyrmspy",
            "MVT indicators, WyrmSpy and DragonEgg",
            "Apps and files of a spyware.",
            CoreFormat.Stix21,
            Mvt + "2023-07-25_wyrmspy_dragonegg/wyrmspy_dragonegg.stix2"
        ),
        Of(
            "mvt-residentbat",
            "MVT indicators, ResidentBat",
            "Apps, certificates and files of a spyware.",
            CoreFormat.Stix21,
            Mvt + "ResidentBat/residentbat.stix2"
        ),
        Of(
            "mvt-spyrtacus",
            "MVT indicators, Spyrtacus",
            "Apps and domains of a spyware.",
            CoreFormat.Stix21,
            Mvt + "2026-04-09_sio_spyrtacus/spyrtacus.stix2"
        ),
        Of(
            "mvt-morpheus",
            "MVT indicators, Morpheus",
            "Apps and domains of a spyware.",
            CoreFormat.Stix21,
            Mvt + "2026-04-23_ips_morpheus/morpheus.stix2"
        ),
        Of(
            "mvt-coruna",
            "MVT indicators, Coruna",
            "Files and domains of an exploit kit; not testable from UEM data, kept for other tools.",
            CoreFormat.Stix21,
            Mvt + "2026-03-03_coruna_cryptowaters/coruna.stix2"
        ),
        AmnestyOf(
            "amnesty-pegasus",
            "Amnesty investigations, Pegasus",
            "Processes and domains of a spyware; not testable from UEM data, kept for other tools.",
            "2021-07-18_nso/pegasus.stix2"
        ),
        AmnestyOf(
            "amnesty-cytrox",
            "Amnesty investigations, Cytrox",
            "A configuration profile, domains and more of a spyware.",
            "2021-12-16_cytrox/cytrox.stix2"
        ),
        AmnestyOf(
            "amnesty-android-campaign",
            "Amnesty investigations, Android campaign",
            "Apps and domains of a spyware.",
            "2023-03-29_android_campaign/malware.stix2"
        ),
    ];

    public static KnownFeed? Find(string name) =>
        All.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));

    private static KnownFeed Of(string name, string title, string use, CoreFormat format, string file)
    {
        var licence = FeedLicences.Of(format);
        return Of(name, title, use, format, file, licence.Name, licence.Attribution);
    }

    private static KnownFeed AmnestyOf(string name, string title, string use, string file) =>
        Of(
            name,
            title,
            use,
            CoreFormat.Stix21,
            Amnesty + file,
            "CC-BY-2.0",
            "Amnesty International Security Lab, github.com/AmnestyTech/investigations, CC-BY-2.0 "
                + "(creativecommons.org/licenses/by/2.0)"
        );

    private static KnownFeed Of(
        string name,
        string title,
        string use,
        CoreFormat format,
        string file,
        string licence,
        string attribution
    ) => new(name, title, use, format.ToString(), $"https://raw.githubusercontent.com/{file}", licence, attribution);
}
