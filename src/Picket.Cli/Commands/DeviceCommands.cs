using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket devices</c>.</summary>
internal static class DeviceCommands
{
    internal static readonly Column<DeviceSummary>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Level", row => row.Level, Exact: true) { Style = row => Palette.Of(row.Level) },
        new("Name", row => row.FriendlyName),
        new("System", row => $"{row.Platform} {row.OsVersion}"),
        new("Found", row => row.Findings, Exact: true),
        new("Contact", row => row.LastSeenAt, Exact: true, Wide: true),
        new("User", row => row.User, Wide: true),
        new("Group", row => row.OrganizationGroup, Wide: true),
        new("Serial number", row => row.SerialNumber, Wide: true),
    ];

    private static readonly Column<DeviceAppView>[] Apps =
    [
        new("App", row => row.AppId ?? "(kept as a hash)"),
        new("Name", row => row.Name),
        new("Version", row => row.Version),
        new("Managed", row => row.Managed, Wide: true),
        new("First seen", row => row.FirstSeenAt, Exact: true),
        new("Gone", row => row.RemovedAt, Exact: true),
    ];

    private static readonly Column<HistoryEntry>[] History =
    [
        new("At", row => Cell.Time(row.At), Exact: true),
        new("Kind", row => row.Kind),
        new("What", row => row.Name),
        new("Before", row => row.Before),
        new("After", row => row.After),
    ];

    public static Command Create(Cli cli) =>
        new("devices", "The devices with their verdicts.")
        {
            DeviceList(cli),
            Show(cli),
            RegisterCommand.Create(cli),
            OfOne(
                cli,
                "apps",
                "List the apps of a device, now and before.",
                "picket devices apps C02ABCDEF",
                (client, id, cursor, limit) => client.DeviceApps(id, cursor, limit),
                Apps
            ),
            OfOne(
                cli,
                "history",
                "List what changed on a device, newest first.",
                "picket devices history C02ABCDEF",
                (client, id, cursor, limit) => client.DeviceHistory(id, cursor, limit),
                History
            ),
        };

    private static Command DeviceList(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var level = new Option<Level?>("--level") { Description = "Only this level." };
        var platform = new Option<string?>("--platform") { Description = "Only this platform, e.g. iOS or Android." };
        var group = new Option<string?>("--organization-group", "--og")
        {
            Description = "Only this organization group.",
        };
        var ungrouped = new Option<bool>("--without-group")
        {
            Description = "Only what the UEM names no organization group of.",
        };
        var tagged = new Option<Level?>("--tagged-as")
        {
            Description = "Only what carries Picket's tag of this level, whatever its level is now.",
            HelpName = "LEVEL",
        };
        var ownership = new Option<DeviceOwnership?>("--ownership") { Description = "Only this ownership." };
        var search = new Option<string?>("--search") { Description = "Name, serial number or user starts with this." };
        var finding = new Option<string?>("--finding")
        {
            Description = "Only with a finding of this kind, e.g. app.stalkerware; `picket findings kinds` lists them.",
        };
        var app = new Option<string?>("--app") { Description = "Only with this app (bundle or package id)." };
        var tag = new Option<string?>("--tag")
        {
            Description = "Only what carries this tag of Picket's, as last confirmed.",
            HelpName = "NAME",
        };
        var cve = new Option<string?>("--cve")
        {
            Description = "Only what lacks the fix of this exploited vulnerability, e.g. CVE-2025-24201.",
        };
        var lacks = new Option<string?>("--lacks")
        {
            Description = "Only what this fact is not known of, e.g. Apps or Passcode.",
            HelpName = "FACT",
        };
        var cause = new Option<string?>("--cause")
        {
            Description = "With --lacks: only for this cause, e.g. HiddenByPrivacy.",
            HelpName = "CAUSE",
        };
        var fact = new Option<string?>("--fact")
        {
            Description = "With --fact-age: only where this fact is so old, e.g. Apps.",
            HelpName = "FACT",
        };
        var age = new Option<FactAge?>("--fact-age") { Description = "How old the fact of --fact is." };
        var feed = new Option<Guid?>("--feed")
        {
            Description = "With --feed-entry: the feed, by its id as in `picket feeds list`.",
            HelpName = "ID",
        };
        var entry = new Option<string?>("--feed-entry")
        {
            Description = "Only with an app that this entry of the feed matches.",
            HelpName = "VALUE",
        };
        var user = new Option<string?>("--user")
        {
            Description = "Only what this enrolment user has (sign-in name or id).",
            HelpName = "NAME",
        };
        return cli.List(
            "list",
            "List the devices.",
            "picket devices list --level critical\npicket devices list --platform Android --finding app.stalkerware --all\n"
                + "picket devices list --tagged-as critical --level secure",
            async (session, cursor, limit, cancellationToken) =>
            {
                var filter = new DeviceFilter
                {
                    IntegrationId = await session.IntegrationOrAllAsync(integration, cancellationToken),
                    Level = session.Get(level),
                    Platform = session.Get(platform),
                    OrganizationGroup = session.Get(group),
                    WithoutGroup = session.Get(ungrouped) ? true : null,
                    TaggedAs = session.Get(tagged),
                    Tag = session.Get(tag),
                    Ownership = session.Get(ownership),
                    Search = session.Get(search),
                    Finding = session.Get(finding),
                    App = session.Get(app),
                    Cursor = cursor,
                    Limit = limit,
                    Cve = session.Get(cve),
                    Lacks = session.Get(lacks),
                    Cause = session.Get(cause),
                    Fact = session.Get(fact),
                    FactAge = session.Get(age),
                    Feed = session.Get(feed),
                    FeedEntry = session.Get(entry),
                    UserId = session.Get(user) is { } person
                        ? await session.UserAsync(person, cancellationToken)
                        : null,
                };
                return session.Client.Devices(filter);
            },
            Columns,
            integration,
            level,
            platform,
            group,
            ungrouped,
            tagged,
            tag,
            ownership,
            search,
            finding,
            app,
            cve,
            lacks,
            cause,
            fact,
            age,
            feed,
            entry,
            user
        );
    }

    private static Command Show(Cli cli)
    {
        var which = Targets.DeviceArgument();
        return cli.Command(
            "show",
            "Show a device: verdict, findings with evidence, facts with their age.",
            "picket devices show C02ABCDEF",
            async (session, cancellationToken) =>
            {
                var id = await session.DeviceAsync(session.Get(which), cancellationToken);
                var view = await session.Client.DeviceAsync(id, cancellationToken);
                session.Printer.Value(view, screen => DeviceText.Write(view, screen));
                return ExitCodes.Ok;
            },
            which
        );
    }

    private static Command OfOne<T>(
        Cli cli,
        string name,
        string description,
        string example,
        Func<PicketClient, Guid, string?, int?, PagedList<T>> open,
        IReadOnlyList<Column<T>> columns
    )
    {
        var which = Targets.DeviceArgument();
        return cli.List(
            name,
            description,
            example,
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.DeviceAsync(session.Get(which), cancellationToken);
                return open(session.Client, id, cursor, limit);
            },
            columns,
            which
        );
    }
}
