using System.IO.Compression;
using System.Text;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;
using Picket.Core.Risk;

namespace Picket.Core.Tests.Intelligence;

/// <summary>OSV records of Android: what they say, and what a device lacks by them.</summary>
public sealed class OsvAndroidFeedTests
{
    private static readonly OsVersion Fourteen = OsVersion.Parse("14");

    [Theory]
    [InlineData("14:0", "14:2026-03-05", "14")]
    [InlineData("12L:0", "12L:2026-03-05", "12.1")]
    [InlineData("12L-next:0", "12L-next:2026-03-05", "12.1")]
    [InlineData("15-next:0", "15-next:2026-03-05", "15")]
    [InlineData("8.1:0", "8.1:2026-03-05", "8.1")]
    public void Reads_the_versions_of_android(string introduced, string end, string version)
    {
        var fix = Assert.Single(Read(Record("CVE-2026-0001", (introduced, end))).Fixes);

        Assert.Equal(new AndroidFix("CVE-2026-0001", OsVersion.Parse(version), null, new DateOnly(2026, 3, 5)), fix);
    }

    [Theory]
    [InlineData(":0", ":2026-03-05")] // the kernel
    [InlineData("SoCVersion:0", "SoCVersion:2026-03-05")]
    [InlineData("0", "2026-03-05")]
    public void Leaves_aside_what_a_uem_does_not_report(string introduced, string end)
    {
        var content = Read(Record("CVE-2026-0001", (introduced, end)));

        Assert.Empty(content.Fixes);
        Assert.Equal(1, content.Entries);
    }

    [Fact]
    public void Of_several_rows_for_one_vulnerability_the_latest_fix_counts()
    {
        var content = Read(
            Record("CVE-2026-0001", ("14:0", "14:2026-03-05"), ("14:0", "14:2026-05-05"), ("14:0", "14:2026-01-05"))
        );

        Assert.Equal(new DateOnly(2026, 5, 5), Assert.Single(content.Fixes).Fixed);
    }

    [Fact]
    public void Does_not_hold_against_a_device_what_came_after_its_patch_level()
    {
        var fix = Assert.Single(Read(Record("CVE-2026-0001", ("14:2026-02-01", "14:2026-03-05"))).Fixes);

        Assert.False(fix.IsLackedBy(new DateOnly(2026, 1, 5)));
        Assert.True(fix.IsLackedBy(new DateOnly(2026, 2, 5)));
        Assert.False(fix.IsLackedBy(new DateOnly(2026, 3, 5)));
    }

    [Fact]
    public void Names_a_vulnerability_by_its_cve_and_else_by_the_bulletin()
    {
        var named = Record("CVE-2026-0001", ("14:0", "14:2026-03-05"));
        var unnamed = named.Replace("\"aliases\":[\"CVE-2026-0001\"],", "", StringComparison.Ordinal);

        Assert.Equal("CVE-2026-0001", Read(named).Fixes[0].Vulnerability);
        Assert.Equal("ASB-A-1", Read(unnamed).Fixes[0].Vulnerability);
    }

    [Fact]
    public void Leaves_out_what_was_withdrawn_and_other_ecosystems()
    {
        var record = Record("CVE-2026-0001", ("14:0", "14:2026-03-05"));

        Assert.Empty(Read(record.Replace("\"id\"", "\"withdrawn\":\"2026-04-01T00:00:00Z\",\"id\"")).Fixes);
        Assert.Empty(Read(record.Replace("\"Android\"", "\"Debian\"")).Fixes);
    }

    [Fact]
    public void Reads_one_record_a_list_lines_and_an_archive_alike()
    {
        var records = Enumerable
            .Range(1, 3)
            .Select(at => Record($"CVE-2026-000{at}", ("14:0", "14:2026-03-05")))
            .ToList();
        byte[][] files =
        [
            Encoding.UTF8.GetBytes("[" + string.Join(",\n", records) + "]"),
            Encoding.UTF8.GetBytes(string.Join("\n", records)),
            Zip([.. records.Select((record, at) => ($"ASB-A-{at}.json", Encoding.UTF8.GetBytes(record)))]),
        ];

        foreach (var file in files)
        {
            Assert.Equal(FeedFormat.OsvAndroid, FeedFormats.Detect(file));
            var content = FeedFiles.Accepted(file, "android");
            Assert.Equal((3, 3), (content.Entries, content.Counts.Fixes));
            Assert.Equal(new DateOnly(2026, 6, 1), content.Source.Date);
        }
    }

