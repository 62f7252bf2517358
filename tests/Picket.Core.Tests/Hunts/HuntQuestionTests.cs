using Picket.Core.Hunts;
using Picket.Core.Intelligence;

namespace Picket.Core.Tests.Hunts;

public sealed class HuntQuestionTests
{
    [Theory]
    [InlineData("18.5", "18.5", true)]
    [InlineData("18.5", "18.5.1", false)]
    [InlineData("<18.6", "18.5.1", true)]
    [InlineData("<18.6", "18.6", false)]
    [InlineData("<=18.6", "18.6", true)]
    [InlineData("17..18.5", "17", true)]
    [InlineData("17..18.5", "18.5.1", false)]
    [InlineData(">=17 <18", "17.7.10", true)]
    [InlineData(">= 17 < 18", "18.0", false)]
    [InlineData("iOS <18.6", "18.5", true)]
    [InlineData("android>13", "14", true)]
    public void A_version_or_a_range_fits_the_versions_in_it(string asked, string stored, bool fits) =>
        Assert.Equal(fits, HuntQuestion.Of(HuntSubject.OsVersion, asked).Fits(stored));

    [Fact]
    public void A_version_may_name_its_system()
    {
        Assert.Equal("iOS", HuntQuestion.Of(HuntSubject.OsVersion, "ios 18.5").Platform);
        Assert.Null(HuntQuestion.Of(HuntSubject.OsVersion, "18.5").Platform);
    }

    [Theory]
    [InlineData(IndicatorKind.OsVersion, IndicatorPlatform.Android, "17.6.1", "17.6.1", "Android")]
    [InlineData(IndicatorKind.OsVersion, IndicatorPlatform.Apple, "17.0..17.6.1", "17.5", "Apple")]
    [InlineData(IndicatorKind.OsVersion, IndicatorPlatform.Any, ">=17, <17.6.1", "17.6", "Mobile")]
    [InlineData(IndicatorKind.PatchLevel, IndicatorPlatform.Android, "<2026-03-05", "2026-02-05", null)]
    [InlineData(IndicatorKind.DeviceModel, IndicatorPlatform.Android, "Google Pixel 8", "Pixel 8", null)]
    [InlineData(IndicatorKind.DeviceModel, IndicatorPlatform.Apple, "iPhone 13 Pro", "iPhone 13 Pro (256 GB)", null)]
    public void An_indicator_of_systems_asks_for_what_it_would_match(
        IndicatorKind kind,
        IndicatorPlatform platform,
        string value,
        string stored,
        string? system
    )
    {
        var indicator = new Indicator("1", kind, value, platform, "x", ThreatClass.Vulnerable, Confidence.High, "");

        var question = HuntQuestion.Of(indicator)!;

        Assert.Null(question.Mistake);
        Assert.Equal((system, true), (question.Platform, question.Fits(stored)));
    }

    [Theory]
    [InlineData(HuntSubject.OsVersion, "newest")]
    [InlineData(HuntSubject.OsVersion, "<18 <19")]
    [InlineData(HuntSubject.OsVersion, "19..18")]
    [InlineData(HuntSubject.OsVersion, "iOS")]
    [InlineData(HuntSubject.PatchLevel, "May 2026")]
    [InlineData(HuntSubject.PatchLevel, "2026-13-01")]
    [InlineData(HuntSubject.AppPattern, "/(/")]
    [InlineData(HuntSubject.AppPattern, "/(a{999}){999}/")]
    [InlineData(HuntSubject.App, " ")]
    public void What_is_not_understood_says_what_to_write(HuntSubject subject, string value) =>
        Assert.False(string.IsNullOrWhiteSpace(HuntQuestion.Of(subject, value).Mistake));

    [Theory]
    [InlineData("<2026-05-01", "2026-04-05", true)]
    [InlineData("2026-01-01..2026-03-05", "2026-03-05", true)]
    [InlineData("2026-01-01..2026-03-05", "2026-03-06", false)]
    public void A_patch_level_is_a_day(string asked, string stored, bool fits) =>
        Assert.Equal(fits, HuntQuestion.Of(HuntSubject.PatchLevel, asked).Fits(stored));

    [Theory]
    [InlineData("com.example.*", "com.Example.spy", true)]
    [InlineData("com.example.*", "org.com.example.spy", false)]
    [InlineData("com.example?spy", "com.example.spy", true)]
    [InlineData("com.example.spy", "com.exampleXspy", false)]
    [InlineData("/spy(cam)?$/", "com.example.spycam", true)]
    public void A_pattern_of_app_ids_fits_the_whole_id_unless_it_is_an_expression(string asked, string id, bool fits) =>
        Assert.Equal(fits, HuntQuestion.Of(HuntSubject.AppPattern, asked).Fits(id));

    [Theory]
    [InlineData(HuntSubject.Certificate)]
    [InlineData(HuntSubject.Profile)]
    [InlineData(HuntSubject.FileHash)]
    [InlineData(HuntSubject.Domain)]
    public void What_a_uem_does_not_tell_is_answered_with_why(HuntSubject subject) =>
        Assert.StartsWith("Not testable from UEM data", HuntQuestion.Of(subject, "whatever").NotTestable);
}
