using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>One feed for people.</summary>
internal static class FeedText
{
    public static void Write(FeedView feed, IAnsiConsole console)
    {
        var version = feed.Version;
        console.Write(
            Tables.Pairs([
                ("Feed", feed.Name),
                ("Id", feed.Id.ToString()),
                ("Format", feed.Format),
                ("Version", version.Version),
                ("Imported", Cell.Time(version.ImportedAt)),
                ("Feed's date", Cell.Time(version.FeedDate)),
                ("Licence", version.Licence),
                ("Source", version.Attribution),
                ("SHA-256", version.Sha256),
                .. version.Counts.Select(count => (Cell.Clean(count.Key), (string?)Cell.Number(count.Value))),
                ("Added", Cell.Number(version.Added)),
                ("Removed", Cell.Number(version.Removed)),
            ])
        );
    }
}
