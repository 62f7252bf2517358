using CsCheck;
using Picket.Core.Devices;
using Picket.Core.Risk;

namespace Picket.Core.Tests.Risk;

public sealed class LookAlikeTests
{
    private static readonly Gen<WellKnownApp> Known = Gen.Int[0, WellKnownApps.All.Count - 1]
        .Select(at => WellKnownApps.All[at]);

    [Theory]
    [InlineData("com.example.chat", "WhatsApp", "WhatsApp", Likeness.SameName)]
    [InlineData("com.example.chat", "What's App", "WhatsApp", Likeness.SameName)]
    [InlineData("com.example.chat", "Whаtsарр", "WhatsApp", Likeness.NearName)] // Cyrillic а and р.
    [InlineData("com.example.chat", "TeIegrarn", "Telegram", Likeness.NearName)]
    [InlineData("com.example.chat", "Ｉnstagram", "Instagram", Likeness.NearName)]
    [InlineData("com.example.chat", "Sіgnal", "Signal", Likeness.NearName)] // Cyrillic і.
    [InlineData("com.example.mail", "Microsoft Outlok", "Microsoft Outlook", Likeness.NearName)]
    [InlineData("com.example.chat", "Telegramm", "Telegram", Likeness.NearName)]
    [InlineData("com.example.chat", "TeIegram X", "Telegram", Likeness.NearName)]
    [InlineData("com.whatsap", null, "WhatsApp", Likeness.NearId)]
    [InlineData("com.whatsapp2", "Chat", "WhatsApp", Likeness.NearId)]
    [InlineData("org.te1egram.messenger", null, "Telegram", Likeness.NearId)]
    public void Tells_what_imitates_a_well_known_app(string id, string? name, string imitated, Likeness how)
    {
        var found = LookAlikes.Find(DevicePlatform.Android, id, name);

        Assert.Equal((imitated, how), (found?.Known.Name, found?.How));
    }

    [Theory]
    [InlineData("com.whatsapp", "WhatsApp")]
    [InlineData("com.whatsapp.w4b", "WhatsApp Business")]
    [InlineData("com.facebook.lite", "Facebook Lite")]
    [InlineData("com.microsoft.teams2", "Microsoft Teams")]
    [InlineData("org.telegram.messenger.web", "Telegram")]
    [InlineData("org.thunderdog.challegram", "Telegram X")]
    [InlineData("org.thunderdog.challegram", "Telegram")]
    [InlineData("com.example.client", "Telegram X")] // A word more is read as one.
    [InlineData("com.example.client", "WhatsApp-2")]
    [InlineData("com.example.warnings", "Signal")] // A word of everyday use.
    [InlineData("org.chromium.webapk.a1b2c3", "Instagram")] // A page on the home screen.
    [InlineData("com.example.chatter", "Chatter")]
    [InlineData("com.example.maps", "Maps")]
    [InlineData("net.example.store.app0007", "Store App 0007")]
    public void Leaves_honest_apps_alone(string id, string name) =>
        Assert.Null(LookAlikes.Find(DevicePlatform.Android, id, name));

    [Fact]
    public void Never_accuses_the_apps_of_the_list_themselves() =>
        Assert.All(
            WellKnownApps.All,
            app =>
            {
                Assert.Null(LookAlikes.Find(DevicePlatform.Android, app.AndroidId, app.Name));
                Assert.Null(LookAlikes.Find(DevicePlatform.Ios, app.AppleId, app.Name));
            }
        );

    [Fact]
    public void Whatever_its_maker_calls_an_app_is_left_alone() =>
        Gen.Select(Known, Gen.String[Gen.Char.AlphaNumeric, 0, 12])
            .Sample(
                (app, rest) =>
                    Assert.NotEqual(
                        app,
                        LookAlikes.Find(DevicePlatform.Android, $"{app.Makers[0]}.{rest}", app.Name)?.Known
                    )
            );

    [Fact]
    public void Being_one_apart_goes_both_ways() =>
        Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 6], Gen.String[Gen.Char['a', 'c'], 0, 6])
            .Sample(
                (left, right) =>
                {
                    Assert.Equal(LookAlikes.IsOneApart(left, right), LookAlikes.IsOneApart(right, left));
                    Assert.False(LookAlikes.IsOneApart(left, left));
                }
            );

    [Fact]
    public void Any_text_is_taken_as_a_name() =>
        Gen.Select(Gen.String, Gen.String).Sample((id, name) => _ = LookAlikes.Find(DevicePlatform.Android, id, name));

    [Fact]
    public void A_look_alike_weighs_little_and_proves_nothing()
    {
        var finding = Assert.Single(
            With(new AppOnDevice("com.example.chat", "2.1") { Name = "WhatsApp" }).Judge().Findings
        );

        Assert.Equal(
            (FindingKinds.LookAlike.Id, RiskLevel.Low, FindingProof.NameMatch, "com.example.chat"),
            (finding.Kind, finding.Level, finding.Proof, finding.Evidence.MatchedValue)
        );
        Assert.Contains("WhatsApp", finding.Text, StringComparison.Ordinal);
        Assert.Contains("no proof", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_what_the_organization_installs_nor_what_is_hashed_is_compared() =>
        Assert.Empty(
            With(
                    new AppOnDevice("com.example.chat", "2.1", Managed: true) { Name = "WhatsApp" },
                    new AppOnDevice(null) { IdentifierHash = "#whatsapp", Name = "WhatsApp" }
                )
                .Judge()
                .Findings
        );

    [Fact]
    public void A_look_alike_is_held_when_only_a_hash_of_the_app_is_kept()
    {
        var found = With(new AppOnDevice("com.example.chat", "2.1") { Name = "WhatsApp" }).Judge();
        var hashed = With(new AppOnDevice(null) { IdentifierHash = "#com.example.chat" }).Judge();

        Assert.True(
            Assert.Single(FindingHistory.Merge(found.Findings, hashed, SomeDevices.Now).Verdict.Findings).IsHeld
        );
        Assert.Single(FindingHistory.Merge(found.Findings, With().Judge(), SomeDevices.Now).Cleared);
    }

    private static DeviceFacts With(params AppOnDevice[] apps) =>
        SomeDevices.Android with
        {
            Apps = SomeDevices.Known(new AppList(apps)),
        };
}
