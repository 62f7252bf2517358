using System.Text;
using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Tests.Intelligence;

/// <summary>Wrong files get errors that name the line, and no content at all.</summary>
public sealed class MalformedFeedTests
{
    public static TheoryData<FeedFormat, string, int, string> Files =>
        new()
        {
            { FeedFormat.SofaIos, "{\n\"Version\": \"2.0\",\n\"OSVersions\": [ }", 3, "JSON" },
            { FeedFormat.SofaIos, "{\n\"Version\": \"1.0\",\n\"OSVersions\": []}", 2, "version 1.0" },
            { FeedFormat.SofaIos, "{\"Version\": \"2.0\"}", 1, "'OSVersions' is missing" },
            { FeedFormat.SofaIos, Sofa("\"ProductVersion\": \"eighteen\""), 3, "'eighteen' is not a version" },
            {
                FeedFormat.SofaIos,
                Sofa("\"ProductVersion\": \"18.1\", \"ReleaseDate\": \"soon\""),
                3,
                "must be a date"
            },
            { FeedFormat.SofaIos, Sofa("\"ProductVersion\": \"18.1\", \"CVEs\": []"), 3, "'CVEs' must be an object" },
            { FeedFormat.CisaKev, "{\n\"vulnerabilities\": [\n{\"cveID\": \"CVE-1\"}]}", 3, "not a CVE id" },
            {
                FeedFormat.CisaKev,
                "{\n\"vulnerabilities\": [\n{\"dueDate\": \"2026-01-01\"}]}",
                3,
                "'cveID' is missing"
            },
            { FeedFormat.CisaKev, "{\"a\": 1,\n\"a\": 2}", 2, "occurs twice" },
            {
                FeedFormat.EndOfLifeReleases,
                "{\n\"versions\": {\n\"x.y\": {\"date\": \"2026-01-01\"}}}",
                3,
                "not a version"
            },
            { FeedFormat.EndOfLifeReleases, "{\n\"versions\": {\n\"1.0\": {\"date\": 7}}}", 3, "must be a date" },
            { FeedFormat.EndOfLifeProduct, "title: x\n", 1, "must begin with" },
            { FeedFormat.EndOfLifeProduct, "---\ntitle: x\n", 3, "does not end" },
            { FeedFormat.EndOfLifeProduct, "---\ntitle: x\nreleases:\n  - eol: maybe\n---\n", 4, "'releaseCycle'" },
            { FeedFormat.EndOfLifeProduct, "---\na: 1\nb: 2\na: 3\n---\n", 4, "occurs twice" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n  packages:\n  - not an id\n", 3, "not an app id" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n  certificates:\n  - abc\n", 3, "SHA-1" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n  type: toy\n", 2, "neither" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n- packages: []\n", 2, "'name' is missing" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n  packages: com.a.b\n", 2, "must be a list" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n  packages:\n - b\n", 3, "YAML" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n  packages: &x\n  - com.a\n", 2, "Anchors" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n- *x\n", 2, "Aliases" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n- !exec com.a\n", 2, "Tags" },
            { FeedFormat.StalkerwareIndicators, "- name: a\n---\n- name: b\n", 2, "second document" },
            { FeedFormat.Stix21, "{\"type\": \"report\"}", 1, "bundle" },
            { FeedFormat.Stix21, FeedFiles.Bundle("[domain-name:value='a.example']", "[app:id='x"), 4, "breaks at" },
            { FeedFormat.Stix21, FeedFiles.Bundle("[app:id='one two']"), 3, "not an app id" },
            { FeedFormat.Stix21, FeedFiles.Bundle("[app:id MATCHES '(a)\\\\\\\\1']"), 3, "cannot be used" },
            { FeedFormat.Stix21, FeedFiles.Bundle("[app:id MATCHES '(a{99}){99}']"), 3, "multiply" },
            { FeedFormat.Stix21, FeedFiles.Bundle("[app:cert.sha256='zz']"), 3, "SHA-256" },
            { FeedFormat.Stix21, FeedFiles.Bundle("[app:id LIKE '%']"), 3, "matches any app" },
            { FeedFormat.OsvAndroid, "{\n\"id\": 7}", 1, "'affected' is missing" },
            {
                FeedFormat.OsvAndroid,
                "{\"id\": \"A\", \"affected\": []}\n{\"id\": \"A\",\n\"id\": \"B\"}",
                3,
                "occurs twice"
            },
            { FeedFormat.OsvAndroid, "[]\n{]", 2, "JSON" },
            { FeedFormat.OsvAndroid, "", 1, "empty" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void Says_where_and_what_is_wrong(FeedFormat format, string text, int line, string message)
    {
        var parse = FeedFiles.Parse(format, text, "ios.json");

        Assert.False(parse.Succeeded);
        Assert.Null(parse.Content);
        Assert.Equal(line, parse.Errors[0].Line);
        Assert.True(parse.Errors[0].Column >= 1);
        Assert.Contains(parse.Errors, error => error.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Collects_several_errors_but_not_endlessly()
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(_ => "- name: a\n  certificates:\n  - abc\n"));

        var errors = FeedFiles.Parse(text, "ioc.yaml").Errors;

        Assert.Equal(FeedLimits.MostErrors + 1, errors.Count);
        Assert.Equal([3, 6, 9], errors.Take(3).Select(error => error.Line));
        Assert.Equal("More errors follow.", errors[^1].Message);
    }

    [Theory]
    [InlineData(FeedFormat.Stix21, "[")]
    [InlineData(FeedFormat.SofaIos, "{\"a\":")]
    [InlineData(FeedFormat.StalkerwareIndicators, "[")]
    [InlineData(FeedFormat.StalkerwareIndicators, "{")]
    [InlineData(FeedFormat.StalkerwareIndicators, "- ")]
    [InlineData(FeedFormat.StalkerwareIndicators, "? ")]
    [InlineData(FeedFormat.StalkerwareIndicators, "[\n")]
    [InlineData(FeedFormat.OsvAndroid, "[")]
    [InlineData(FeedFormat.OsvAndroid, "{\"affected\":")]
    [InlineData(FeedFormat.Csv, "\"")]
    [InlineData(FeedFormat.Csv, ";")]
    public void Refuses_deep_nesting_without_falling_into_it(FeedFormat format, string opening)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 100_000));

        Assert.False(FeedFiles.Parse(format, text).Succeeded);
    }

