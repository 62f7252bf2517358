using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket findings</c>.</summary>
internal static class FindingCommands
{
    private static readonly Column<FindingView>[] Columns =
    [
        new("Level", row => row.Level, Exact: true) { Style = row => Palette.Of(row.Level) },
        new("Kind", row => row.Kind),
        new("Device", row => row.DeviceName),
        new("Finding", row => row.Title),
        new("Since", row => row.FirstTrueAt, Exact: true),
        new("Weight", row => row.Weight, Wide: true),
        new("Ended", row => row.EndedAt, Wide: true),
    ];

    private static readonly Column<FindingKindView>[] KindColumns =
    [
        new("Kind", row => row.Id, Exact: true),
        new("Means", row => row.Title),
        new("Level", row => row.Level, Exact: true) { Style = row => Palette.Of(row.Level) },
        new("MITRE ATT&CK", row => string.Join(", ", row.AttackIds), Wide: true),
        new("Needs", row => string.Join(", ", row.Needs), Wide: true),
    ];

    public static Command Create(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var kind = new Option<string?>("--kind")
        {
            Description = "Only this kind, e.g. device.compromised; `picket findings kinds` lists them.",
        };
        var level = new Option<Level?>("--level") { Description = "Only this level." };
        var ended = new Option<bool>("--ended")
        {
            Description = "Those that ended, instead of those that are true now.",
        };
        var device = new Option<string?>("--device") { Description = "Only this device." };
        var exception = new Option<string?>("--exception")
        {
            Description = "Only those that this exception of the policy takes the weight from.",
        };
        var findings = cli.List(
            "findings",
            "List the findings that are true now, or those that ended.",
            "picket findings --level critical\npicket findings --kind os.exploited-cves --all",
            async (session, cursor, limit, cancellationToken) =>
            {
                Guid? deviceId = session.Get(device) is { } text
                    ? await session.DeviceAsync(text, cancellationToken)
                    : null;
                var integrationId = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.Findings(
                    new FindingFilter
                    {
                        Kind = session.Get(kind),
                        Level = session.Get(level),
                        DeviceId = deviceId,
                        IntegrationId = integrationId,
                        Exception = session.Get(exception),
                        Cursor = cursor,
                        Limit = limit,
                        Ended = session.Get(ended) ? true : null,
                    }
                );
            },
            Columns,
            integration,
            kind,
            level,
            device,
            exception,
            ended
        );
        findings.Add(Kinds(cli));
        return findings;
    }

    private static Command Kinds(Cli cli)
    {
        var which = new Argument<string?>("kind")
        {
            Description = "Say all about this one: what it needs, what it cannot see, what its user may be told.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return cli.Command(
            "kinds",
            "List every kind of finding, for --kind here and --finding of `picket devices list`.",
            "picket findings kinds\npicket findings kinds app.look-alike",
            async (session, cancellationToken) =>
            {
                var kinds = await session.Client.FindingKindsAsync(cancellationToken);
                if (session.Get(which) is not { } id)
                {
                    session.Printer.Rows(kinds, KindColumns);
                    return ExitCodes.Ok;
                }

                var kind =
                    kinds.Items.FirstOrDefault(each => each.Id == id)
                    ?? throw new UsageException(
                        $"There is no kind of finding '{id}'. `picket findings kinds` lists them."
                    );
                session.Printer.Value(kind, screen => Write(kind, screen));
                return ExitCodes.Ok;
            },
            which
        );
    }

    private static void Write(FindingKindView kind, Screen screen) =>
        screen.Pairs(
            ("Kind", new Styled(kind.Id, Palette.Strong)),
            ("Title", kind.Title),
            ("Means", kind.Meaning),
            ("Level", new Styled(kind.Level, Palette.Of(kind.Level))),
            ("Rule", kind.RuleVersion),
            ("Needs", string.Join(", ", kind.Needs)),
            ("Needs a feed of", kind.NeedsFeed),
            ("Cannot see", kind.CannotSee),
            ("Told to the user", kind.ForUser.Length > 0 ? kind.ForUser : "nothing: talk to the person"),
            ("MITRE ATT&CK", string.Join(", ", kind.AttackIds))
        );
}
