using System.Text;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Tests.Intelligence;

/// <summary>Lists of indicators as spreadsheets and exchanges write them.</summary>
public sealed class CsvFeedTests
{
    [Fact]
    public void Reads_every_column()
    {
        var content = FeedFiles.Accepted(
            """
            kind,value,platform,class,family,confidence,reference,validUntil
            app-id,com.example.bad,android,spyware,Badware,high,case 7,2026-12-31
            """,
            "list.csv"
        );

        var indicator = Assert.Single(content.Indicators);
        Assert.Equal(
            (IndicatorKind.AppId, "com.example.bad", IndicatorPlatform.Android, ThreatClass.Spyware),
            (indicator.Kind, indicator.Value, indicator.Platform, indicator.Class)
        );
        Assert.Equal(
            ("Badware", Confidence.High, "case 7"),
            (indicator.Family, indicator.Confidence, indicator.Reference)
        );
        Assert.False(indicator.HasExpiredAt(new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero)));
        Assert.True(indicator.HasExpiredAt(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal((FeedFormat.Csv, 1), (content.Source.Format, content.Entries));
    }

    [Theory]
    [InlineData("low,2025-12-31", "low,2026-12-31", Confidence.Low, "2027-01-01")]
    [InlineData("low,2026-12-31", "high,2025-12-31", Confidence.Low, "2027-01-01")]
    [InlineData("high,2026-12-31", "low,", Confidence.Low, null)]
    [InlineData("low,", "high,2025-12-31", Confidence.Low, null)]
    [InlineData("low,2026-12-31", "high,2026-12-31", Confidence.High, "2027-01-01")]
    public void Of_two_lines_about_one_value_the_later_end_counts_and_then_the_higher_confidence(
        string first,
        string second,
        Confidence sure,
        string? until
    )
    {
        var content = FeedFiles.Accepted(
            $"kind,value,confidence,validUntil\napp-id,com.a.b,{first}\napp-id,com.a.b,{second}\n",
            "list.csv"
        );

        var indicator = Assert.Single(content.Indicators);
        Assert.Equal((sure, until), (indicator.Confidence, indicator.ValidUntil?.ToString("yyyy-MM-dd")));
        Assert.Equal(1, content.Duplicates);
    }

    [Fact]
    public void Refuses_more_patterns_than_can_be_tried_on_each_app()
    {
        var lines = Enumerable.Range(0, FeedLimits.MostPatterns + 5).Select(at => $"app-pattern,^com\\.a{at}\\.");

        var error = Assert.Single(FeedFiles.Parse("kind,value\n" + string.Join('\n', lines), "list.csv").Errors);

        Assert.Equal(FeedLimits.MostPatterns + 2, error.Line);
        Assert.Contains("more than 2000 patterns", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFFkind;value\r\napp-id;com.a.b\r\n")]
    [InlineData("Value\tKind\ncom.a.b\tApp ID\n")]
    [InlineData("\"kind\",\"value\"\n\"app-id\",\"com.a.b\"")]
    [InlineData("kind,value,family,,\n\n,,,\nAPP-ID , com.a.b ,\"a, \"\"b\"\"\nc\",,\n")]
    public void Reads_what_spreadsheets_write(string text)
    {
        var content = FeedFiles.Accepted(text, "list.csv");

        Assert.Equal("com.a.b", Assert.Single(content.Indicators).Value);
    }

    [Theory]
    [InlineData("app-id,com.a.b", IndicatorKind.AppId, Confidence.Medium, true)]
    [InlineData("app-pattern,^com\\.a\\..*$", IndicatorKind.AppIdPattern, Confidence.Medium, true)]
    [InlineData("os-version,<17.6.1,apple", IndicatorKind.OsVersion, Confidence.High, true)]
    [InlineData("patch-level,<2026-03-05", IndicatorKind.PatchLevel, Confidence.High, true)]
    [InlineData("device-model,Example Phone 3", IndicatorKind.DeviceModel, Confidence.High, true)]
    [InlineData("profile-id,A-B", IndicatorKind.ProfileId, Confidence.High, false)]
    [InlineData("domain,a.example", IndicatorKind.Domain, Confidence.Medium, false)]
    [InlineData("file-hash,ab12", IndicatorKind.FileHash, Confidence.High, false)]
    [InlineData(
        "certificate-sha1,00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:ab",
        IndicatorKind.AppCertificateSha1,
        Confidence.High,
        false
    )]
    public void Knows_the_kinds_and_how_sure_each_is(string line, IndicatorKind kind, Confidence sure, bool testable)
    {
        var indicator = Assert.Single(FeedFiles.Accepted($"kind,value,platform\n{line}\n", "list.csv").Indicators);

        Assert.Equal((kind, sure, testable), (indicator.Kind, indicator.Confidence, indicator.IsTestable));
    }

    [Theory]
    [InlineData("kind,value,colour\n", 1, 12, "which is no column")]
    [InlineData("kind,value,Kind\n", 1, 12, "twice")]
    [InlineData("kind,family\n", 1, 1, "lacks the column value")]
    [InlineData("kind,value\nriddle,x\n", 2, 1, "'riddle' is no kind. Write one of app-id")]
    [InlineData("kind,value\napp-id,one two\n", 2, 8, "not an app id")]
    [InlineData("kind,value\napp-id,\n", 2, 1, "'value' is missing")]
    [InlineData("kind,value\n,com.a.b\n", 2, 1, "'kind' is missing")]
    [InlineData("kind,value\napp-id,com.a.b,x\n", 2, 16, "more values than the header's 2")]
    [InlineData("kind,value\napp-id,\"com.a.b\n", 2, 8, "never closed")]
    [InlineData("kind,value\napp-id,\"com\"x\n", 2, 13, "closing quotation mark")]
    [InlineData("kind,value\nos-version,<17\n", 2, 12, "needs a platform")]
    [InlineData("kind,value,platform\nos-version,new,ios\n", 2, 12, "neither a version nor a range")]
    [InlineData("kind,value,platform\nos-version,18..17,ios\n", 2, 12, "neither a version nor a range")]
    [InlineData("kind,value\npatch-level,<17\n", 2, 13, "no range of patch levels")]
    [InlineData("kind,value\napp-pattern,.*\n", 2, 13, "matches any app")]
    [InlineData("kind,value\napp-pattern,(a*)*(b\n", 2, 13, "cannot be used")]
    [InlineData("kind,value,validUntil\napp-id,com.a.b,soon\n", 2, 16, "must be a date")]
    [InlineData("kind,value,confidence\napp-id,com.a.b,sure\n", 2, 16, "'sure' is no confidence")]
    public void Says_where_and_what_is_wrong(string text, int line, int column, string message)
    {
        var parse = FeedFormats.Parse(FeedFormat.Csv, Encoding.UTF8.GetBytes(text), new FeedOrigin("list"));

        Assert.Null(parse.Content);
        Assert.Equal((line, column), (parse.Errors[0].Line, parse.Errors[0].Column));
        Assert.Contains(message, parse.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("17.6.1", "17.6.1", true)]
    [InlineData("17.6.1", "17.6", false)]
    [InlineData("17.0..17.6.1", "17.6.1", true)]
    [InlineData("17.0..17.6.1", "17.6.2", false)]
    [InlineData("<17.6.1", "17.6.1", false)]
    [InlineData("<= 17.6.1", "17.6.1", true)]
    [InlineData(">=17 <18", "17.9", true)]
    [InlineData(">=17 <18", "18.0", false)]
    [InlineData("> 17, < 18", "17.0", false)]
    [InlineData("12L", "12.1", true)]
    public void Reads_ranges_of_versions(string text, string version, bool within)
    {
        Assert.True(ValueRange.TryVersions(text, out var range));
        Assert.Equal(within, range.Holds(OsVersion.Parse(version)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("<")]
    [InlineData("<17 <18")]
    [InlineData(">18 <17")]
    [InlineData(">17 <17")]
    [InlineData("=17")]
    [InlineData("17..18..19")]
    public void Refuses_a_range_that_nothing_is_in(string text) => Assert.False(ValueRange.TryVersions(text, out _));
}
