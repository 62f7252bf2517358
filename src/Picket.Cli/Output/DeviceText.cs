using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>One device for people: the verdict first, then why, then what it rests on.</summary>
internal static class DeviceText
{
    private static readonly Column<FactView>[] Facts =
    [
        new("Fact", row => row.Name),
        new("Value", row => row.Value),
        new("As of", row => Cell.Time(row.SampledAt ?? row.ReadAt)),
    ];

    private static readonly Column<UnknownView>[] Unknowns =
    [
        new("Not known", row => row.Fact),
        new("Because", row => row.Reason),
    ];

    public static void Write(DeviceView view, IAnsiConsole console)
    {
        var device = view.Device;
        console.Write(
            Tables.Pairs(
                ("Device", device.FriendlyName),
                ("Id", device.Id.ToString()),
                ("Verdict", view.Verdict.Level.ToString()),
                ("Because", view.Verdict.Reason),
                ("Judged", Cell.Time(view.Verdict.JudgedAt)),
                ("Serial number", device.SerialNumber),
                ("Model", device.Model),
                ("System", $"{device.Platform} {device.OsVersion}"),
                ("Ownership", device.Ownership.ToString()),
                ("User", device.User),
                ("Organization group", device.OrganizationGroup),
                ("Enrolment", view.Enrollment),
                ("Tags", string.Join(", ", view.Tags)),
                ("Last contact", Cell.Time(device.LastSeenAt)),
                ("First seen", Cell.Time(view.FirstSeenAt)),
                ("Apps read", view.AppsReadAt is { } read ? Cell.Time(read) : "never"),
                ("Left", Cell.Time(view.RemovedAt))
            )
        );
        foreach (var finding in view.Findings)
            Write(finding, console);
        Section(console, "Facts", view.Facts, Facts);
        Section(console, "Unknown", view.Unknowns, Unknowns);
    }

    private static void Write(FindingView finding, IAnsiConsole console)
    {
        var evidence = finding.Evidence;
        console.Heading($"{finding.Level}: {finding.Title}");
        console.Write(
            Tables.Pairs([
                ("Kind", finding.Kind),
                ("Rule", evidence.Rule),
                (
                    "Feed",
                    string.Join(", ", new[] { evidence.Feed, evidence.FeedVersion, evidence.Licence }.OfType<string>())
                ),
                ("Matched", evidence.Matched),
                .. evidence.Facts.Select(fact => (Cell.Clean(fact.Key), (string?)fact.Value)),
                ("True", $"{Cell.Time(finding.FirstTrueAt)} to {Cell.Time(finding.LastTrueAt)}"),
            ])
        );
    }

    private static void Section<T>(
        IAnsiConsole console,
        string title,
        IReadOnlyList<T> rows,
        IReadOnlyList<Column<T>> columns
    )
    {
        if (rows.Count == 0)
            return;
        console.Heading(title);
        console.Write(Tables.Of(rows, columns));
    }
}