    [Theory]
    [InlineData("14:soon", "VERSION:YYYY-MM-DD")]
    [InlineData("14:2026-13-01", "VERSION:YYYY-MM-DD")]
    public void Says_where_a_date_is_wrong(string end, string message)
    {
        var parse = FeedFiles.Parse(Record("CVE-2026-0001", ("14:0", end)), "osv.json");

        Assert.Equal(4, Assert.Single(parse.Errors).Line);
        Assert.Contains(message, parse.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_file_of_an_archive_that_is_wrong()
    {
        var good = Encoding.UTF8.GetBytes(Record("CVE-2026-0001", ("14:0", "14:2026-03-05")));

        var parse = FeedFormats.Parse(Zip([("a.json", good), ("b.json", "{\n"u8.ToArray())]), new FeedOrigin("osv"));

        Assert.False(parse.Succeeded);
        Assert.Contains("b.json", parse.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_archive_that_swells()
    {
        var blanks = Encoding.UTF8.GetBytes(Record("CVE-2026-0001") + new string(' ', 7 * 1024 * 1024));

        Refused(Zip([.. Enumerable.Range(0, 8).Select(at => ($"{at}.json", blanks))]), "times its size");
    }

    [Fact]
    public void Refuses_an_archive_with_a_file_too_large() =>
        Refused(Zip([("large.json", Noise(FeedLimits.LargestEntry + 1))]), "larger than");

    [Fact]
    public void Refuses_an_archive_with_too_many_files() =>
        Refused(
            Zip([.. Enumerable.Range(0, FeedLimits.MostEntries + 1).Select(at => ($"{at}", Array.Empty<byte>()))]),
            "files"
        );

    [Fact]
    public void Refuses_a_record_with_too_many_names()
    {
        var names = string.Join(
            "\",\"",
            Enumerable.Range(0, FeedLimits.MostAliases + 1).Select(at => $"CVE-2026-{at}")
        );

        Refused(Encoding.UTF8.GetBytes(Record(names, ("14:0", "14:2026-03-05"))), "'aliases' has 101 entries");
    }

    [Fact]
    public void Refuses_more_fixes_than_there_can_be()
    {
        // A hundred names at each of a thousand versions, in each of eleven records.
        var ranges = Enumerable.Range(1, 1_000).Select(at => ($"{at}:0", $"{at}:2026-03-05")).ToArray();
        var records = Enumerable
            .Range(0, 11)
            .Select(record =>
                Record(string.Join("\",\"", Enumerable.Range(0, 100).Select(at => $"CVE-{record}-{at}")), ranges)
            );

        Refused(Encoding.UTF8.GetBytes(string.Join('\n', records)), "more than 1000000 fixes");
    }

    [Fact]
    public void Refuses_a_damaged_archive()
    {
        var zip = Zip([("a.json", Noise(2_000))]);

        Refused(zip[..(zip.Length / 2)], "damaged");
        Refused("PK\u0003\u0004 and nothing else"u8.ToArray(), "damaged");
    }

    [Fact]
    public void Counts_what_a_version_lacks_at_a_patch_level()
    {
        var osv = Read(
            string.Join(
                "\n",
                Record("CVE-2026-0001", ("14:0", "14:2026-03-05"), ("15:0", "15:2026-03-05")),
                Record("CVE-2026-0002", ("14:0", "14:2026-05-05")),
                Record("CVE-2026-0003", ("15:0", "15:2026-05-05"))
            )
        );
        var kev = FeedFiles.Accepted(
            """{"vulnerabilities":[{"cveID":"CVE-2026-0002","dueDate":"2026-06-01","requiredAction":"Update."}]}""",
            "kev.json"
        );
        var systems = OsKnowledge.Build([osv, kev]);

        var old = systems.AssessPatch(Fourteen, new DateOnly(2026, 2, 5))!;
        Assert.Equal(
            (2, new DateOnly(2026, 3, 5), new DateOnly(2026, 5, 5)),
            (old.Missing, old.FirstFixed, old.Complete)
        );
        Assert.Equal([new ExploitedCve("CVE-2026-0002", new DateOnly(2026, 6, 1), "Update.")], old.Exploited);
        Assert.Equal(1, systems.AssessPatch(Fourteen, new DateOnly(2026, 3, 5))!.Missing);
        Assert.Equal(0, systems.AssessPatch(Fourteen, new DateOnly(2026, 5, 5))!.Missing);
        Assert.Null(systems.AssessPatch(OsVersion.Parse("9"), new DateOnly(2026, 5, 5)));
    }

    [Fact]
    public void A_newer_feed_with_fewer_bulletins_hides_none_of_an_older_one()
    {
        var whole = Read(
            Record("CVE-2026-0001", ("14:0", "14:2026-03-05")) + Record("CVE-2026-0002", ("14:0", "14:2026-04-05"))
        );
        var small = Read(
            Record("CVE-2026-0001", ("14:0", "14:2026-05-05"))
                .Replace("2026-06-01", "2026-08-01", StringComparison.Ordinal)
        );
        var systems = OsKnowledge.Build([small, whole with { Source = whole.Source with { Name = "whole" } }]);

        var lacks = systems.AssessPatch(Fourteen, new DateOnly(2026, 3, 5))!;

        Assert.Equal(
            (2, new DateOnly(2026, 4, 5), new DateOnly(2026, 5, 5)),
            (lacks.Missing, lacks.FirstFixed, lacks.Complete)
        );
        Assert.Equal("osv.json", lacks.Source.Name);
        Assert.Equal(1, systems.AssessPatch(Fourteen, new DateOnly(2026, 4, 5))!.Missing);
    }

    internal static string Record(string cve, params (string Introduced, string Fixed)[] ranges)
    {
        var events = ranges.Select(range =>
            $$"""{"type":"ECOSYSTEM","events":[{"introduced":"{{range.Introduced}}"},{"fixed":"{{range.Fixed}}"}]}"""
        );
        return $$"""
            {"id":"ASB-A-1","modified":"2026-06-01T00:00:00Z","aliases":["{{cve}}"],
             "affected":[{"package":{"ecosystem":"Android","name":"platform/frameworks/base"},
             "ranges":[
              {{string.Join(',', events)}}]}]}
            """;
    }

    internal static FeedContent Read(string text) => FeedFiles.Accepted(text, "osv.json");

    private static void Refused(byte[] zip, string message)
    {
        var parse = FeedFormats.Parse(FeedFormat.OsvAndroid, zip, new FeedOrigin("osv"));

        Assert.Contains(message, Assert.Single(parse.Errors).Message, StringComparison.Ordinal);
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Zip((string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
