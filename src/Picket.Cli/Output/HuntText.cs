using System.CommandLine;
using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Hunts and what they find, for people.</summary>
internal static class HuntText
{
    public static readonly Column<HuntHit>[] Hits =
    [
        new("Device", row => row.DeviceName),
        new("User", row => row.User),
        new("What", row => row.Value),
        new("Version", row => row.Version, Wide: true),
        new("Has it", row => row.HasNow ? "now" : "no more"),
        new("Seen since", row => row.FirstSeenAt, Exact: true),
        new("Not there", row => row.NotBefore, Wide: true),
        new("Gone by", row => row.GoneBy, Exact: true),
        new("Periods", row => row.Periods.Count + row.EarlierPeriods, Exact: true),
        new("Last since", row => row.Periods is [.., var last] ? last.FirstSeenAt : row.FirstSeenAt, Wide: true),
    ];

    public static Option<HuntState?> StateOption() =>
        new("--state") { Description = "Only those that have it now, had it, or (of a saved hunt) are new." };

    /// <summary>The figures and what they do not cover stand beside the rows, not in them.</summary>
    public static void Tell(Session session, HuntAnswer answer)
    {
        if (answer.Testable)
            session.Printer.Remark(
                $"{Cell.Number(answer.Now)} have it now, {Cell.Number(answer.Had)} had it; of {Cell.Number(answer.NotSeen)} "
                    + "it is not known."
            );
        if (Unanswered(answer.Kind, answer.UnansweredApps, answer.UnansweredDevices) is { } hashed)
            session.Printer.Remark(hashed);
        if (answer.Note is { } note)
            session.Printer.Remark(note);
    }

    public static void Tell(Session session, SavedHunt hunt)
    {
        session.Printer.Remark(
            $"At the last run {Cell.Number(hunt.Now)} had it and {Cell.Number(hunt.Had)} had had it; of "
                + $"{Cell.Number(hunt.NotSeen)} it is not known."
        );
        if (Unanswered(hunt.Kind, hunt.UnansweredApps, hunt.UnansweredDevices) is { } hashed)
            session.Printer.Remark(hashed);
        if (hunt.Note is { } note)
            session.Printer.Remark(note);
    }

    private static string? Unanswered(HuntKind kind, int apps, int devices) =>
        apps == 0 ? null
        : kind is HuntKind.Feed
            ? $"The feed's patterns were not tried on {Cell.Number(apps)} personal apps on {Cell.Number(devices)} devices, "
                + "which are kept as keyed hashes: they are, when these are next read."
        : $"{Cell.Number(apps)} personal apps on {Cell.Number(devices)} devices are kept as keyed hashes, with which a "
            + "pattern cannot be compared: they are not in this answer.";

    public static void Write(SavedHunt hunt, Screen screen)
    {
        screen.Pairs([
            ("Hunt", hunt.Name),
            ("Id", hunt.Id),
            ("Looks for", $"{hunt.Kind} {hunt.Value}"),
            ("Owner", hunt.Owner),
            ("Reason", hunt.Reason),
            ("Last run", hunt.LastRunAt),
            ("Has it now", hunt.Now),
            ("Had it", hunt.Had),
            ("New", hunt.New),
            ("Not known of", hunt.NotSeen),
        ]);
        if (Unanswered(hunt.Kind, hunt.UnansweredApps, hunt.UnansweredDevices) is { } hashed)
            screen.Line(hashed);
        if (hunt.Note is { } note)
            screen.Line(note);
    }
}
