using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket indicators</c>.</summary>
internal static class IndicatorCommands
{
    private static readonly Column<OwnIndicatorView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Kind", row => row.Kind),
        new("Value", row => row.Value),
        new("Severity", row => row.Severity),
        new("Hits", row => row.Testable ? row.Hits : "not testable from UEM"),
        new(
            "Ends",
            row =>
                row.Ended ? "ended"
                : row.ExpiresAt is { } end ? end
                : "never"
        ),
        new("Owner", row => row.Owner),
        new("Reason", row => row.Reason),
        new("Platform", row => row.Platform, Wide: true),
        new("Category", row => row.Category, Wide: true),
    ];

    public static Command Create(Cli cli) =>
        new("indicators", "What the organization itself calls bad.")
        {
            cli.List(
                "list",
                "List the own indicators, with the devices that match now.",
                "picket indicators list",
                (session, cursor, limit) => session.Client.OwnIndicators(cursor, limit),
                Columns
            ),
            Add(cli),
            Change(cli),
            Remove(cli),
        };

    private static Command Add(Cli cli)
    {
        var options = new Wish(required: true);
        return cli.Command(
            "add",
            "Add an indicator. It counts at once.",
            "picket indicators add app-id com.example.bad --severity high --reason \"Leaks contacts\" --owner ada\n"
                + "picket indicators add os-version \"<17.6.1\" --platform apple --severity medium --reason \"Case 7\" "
                + "--owner ada --ends 2026-12-31",
            async (session, cancellationToken) =>
            {
                var wish = options.Of(session, null);
                var added = await session.Client.AddOwnIndicatorAsync(wish, cancellationToken);
                session.Printer.Value(added, screen => Write(added, screen));
                return ExitCodes.Ok;
            },
            options.All
        );
    }

    private static Command Change(Cli cli)
    {
        var which = Targets.IdArgument("indicator", "Id of the indicator.");
        var options = new Wish(required: false);
        return cli.Command(
            "change",
            "Change an indicator; what is not named stays.",
            "picket indicators change 0198c0de-0000-7000-8000-00000000000d --severity critical --ends 2026-12-31",
            async (session, cancellationToken) =>
            {
                var id = session.Get(which);
                var before = await session.Client.OwnIndicatorAsync(id, cancellationToken);
                var wish = options.Of(session, before);
                var changed = await session.Client.ChangeOwnIndicatorAsync(id, wish, cancellationToken);
                session.Printer.Value(changed, screen => Write(changed, screen));
                return ExitCodes.Ok;
            },
            [which, .. options.All]
        );
    }

    private static Command Remove(Cli cli)
    {
        var which = Targets.IdArgument("indicator", "Id of the indicator.");
        var yes = Confirmation.Yes();
        return cli.Command(
            "remove",
            "Remove an indicator; its findings end.",
            "picket indicators remove 0198c0de-0000-7000-8000-00000000000d",
            async (session, cancellationToken) =>
            {
                var id = session.Get(which);
                var indicator = await session.Client.OwnIndicatorAsync(id, cancellationToken);
                session.Confirm(
                    yes,
                    $"Remove the indicator '{indicator.Value}', which {indicator.Hits} devices match?"
                );
                await session.Client.RemoveOwnIndicatorAsync(id, cancellationToken);
                session.Printer.Remark($"The indicator '{indicator.Value}' is removed; its findings end.");
                return ExitCodes.Ok;
            },
            which,
            yes
        );
    }

    private static void Write(OwnIndicatorView indicator, Screen screen) =>
        screen.Pairs([
            ("Indicator", indicator.Value),
            ("Id", indicator.Id),
            ("Kind", indicator.Kind),
            ("Platform", indicator.Platform),
            ("Category", indicator.Category),
            ("Severity", indicator.Severity),
            ("Reason", indicator.Reason),
            ("Owner", indicator.Owner),
            (
                "Ends",
                indicator.Ended ? "ended"
                : indicator.ExpiresAt is { } end ? end
                : "never"
            ),
            ("Devices now", indicator.Testable ? indicator.Hits : "not testable from UEM"),
        ]);

    /// <summary>The arguments and options that say what an indicator shall be.</summary>
    private sealed class Wish(bool required)
    {
        private readonly Argument<string> kind = new("kind")
        {
            Description = $"One of {string.Join(", ", OwnIndicatorKinds.All)}.",
        };
        private readonly Argument<string> value = new("value")
        {
            Description = "The id, pattern, range, model or hash.",
        };
        private readonly Option<Level?> severity = new("--severity")
        {
            Description = "Level of its findings.",
            HelpName = "Low|Medium|High|Critical",
            Required = required,
        };
        private readonly Option<string?> reason = new("--reason")
        {
            Description = "Why it is there; findings show it.",
            Required = required,
        };
        private readonly Option<string?> owner = new("--owner")
        {
            Description = "Who answers for it.",
            Required = required,
        };
        private readonly Option<string?> platform = new("--platform")
        {
            Description = "any, android or apple; what fits the kind when absent.",
        };
        private readonly Option<string?> category = new("--category")
        {
            Description = "malware, spyware, stalkerware, watchware or vulnerable.",
        };
        private readonly Option<DateTimeOffset?> ends = TimeOption.Create("--ends", "When it ends by itself.");

        public Symbol[] All =>
            required
                ? [kind, value, severity, reason, owner, platform, category, ends]
                : [severity, reason, owner, platform, category, ends];

        public SaveOwnIndicator Of(Session session, OwnIndicatorView? before) =>
            new(
                before?.Kind ?? session.Get(kind),
                before?.Value ?? session.Get(value),
                session.Get(severity) ?? before?.Severity ?? default,
                session.Get(reason) ?? before?.Reason ?? "",
                session.Get(owner) ?? before?.Owner ?? ""
            )
            {
                Platform = session.Get(platform) ?? before?.Platform,
                Category = session.Get(category) ?? before?.Category,
                ExpiresAt = session.Get(ends) ?? before?.ExpiresAt,
            };
    }
}
