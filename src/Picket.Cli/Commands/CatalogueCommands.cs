using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary>The part of <c>picket apps</c> that is about the UEM's catalogue.</summary>
internal static class CatalogueCommands
{
    private static readonly Column<CatalogueAppView>[] Columns =
    [
        new("Number", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("Version", row => row.Version),
        new("App", row => row.BundleId),
        new("Kind", row => row.Kind, Exact: true),
        new("Platform", row => row.Platform, Exact: true),
        new("Status", row => row.Status, Exact: true),
        new("Assigned", row => row.Assigned, Wide: true),
        new("Installed", row => row.Installed),
        new("Organization group", row => row.OrganizationGroup, Wide: true),
        new("Unique id", row => row.Uuid, Exact: true, Wide: true),
    ];

    public static IEnumerable<Command> Create(Cli cli) =>
        [
            List(cli),
            Add(cli),
            Upload(cli),
            Retire(
                cli,
                "retire",
                "Retire a version of an internal app: devices lose it, and get an older one that is assigned.",
                retired: true
            ),
            Retire(cli, "unretire", "Bring a retired version of an internal app back.", retired: false),
        ];

    private static Command List(Cli cli)
    {
        var which = Targets.IntegrationOption();
        var bundle = new Option<string?>("--bundle")
        {
            Description = "Only this whole bundle id or package name.",
            HelpName = "ID",
        };
        var search = new Option<string?>("--search")
        {
            Description = "Name or bundle id holds this.",
            HelpName = "TEXT",
        };
        var kind = new Option<PublishedAppKind?>("--kind") { Description = "Only apps of this kind." };
        return cli.List(
            "catalogue",
            "List the apps of the UEM's catalogue as they are now.",
            "picket apps catalogue --kind internal\npicket apps catalogue --search guard",
            async (session, cursor, limit, cancellationToken) =>
                session.Client.Catalogue(
                    await session.IntegrationAsync(session.Get(which), cancellationToken),
                    new CatalogueFilter
                    {
                        BundleId = session.Get(bundle),
                        Search = session.Get(search),
                        Kind = session.Get(kind),
                        Cursor = cursor,
                        Limit = limit,
                    }
                ),
            Columns,
            which,
            bundle,
            search,
            kind
        );
    }

    private static Command Add(Cli cli)
    {
        var bundle = new Argument<string>("app") { Description = "Bundle id or package name." };
        var which = Targets.IntegrationOption();
        var name = new Option<string>("--name")
        {
            Description = "What administrators call it.",
            HelpName = "TEXT",
            Required = true,
        };
        var platform = PlatformOption();
        var store = new Option<string?>("--store-id")
        {
            Description = "Apple's number of the app.",
            HelpName = "NUMBER",
        };
        var url = new Option<string?>("--url") { Description = "Its address in the store.", HelpName = "URL" };
        return cli.Command(
            "add",
            "Add a store app to the UEM's catalogue; no device gets it by that.",
            "picket apps add com.example.guard --name Guard --platform android\n"
                + "picket apps add com.example.guard --name Guard --platform apple --store-id 123456789",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var app = new AddStoreApp
                {
                    Name = session.Get(name)!,
                    BundleId = session.Get(bundle),
                    Platform = session.Get(platform),
                    StoreId = session.Get(store),
                    Url = session.Get(url),
                };
                return Told(session, await session.Client.AddStoreAppAsync(id, app, cancellationToken));
            },
            bundle,
            which,
            name,
            platform,
            store,
            url
        );
    }

    private static Command Upload(Cli cli)
    {
        var file = new Argument<FileInfo>("file") { Description = "The app's file, such as guard.apk or guard.ipa." };
        var which = Targets.IntegrationOption();
        var name = new Option<string>("--name")
        {
            Description = "What people call it.",
            HelpName = "TEXT",
            Required = true,
        };
        var bundle = new Option<string>("--bundle")
        {
            Description = "Bundle id or package name, as the file has it.",
            HelpName = "ID",
            Required = true,
        };
        var version = new Option<string>("--app-version")
        {
            Description = "Version, as the file has it.",
            HelpName = "VERSION",
            Required = true,
        };
        var platform = PlatformOption();
        var carry = new Option<bool>("--carry-over")
        {
            Description = "Give it at once to those who have the version before it.",
        };
        return cli.Command(
            "upload",
            "Make a version of an internal app of a file; no device gets it by that, unless assignments are carried over.",
            "picket apps upload guard.apk --name Guard --bundle com.example.guard --app-version 2.1.0 --platform android",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var source = session.Get(file);
                await using var stream = source.OpenRead();
                var app = new UploadAppFilter
                {
                    Name = session.Get(name),
                    BundleId = session.Get(bundle),
                    Version = session.Get(version),
                    Platform = session.Get(platform),
                    FileName = source.Name,
                    CarryOver = session.Get(carry),
                };
                return Told(session, await session.Client.UploadAppAsync(id, app, stream, cancellationToken));
            },
            file,
            which,
            name,
            bundle,
            version,
            platform,
            carry
        );
    }

    private static Command Retire(Cli cli, string name, string description, bool retired)
    {
        var number = new Argument<int>("number")
        {
            Description = "The app's number, as `picket apps catalogue` shows it.",
        };
        var which = Targets.IntegrationOption();
        var yes = Confirmation.Yes();
        return cli.Command(
            name,
            description,
            $"picket apps {name} 2027",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                session.Confirm(
                    yes,
                    retired
                        ? $"Take app {session.Get(number)} off the devices that have it?"
                        : $"Give app {session.Get(number)} to the devices that it is assigned to again?"
                );
                return Told(
                    session,
                    retired
                        ? await session.Client.RetireAppAsync(id, session.Get(number), cancellationToken)
                        : await session.Client.UnretireAppAsync(id, session.Get(number), cancellationToken)
                );
            },
            number,
            which,
            yes
        );
    }

    private static Option<AppPlatform> PlatformOption() =>
        new("--platform") { Description = "Apple or Android.", Required = true };

    private static int Told(Session session, CatalogueChange change)
    {
        session.Printer.Value(change, screen => Write(change, screen));
        return ExitCodes.Ok;
    }

    private static void Write(CatalogueChange change, Screen screen)
    {
        screen.Pairs(
            ("App", change.App.Name),
            ("Version", change.App.Version),
            ("Number", change.App.Id),
            ("Unique id", change.App.Uuid),
            ("Status", change.App.Status),
            ("Was so", change.WasSo ? "yes: nothing changed" : null),
            ("Next", change.App.Uuid is { } uuid ? $"`picket apps publish {uuid} --ring …`" : null)
        );
        if (change.Versions.Count > 0)
        {
            screen.Line();
            screen.Rows(change.Versions, Columns);
        }
    }
}
