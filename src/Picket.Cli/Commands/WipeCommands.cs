using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary>Enterprise wipes: asked for by one person, approved by another, each with a code that is typed here.</summary>
internal static class WipeCommands
{
    public static Command Preview(Cli cli)
    {
        var device = Targets.DeviceArgument();
        return cli.Command(
            "preview",
            "Show what an enterprise wipe would take from a device, and what holds it.",
            "picket commands preview C02XK1",
            async (session, cancellationToken) =>
            {
                var id = await session.DeviceAsync(session.Get(device), cancellationToken);
                var preview = await session.Client.WipePreviewAsync(id, cancellationToken);
                session.Printer.Value(preview, screen => Write(preview, screen));
                return ExitCodes.Ok;
            },
            device
        );
    }

    public static Command Wipe(Cli cli)
    {
        var (device, reason, yes) = (Targets.DeviceArgument(), CommandCommands.Reason(), Confirmation.Yes());
        var finding = new Option<Guid?>("--finding")
        {
            Description = "An open finding of the device that is the cause.",
            HelpName = "ID",
        };
        return cli.Command(
            "wipe",
            "Ask for the enterprise wipe of one device. Another person approves it, and it cannot be undone.",
            "picket commands wipe C02XK1 --reason \"Stolen at the station\"",
            async (session, cancellationToken) =>
            {
                var id = await session.DeviceAsync(session.Get(device), cancellationToken);
                var preview = await session.Client.WipePreviewAsync(id, cancellationToken);
                session.Confirm(
                    yes,
                    $"{session.Get(device)} would lose {Cell.Number(preview.ManagedAppCount)} managed apps, the organization's profiles and accounts, and its enrolment. Ask for it?"
                );
                var wish = new RequestWipe
                {
                    Reason = session.Get(reason)!,
                    FindingId = session.Get(finding),
                    SecondFactor = Code(session),
                };
                return CommandCommands.Print(
                    session,
                    await session.Client.RequestWipeAsync(id, wish, cancellationToken)
                );
            },
            device,
            reason,
            finding,
            yes
        );
    }

    /// <summary>
    /// Typed at this terminal, and neither an argument, a variable nor a line of standard input: a program that holds the token
    /// cannot answer.
    /// </summary>
    public static string Code(Session session) =>
        session.Terminal.CanAsk
            ? session.AskSecret("Code of your authenticator app")
            : throw new UsageException(
                "The code of your second factor is typed at a terminal, and there is none here. Nothing was done."
            );

    private static void Write(WipePreview preview, Screen screen)
    {
        screen.Pairs([
            ("Can be asked for", preview.WhyNot ?? preview.WhyNotYou ?? "yes"),
            ("Managed apps that go", preview.ManagedAppCount),
            ("Read", preview.AppsReadAt),
            ("Apps", string.Join(", ", preview.ManagedApps)),
            ("Can be cancelled for", $"{Cell.Number(preview.DelayMinutes)} min after the approval"),
            ("Under way", preview.OpenCommandId),
        ]);
        screen.Heading("Goes as well");
        foreach (var what in preview.AlsoLost)
        {
            screen.Line(what);
        }
    }
}
