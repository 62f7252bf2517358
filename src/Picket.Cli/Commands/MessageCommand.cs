using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket commands message</c>: what the catalogue says to the user of a device about a finding, sent once.</summary>
internal static class MessageCommand
{
    public static Command Create(Cli cli)
    {
        var (device, yes) = (Targets.DeviceArgument(), Confirmation.Yes());
        var finding = new Option<Guid>("--finding")
        {
            Description = "An open finding of the device: what the user is told of.",
            HelpName = "ID",
            Required = true,
        };
        var by = new Option<MessageChannel>("--by")
        {
            Description = "push: shown on the device; email: to the address that the UEM has of the user.",
            HelpName = "push|email",
            Required = true,
        };
        var insist = new Option<bool>("--insist")
        {
            Description =
                "Send it although somebody may watch what the user is sent. For administrators, with a reason.",
        };
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the command.", HelpName = "TEXT" };
        return cli.Command(
            "message",
            "Show what the user of a device would be told of a finding, and send it once somebody said yes.",
            "picket commands message C02XK1 --finding 0198c0de-0000-7000-8000-000000000011 --by push",
            async (session, cancellationToken) =>
            {
                var id = await session.DeviceAsync(session.Get(device), cancellationToken);
                var query = new MessageFilter { FindingId = session.Get(finding), By = session.Get(by) };
                var preview = await session.Client.MessagePreviewAsync(id, query, cancellationToken);
                session.Confirm(yes, $"{Told(preview)}\nSend this to the user of {session.Get(device)}?");
                var wish = new SendMessage
                {
                    FindingId = preview.FindingId,
                    By = preview.By,
                    Text = preview.Text,
                    Insist = session.Get(insist),
                    Reason = session.Get(reason),
                };
                return CommandCommands.Print(
                    session,
                    await session.Client.SendMessageAsync(id, wish, cancellationToken)
                );
            },
            device,
            finding,
            by,
            insist,
            reason,
            yes
        );
    }

    private static string Told(MessagePreview preview)
    {
        var subject = preview.Subject is { } text ? $"Subject: {text}\n\n" : "";
        var held = preview.WhyNot is { } why ? $"It would be refused: {why}\n" : "";
        var watched = preview is { NeedsInsisting: true, WhyNot: null }
            ? "Somebody may watch what this user is sent: --insist and --reason are needed.\n"
            : "";
        return $"{subject}{preview.Text}\n\n{held}{watched}";
    }
}
