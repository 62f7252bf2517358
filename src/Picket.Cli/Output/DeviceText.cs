using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>One device for people: the verdict first, then why, then what it rests on.</summary>
internal static class DeviceText
{
    private static readonly Column<FactView>[] Facts =
    [
        new("Fact", row => row.Name, Exact: true),
        new("Value", row => row.Value),
        new("As of", row => row.SampledAt ?? row.ReadAt, Exact: true),
    ];

    private static readonly Column<UnknownView>[] Unknowns =
    [
        new("Not known", row => row.Fact, Exact: true),
        new("Because", row => row.Reason),
    ];

    public static void Write(DeviceView view, Screen screen)
    {
        var device = view.Device;
        screen.Pairs(
            ("Device", new Styled(device.FriendlyName, Palette.Strong)),
            ("Verdict", new Styled(view.Verdict.Level, Palette.Of(view.Verdict.Level))),
            ("Because", view.Verdict.Reason),
            ("Rests on", view.Verdict.Coverage is { } coverage ? Coverage(coverage) : null),
            ("Judged", view.Verdict.JudgedAt),
            ("Id", device.Id),
            ("Serial number", device.SerialNumber),
            ("Model", device.Model),
            ("System", $"{device.Platform} {device.OsVersion}"),
            ("Ownership", device.Ownership),
            ("User", device.User),
            ("Organization group", device.OrganizationGroup),
            ("Enrolment", view.Enrollment),
            ("Tags", string.Join(", ", view.Tags)),
            ("Last contact", device.LastSeenAt),
            ("First seen", view.FirstSeenAt),
            ("Apps read", view.AppsReadAt is { } read ? read : "never"),
            ("Left", view.RemovedAt)
        );
        foreach (var finding in view.Findings)
            Write(finding, screen);
        Section(screen, "Facts", view.Facts, Facts);
        Section(screen, "Unknown", view.Unknowns, Unknowns);
    }

    private static void Write(FindingView finding, Screen screen)
    {
        var evidence = finding.Evidence;
        screen.Line();
        screen.Line($"{finding.Level}: {finding.Title}", Palette.Of(finding.Level));
        screen.Pairs([
            ("Kind", finding.Kind),
            ("Rule", evidence.Rule),
            (
                "Feed",
                string.Join(", ", new[] { evidence.Feed, evidence.FeedVersion, evidence.Licence }.OfType<string>())
            ),
            ("Attribution", evidence.Attribution),
            ("Matched", evidence.Matched),
            .. evidence.ExploitedCves.Select(cve => (cve.Cve, (object?)Mending(cve))),
            .. evidence.Facts.Where(fact => !IsAside(fact.Key)).Select(fact => (fact.Key, (object?)fact.Value)),
            ("First true", finding.FirstTrueAt),
            ("Last true", finding.LastTrueAt),
        ]);
    }

    /// <summary>Shown above, each in its own place.</summary>
    private static bool IsAside(string fact) => fact is "attribution" or "exploitedCves";

    private static string Mending(ExploitedCveView cve) =>
        $"exploited{(cve.Due is { } due ? $", due on {due:yyyy-MM-dd}" : "")}"
        + (string.IsNullOrWhiteSpace(cve.RequiredAction) ? "" : $": {cve.RequiredAction}");

    private static string Coverage(VerdictCoverage coverage) =>
        $"{coverage.Known} of {coverage.Needed} facts that a verdict needs"
        + (coverage.OldestAt is { } at ? $", the oldest ({coverage.Oldest}) of {Cell.Time(at)}" : "");

    private static void Section<T>(Screen screen, string title, IReadOnlyList<T> rows, IReadOnlyList<Column<T>> columns)
    {
        if (rows.Count == 0)
            return;
        screen.Heading(title);
        screen.Rows(rows, columns);
    }
}
