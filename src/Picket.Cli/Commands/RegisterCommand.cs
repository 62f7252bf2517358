using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket devices register</c>: one device, announced for its user before it enrols.</summary>
internal static class RegisterCommand
{
    public static Command Create(Cli cli)
    {
        var user = new Option<string>("--user")
        {
            Description = "Sign-in name of its user.",
            HelpName = "NAME",
            Required = true,
        };
        var serial = Text("--serial", "Serial number; it or --udid is needed.", "TEXT");
        var imei = Text("--imei", "IMEI, 15 digits.", "DIGITS");
        var udid = Text("--udid", "UDID.", "TEXT");
        var name = Text("--name", "What administrators call it; the UEM makes a name up without one.", "TEXT");
        var platform = Text("--platform", "iOS, iPadOS, Android, macOS or Windows.", "WORD");
        var model = new Option<int?>("--model-id") { Description = "Number of the model in the UEM." };
        var ownership = Text("--ownership", "corporate, shared or employee.", "WORD");
        var asset = Text("--asset-number", "Your own number of the device.", "TEXT");
        var group = Text(
            "--group",
            "Group ID or whole name of an organization group at or below the integration's (that one).",
            "NAME"
        );
        var message = Text("--message", "How the user is told: none, email or sms.", "WORD");
        var which = Targets.IntegrationOption();
        var wait = new Option<bool>("--wait") { Description = "Wait until the UEM took it, or refused." };
        return cli.Command(
            "register",
            "Announce a device for a user before it enrols: an import of one line, which starts by itself.",
            "picket devices register --user ada --serial C02ABCDEF --platform iOS --ownership corporate --wait",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var device = new RegisterDevice
                {
                    UserName = session.Get(user)!,
                    SerialNumber = session.Get(serial),
                    Imei = session.Get(imei),
                    Udid = session.Get(udid),
                    FriendlyName = session.Get(name),
                    Platform = session.Get(platform),
                    ModelId = session.Get(model),
                    Ownership = session.Get(ownership),
                    AssetNumber = session.Get(asset),
                    OrganizationGroup = session.Get(group),
                    Message = session.Get(message),
                };
                var import = await session.Client.RegisterDeviceAsync(id, device, cancellationToken);
                if (session.Get(wait))
                    import = await ImportFollowing.ToEndAsync(session, import, cancellationToken);
                session.Printer.Value(import, screen => ImportText.Write(import, screen));
                await RemarkAsync(session, import, cancellationToken);
                return import.Refused > 0 ? ExitCodes.Problem : ImportText.ExitCode(import.State);
            },
            user,
            serial,
            imei,
            udid,
            name,
            platform,
            model,
            ownership,
            asset,
            group,
            message,
            which,
            wait
        );
    }

    /// <summary>Of a single line what it says is the whole answer.</summary>
    private static async Task RemarkAsync(Session session, ImportView import, CancellationToken cancellation)
    {
        if (!ImportFollowing.IsOver(import.State))
            return;
        await foreach (var line in session.Client.ImportLines(import.Id).WithCancellation(cancellation))
        {
            foreach (var note in line.Notes)
                session.Printer.Remark(ImportText.Note(note));
        }
    }

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };
}
