using System.CommandLine;
using System.Text;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket policy</c>: the rules by which devices are judged.</summary>
internal static class PolicyCommands
{
    private const long LargestFile = 1024 * 1024;

    private static readonly Column<PolicyVersionView>[] Versions =
    [
        new("Version", row => row.Number, Exact: true),
        new("In force", row => row.InForce),
        new("Applied", row => row.AppliedAt, Exact: true),
        new("By", row => row.AppliedBy),
        new("Comment", row => row.Comment),
        new("SHA-256", row => row.Sha256, Wide: true),
    ];

    private static readonly Column<PolicyExceptionView>[] Exceptions =
    [
        new("Name", row => row.Name),
        new("State", row => row.State, Exact: true),
        new("Ends", row => row.Ends, Exact: true),
        new("What", row => row.What),
        new("For", row => row.Scope),
        new("Findings", row => row.Findings),
        new("Owner", row => row.Owner),
        new("Reason", row => row.Reason, Wide: true),
    ];

    public static Command Create(Cli cli) =>
        new("policy", "The rules by which devices are judged: one document, version by version.")
        {
            Show(cli),
            cli.List(
                "versions",
                "List the documents that were applied, newest first.",
                "picket policy versions",
                (session, cursor, limit) => session.Client.PolicyVersions(cursor, limit),
                Versions
            ),
            Default(cli),
            Check(cli),
            Plan(cli),
            Apply(cli),
            RollBack(cli),
            ListExceptions(cli),
            Why(cli),
        };

    private static Command Show(Cli cli)
    {
        var version = new Option<int?>("--version") { Description = "This version, instead of the one in force." };
        return cli.Command(
            "show",
            "Print the document in force, or another version; it can be edited and applied.",
            "picket policy show\npicket policy show --version 3",
            async (session, cancellationToken) =>
            {
                var policy = session.Get(version) is { } number
                    ? await session.Client.PolicyVersionAsync(number, cancellationToken)
                    : await session.Client.PolicyAsync(cancellationToken);
                Print(session, policy);
                return ExitCodes.Ok;
            },
            version
        );
    }

    private static Command Default(Cli cli) =>
        cli.Command(
            "default",
            "Print the built-in policy as a whole document.",
            "picket policy default",
            async (session, cancellationToken) =>
            {
                Print(session, await session.Client.PolicyVersionAsync(0, cancellationToken));
                return ExitCodes.Ok;
            }
        );

    private static Command Check(Cli cli)
    {
        var file = FileArgument();
        return cli.Command(
            "check",
            "Say what is wrong with a document; 6 when something is.",
            "picket policy check policy.yaml",
            async (session, cancellationToken) =>
            {
                var text = await ReadAsync(session.Get(file));
                var plan = await session.Client.PlanPolicyAsync(text, checkOnly: true, cancellationToken);
                session.Printer.Value(plan, screen => PolicyOutput.WriteCheck(plan, screen));
                return plan.Mistakes.Count > 0 ? ExitCodes.Refused : ExitCodes.Ok;
            },
            file
        );
    }

    private static Command Plan(Cli cli)
    {
        var file = FileArgument();
        return cli.Command(
            "plan",
            "Say what a document would change, and for how many devices; changes nothing.",
            "picket policy plan policy.yaml",
            async (session, cancellationToken) =>
            {
                var text = await ReadAsync(session.Get(file));
                var plan = await session.Client.PlanPolicyAsync(text, cancellationToken: cancellationToken);
                session.Printer.Value(plan, screen => PolicyOutput.Write(plan, screen));
                return plan.Mistakes.Count > 0 ? ExitCodes.Refused : ExitCodes.Ok;
            },
            file
        );
    }

    private static Command Apply(Cli cli)
    {
        var file = FileArgument();
        var comment = CommentOption();
        var yes = Confirmation.Yes();
        return cli.Command(
            "apply",
            "Put a document in force; every device is judged anew.",
            "picket policy apply policy.yaml --comment \"passcodes count more\"",
            async (session, cancellationToken) =>
                await ApplyAsync(
                    session,
                    await ReadAsync(session.Get(file)),
                    session.Get(comment),
                    yes,
                    cancellationToken
                ),
            file,
            comment,
            yes
        );
    }

    private static Command RollBack(Cli cli)
    {
        var version = new Argument<int>("version")
        {
            Description = "The version to go back to; 0 is the built-in policy.",
        };
        var yes = Confirmation.Yes();
        return cli.Command(
            "rollback",
            "Put the document of an earlier version in force again, as a new version.",
            "picket policy rollback 3",
            async (session, cancellationToken) =>
            {
                var number = session.Get(version);
                var earlier = await session.Client.PolicyVersionAsync(number, cancellationToken);
                var comment = $"Version {number} again";
                return await ApplyAsync(session, earlier.Text ?? "", comment, yes, cancellationToken);
            },
            version,
            yes
        );
    }

    private static async Task<int> ApplyAsync(
        Session session,
        string text,
        string? comment,
        Option<bool> yes,
        CancellationToken cancellationToken
    )
    {
        var plan = await session.Client.PlanPolicyAsync(text, cancellationToken: cancellationToken);
        if (plan.Mistakes.Count > 0)
        {
            session.Printer.Value(plan, screen => PolicyOutput.Write(plan, screen));
            return ExitCodes.Refused;
        }

        var devices = Cell.Number(plan.DevicesChanged);
        session.Confirm(
            yes,
            $"Put this in force? {plan.Changes.Count} differences; other rules for {devices} devices."
        );
        var applied = await session.Client.ApplyPolicyAsync(
            new ApplyPolicy(text, plan.BasedOn, comment),
            cancellationToken
        );
        session.Printer.Value(applied, screen => PolicyOutput.Write(applied, plan, screen));
        return ExitCodes.Ok;
    }

    private static Command ListExceptions(Cli cli) =>
        cli.List(
            "exceptions",
            "List the exceptions, those that end first at the top.",
            "picket policy exceptions",
            (session, _, _) => session.Client.PolicyExceptions(),
            Exceptions
        );

    private static Command Why(Cli cli)
    {
        var device = Targets.DeviceArgument();
        return cli.Command(
            "why",
            "Say which policy holds for a device, why, and where each value comes from.",
            "picket policy why C39XK0ABCDEF",
            async (session, cancellationToken) =>
            {
                var id = await session.DeviceAsync(session.Get(device), cancellationToken);
                var policy = await session.Client.DevicePolicyAsync(id, cancellationToken);
                session.Printer.Value(policy, screen => PolicyOutput.Write(policy, screen));
                return ExitCodes.Ok;
            },
            device
        );
    }

    /// <summary>The document itself and nothing else, so that it can go into a file; with JSON all about it.</summary>
    private static void Print(Session session, PolicyVersionView policy) =>
        session.Printer.Value(
            policy,
            _ => session.Terminal.Out.WriteLine(Cell.Clean((policy.Text ?? "").TrimEnd('\n'), keepLines: true))
        );

    private static Argument<FileInfo> FileArgument() => new("file") { Description = "The document, YAML." };

    private static Option<string?> CommentOption() =>
        new("--comment") { Description = "Why, for those who come later." };

    private static async Task<string> ReadAsync(FileInfo file) =>
        file is { Exists: true, Length: > LargestFile }
            ? throw new UsageException($"{file.Name} has {file.Length} bytes: that is no policy document.")
            : await File.ReadAllTextAsync(file.FullName, Encoding.UTF8);
}
