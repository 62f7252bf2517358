using System.Text;
using Picket.Cli.Demo;

namespace Picket.Cli.Tests;

public sealed class SampleFeedTests
{
    private static readonly DateTimeOffset Day = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public void Gives_the_samples_of_releases_the_day_on_which_the_demo_runs()
    {
        var dated = SampleFeeds.CheckedOn("""{ "LastCheck": "2026-08-22T00:00:00Z", "a": 1 }"""u8.ToArray(), Day);

        Assert.Equal("""{ "LastCheck": "2031-02-03T00:00:00Z", "a": 1 }""", Encoding.UTF8.GetString(dated));
    }

    [Fact]
    public void Gives_the_records_of_bulletins_that_day_and_leaves_their_fixes_as_they_are()
    {
        var record = """{ "id": "ASB-A-9", "modified": "2026-08-22T00:00:00Z", "published": "2025-12-01T00:00:00Z" }""";

        var dated = SampleFeeds.CheckedOn(Encoding.UTF8.GetBytes(record), Day);

        Assert.Equal(
            """{ "id": "ASB-A-9", "modified": "2031-02-03T00:00:00Z", "published": "2025-12-01T00:00:00Z" }""",
            Encoding.UTF8.GetString(dated)
        );
    }

    [Fact]
    public void Leaves_files_alone_that_do_not_say_when_they_were_checked()
    {
        var file = "- name: A\n  packages: [\"com.a\"]\n"u8.ToArray();

        Assert.Equal(file, SampleFeeds.CheckedOn(file, Day));
    }
}
