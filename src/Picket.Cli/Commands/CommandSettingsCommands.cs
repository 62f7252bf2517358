using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary>Which commands are switched on at an integration, and who signs in for wipes.</summary>
internal static class CommandSettingsCommands
{
    public static Command Status(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            "status",
            "Show which commands are on at an integration, and what they need.",
            "picket commands status Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                return Print(session, await session.Client.CommandSettingsAsync(id, cancellationToken));
            },
            which
        );
    }

    public static Command Set(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var commands = OnOff("--commands", "Whether devices are commanded at all.");
        var wipes = OnOff("--wipes", "Whether enterprise wipes can be asked for.");
        var messages = OnOff("--messages", "Whether users of devices can be sent messages about findings.");
        var messageCap = Number("--messages-per-hour", "Messages that may go out within an hour, 0 to 500.");
        var lockCap = Number("--locks-per-hour", "Locks that may go out within an hour, 1 to 1000.");
        var fresh = Number(
            "--fresh-hours",
            "Hours since its last report after which a device is neither locked nor wiped."
        );
        var delay = Number("--delay-minutes", "Minutes in which an approved wipe can be cancelled, 0 to 1440.");
        var cap = Number("--per-hour", "Wipes that may go out within an hour, 0 to 50.");
        var expires = Number("--approval-hours", "Hours after which a request expires, 1 to 168.");
        return cli.Command(
            "set",
            "Change which commands are on; the UEM says whether you may.",
            "picket commands set Acme --commands on --wipes on --delay-minutes 30",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var wish = new SetCommands
                {
                    Commands = IsOn(session.Get(commands)),
                    Wipes = IsOn(session.Get(wipes)),
                    Messages = IsOn(session.Get(messages)),
                    MessagesPerHour = session.Get(messageCap),
                    LocksPerHour = session.Get(lockCap),
                    FreshHours = session.Get(fresh),
                    WipeDelayMinutes = session.Get(delay),
                    WipesPerHour = session.Get(cap),
                    ApprovalHours = session.Get(expires),
                };
                return Print(session, await session.Client.SetCommandsAsync(id, wish, cancellationToken));
            },
            which,
            commands,
            wipes,
            messages,
            messageCap,
            lockCap,
            fresh,
            delay,
            cap,
            expires
        );
    }

    public static Command WipeAccount(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var credential = new CredentialOptions();
        var remove = new Option<bool>("--remove")
        {
            Description = "Let wipes go by the integration's own account again.",
        };
        return cli.Command(
            "wipe-account",
            "Set a UEM account that signs in for wipes alone; it is tried first.",
            "picket commands wipe-account Acme --account picket-wipes\npicket commands wipe-account Acme --remove",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                if (session.Get(remove))
                {
                    await session.Client.RemoveWipeCredentialAsync(id, cancellationToken);
                    return Print(session, await session.Client.CommandSettingsAsync(id, cancellationToken));
                }
                var given = credential.Read(session, credential.SecretsOf(session), present: null);
                return Print(session, await session.Client.SetWipeCredentialAsync(id, given, cancellationToken));
            },
            [which, .. credential.All, remove]
        );
    }

    private static int Print(Session session, CommandSettingsView settings)
    {
        session.Printer.Value(
            settings,
            screen =>
                screen.Pairs([
                    ("Commands", settings.Commands ? "on" : "off"),
                    ("Enterprise wipes", settings.Wipes ? "on" : "off"),
                    ("Messages to users", settings.Messages ? "on" : "off"),
                    ("Messages an hour", settings.MessagesPerHour),
                    ("Locks an hour", settings.LocksPerHour),
                    ("Facts may be", $"{settings.FreshHours} h old, to lock or wipe"),
                    ("A wipe can be cancelled for", $"{settings.WipeDelayMinutes} min"),
                    ("Wipes an hour", settings.WipesPerHour),
                    ("A request expires after", $"{settings.ApprovalHours} h"),
                    ("Wipes sign in as", settings.WipeAccount ?? "the integration's own account"),
                    ("Refused", settings.WipeAccountRefused),
                    ("Why not", settings.WhyNot),
                    ("Needs", string.Join("; ", settings.Needs)),
                ])
        );
        return ExitCodes.Ok;
    }

    private static bool? IsOn(string? text) => text is null ? null : text == "on";

    private static Option<string?> OnOff(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "on|off" };
        option.AcceptOnlyFromAmong("on", "off");
        return option;
    }

    private static Option<int?> Number(string name, string description) =>
        new(name) { Description = description, HelpName = "N" };
}