    [Fact]
    public void Refuses_a_huge_file_before_reading_it()
    {
        var parse = FeedFormats.Parse(FeedFormat.CisaKev, new byte[FeedLimits.LargestFile + 1], new FeedOrigin("huge"));

        Assert.Contains("at most", Assert.Single(parse.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_value_of_endless_length()
    {
        var parse = FeedFiles.Parse($"- name: {new string('a', 5_000)}\n", "ioc.yaml");

        Assert.Contains("longer than", parse.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"name\": 1}")]
    [InlineData("<html></html>")]
    public void Says_which_formats_are_read_when_none_is_recognised(string text)
    {
        var parse = FeedFiles.Parse(text, "feed");

        Assert.Contains("STIX", Assert.Single(parse.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_line_of_a_text_that_is_not_utf8()
    {
        byte[] yaml = [.. Encoding.ASCII.GetBytes("- name: a\n- name: "), 0xC3, 0x28, (byte)'\n'];

        var parse = FeedFormats.Parse(FeedFormat.StalkerwareIndicators, yaml, new FeedOrigin("x"));

        Assert.Equal(2, Assert.Single(parse.Errors).Line);
    }

    public static TheoryData<FeedFormat> Files_of_text =>
        new(Enum.GetValues<FeedFormat>().Where(format => format is not FeedFormat.Own));

    [Theory]
    [MemberData(nameof(Files_of_text))]
    public void Refuses_other_encodings_by_name(FeedFormat format)
    {
        const string Text = "kind,value\napp-id,com.a.b\n";

        Refused(format, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)], "UTF-16");
        Refused(format, Encoding.BigEndianUnicode.GetBytes(Text), "UTF-16");
        Refused(format, Encoding.UTF32.GetBytes(Text), "UTF-32");
        Refused(format, Encoding.UTF8.GetBytes("kind,value\napp-id,com\0a.b\n"), "NUL");
    }

    [Theory]
    [InlineData(FeedFormat.Csv, "kind,value,family\napp-id,com.a.b,\u00E9\n", 2)]
    [InlineData(FeedFormat.StalkerwareIndicators, "- name: a\n- name: \u00E9\n", 2)]
    [InlineData(FeedFormat.EndOfLifeProduct, "---\nreleases: []\nname: \u00E9\n---\n", 2)]
    [InlineData(FeedFormat.OsvAndroid, "{\"id\":\n\"\u00E9\"}", 2)]
    [InlineData(FeedFormat.Stix21, "{\"type\":\n\"\u00E9\"}", 2)]
    [InlineData(FeedFormat.CisaKev, "{\"catalogVersion\":\n\"\u00E9\"}", 2)]
    public void Refuses_latin_1_with_its_line(FeedFormat format, string text, int line)
    {
        var parse = FeedFormats.Parse(format, Encoding.Latin1.GetBytes(text), new FeedOrigin("x"));

        Assert.True(parse.Errors[0].Line >= line);
        Assert.Contains("valid", Assert.Single(parse.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|aa)+$")]
    [InlineData("^(.*a){12}$")]
    [InlineData("^a*a*a*a*a*a*a*a*a*b$")]
    public void Runs_no_pattern_away(string pattern)
    {
        var feed = FeedFiles.Parse($"kind,value\napp-pattern,{pattern}\n", "list.csv");
        var index = feed.Succeeded ? IndicatorIndex.Build([feed.Content]) : IndicatorIndex.Empty;
        var evil = new string('a', 250) + "!";

        var took = System.Diagnostics.Stopwatch.StartNew();
        Assert.Empty(index.MatchAppId(Devices.DevicePlatform.Android, evil));

        Assert.True(took.Elapsed < TimeSpan.FromSeconds(2), $"{took.Elapsed}");
    }

    private static void Refused(FeedFormat format, byte[] bytes, string message) =>
        Assert.Contains(
            message,
            Assert.Single(FeedFormats.Parse(format, bytes, new FeedOrigin("x")).Errors).Message,
            StringComparison.Ordinal
        );

    private static string Sofa(string release) =>
        $$"""
            {"Version": "2.0", "OSVersions": [
            {"OSVersion": "18", "SecurityReleases": [
            { {{release}} }]}]}
            """;
}
