using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket apps publish</c>: the draft of a publication.</summary>
internal static class PublishCommand
{
    public static Command Create(Cli cli)
    {
        var app = new Argument<string>("app")
        {
            Description = "Unique id or bundle id of an app in the UEM's catalogue.",
        };
        var which = Targets.IntegrationOption();
        var name = new Option<string?>("--name")
        {
            Description = "What people call it (the app's bundle id).",
            HelpName = "TEXT",
        };
        var rings = new Option<string[]>("--ring")
        {
            Description =
                "A smart group (id or whole name), N%=GROUP for a share of its devices, users=GROUP for those of a user group's people, or a ring in JSON as in the API: several groups, a name of its own. The canary group first. Repeat it.",
            HelpName = "RING",
            Required = true,
        };
        var kind = new Option<PublishedAppKind?>("--kind")
        {
            Description = "Which of several apps with that bundle id.",
        };
        var onDemand = new Option<bool>("--on-demand") { Description = "Only when the user asks for it." };
        var deviceLicences = new Option<bool>("--device-licences")
        {
            Description = "Let a purchased app's licences go to devices; the UEM offers no way back.",
        };
        var keys = ConfigurationCommands.KeysOption();
        return cli.Command(
            "publish",
            "Make a draft of a publication; writes nothing to the UEM.",
            """
            picket apps publish com.example.guard --ring Canary --ring "All Android" --set DeviceId={DeviceUid}
            picket apps publish com.example.guard --ring Canary --ring "10%=All Android" --ring "All Android"
            picket apps publish com.example.guard --ring '{"name":"Pilots","smartGroups":["IT","Field"],"sharePercent":20}'
            """,
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var text = session.Get(app);
                var uuid = Guid.TryParse(text, out var given) ? given : (Guid?)null;
                var wish = new CreatePublication
                {
                    Name = session.Get(name) ?? text,
                    AppUuid = uuid,
                    BundleId = uuid is null ? text : null,
                    Kind = session.Get(kind),
                    Rings = [.. (session.Get(rings) ?? []).Select(RingText.Parse)],
                    DeviceLicences = session.Get(deviceLicences),
                    Delivery = session.Get(onDemand) ? AppDelivery.OnDemand : AppDelivery.Automatic,
                    Configuration = [.. (session.Get(keys) ?? []).Select(ConfigurationCommands.KeyOf)],
                };
                var made = await session.Client.CreatePublicationAsync(id, wish, cancellationToken);
                session.Printer.Value(made, screen => PublicationText.Write(made, screen));
                return ExitCodes.Ok;
            },
            app,
            which,
            name,
            rings,
            kind,
            onDemand,
            deviceLicences,
            keys
        );
    }
}
