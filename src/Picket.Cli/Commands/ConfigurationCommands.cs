using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket publications template</c> and <c>check</c>: what an app is told on the device.</summary>
internal static class ConfigurationCommands
{
    public static Command Template(Cli cli)
    {
        var which = Targets.IntegrationOption();
        var platform = PlatformOption();
        var app = new Option<Guid?>("--app")
        {
            Description = "Unique id of an app in the UEM, to be asked for the keys that it declares.",
            HelpName = "UUID",
        };
        var reached = new Option<string?>("--reached-at")
        {
            Description = "Address of the Picket server as devices reach it (that of --server).",
            HelpName = "URL",
        };
        return cli.Command(
            "template",
            "Show what an app's configuration begins with, and what can stand in it.",
            "picket publications template --platform Android",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var template = await session.Client.ConfigurationTemplateAsync(
                    id,
                    new ConfigurationTemplateFilter
                    {
                        Platform = session.Get(platform),
                        App = session.Get(app),
                        Server = session.Get(reached),
                    },
                    cancellationToken
                );
                session.Printer.Value(template, screen => ConfigurationText.Write(template, screen));
                return ExitCodes.Ok;
            },
            which,
            platform,
            app,
            reached
        );
    }

    public static Command Check(Cli cli)
    {
        var which = Targets.IntegrationOption();
        var platform = PlatformOption();
        var keys = KeysOption();
        var agent = new Option<bool>("--agent")
        {
            Description = "The app is Picket's agent: what it needs is checked too.",
        };
        return cli.Command(
            "check",
            "Say all mistakes of an app's configuration; writes nothing.",
            "picket publications check --platform Apple --set DeviceId={DeviceUid}",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var check = await session.Client.CheckConfigurationAsync(
                    id,
                    new CheckConfiguration
                    {
                        Platform = session.Get(platform),
                        Keys = [.. (session.Get(keys) ?? []).Select(KeyOf)],
                        ForAgent = session.Get(agent),
                    },
                    cancellationToken
                );
                session.Printer.Value(check, screen => ConfigurationText.Write(check, screen));
                return check.Mistakes.Count == 0 ? ExitCodes.Ok : ExitCodes.Problem;
            },
            which,
            platform,
            keys,
            agent
        );
    }

    public static Option<string[]> KeysOption() =>
        new("--set")
        {
            Description = "A key of the app's configuration, as key=value. Repeat it.",
            HelpName = "KEY=VALUE",
        };

    public static ConfigurationKey KeyOf(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } key, var value]
            ? new ConfigurationKey { Key = key, Value = value }
            : throw new UsageException($"'{text}' is no key=value.");

    private static Option<ConfiguredPlatform> PlatformOption() =>
        new("--platform") { Description = "What the app runs on.", Required = true };
}
