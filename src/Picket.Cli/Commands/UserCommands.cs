using System.CommandLine;
using System.Globalization;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket users</c>: the enrolment users, what is kept of one, and how it is taken along or erased.</summary>
internal static class UserCommands
{
    public static Command Create(Cli cli)
    {
        var list = DirectoryCommands.Users(cli);
        list.Add(Show(cli));
        list.Add(
            OfOne(
                cli,
                "devices",
                "List the devices of a user.",
                (client, id, cursor, limit) =>
                    client.Devices(
                        new DeviceFilter
                        {
                            UserId = id,
                            Cursor = cursor,
                            Limit = limit,
                        }
                    ),
                DeviceCommands.Columns
            )
        );
        list.Add(
            OfOne(
                cli,
                "groups",
                "List the user groups that a user is in.",
                (client, id, cursor, limit) => client.GroupsOfUser(id, cursor, limit),
                DirectoryCommands.UserGroupColumns
            )
        );
        list.Add(Export(cli));
        list.Add(Erase(cli));
        list.Add(Keep(cli));
        return list;
    }

    private static Command Show(Cli cli)
    {
        var which = Targets.UserArgument();
        return cli.Command(
            "show",
            "Show a user: facts, devices by level, groups.",
            "picket users show anna",
            async (session, cancellationToken) =>
            {
                var id = await session.UserAsync(session.Get(which), cancellationToken);
                var user = await session.Client.UserAsync(id, cancellationToken);
                session.Printer.Value(user, screen => screen.Pairs(Facts(user)));
                return ExitCodes.Ok;
            },
            which
        );
    }

    private static Command OfOne<T>(
        Cli cli,
        string name,
        string description,
        Func<PicketClient, Guid, string?, int?, PagedList<T>> open,
        IReadOnlyList<Column<T>> columns
    )
    {
        var which = Targets.UserArgument();
        return cli.List(
            name,
            description,
            $"picket users {name} anna",
            async (session, cursor, limit, cancellationToken) =>
                open(session.Client, await session.UserAsync(session.Get(which), cancellationToken), cursor, limit),
            columns,
            which
        );
    }

    private static Command Export(Cli cli)
    {
        var which = Targets.UserArgument();
        var file = new Argument<FileInfo>("file") { Description = "Where to write it; it must not exist yet." };
        return cli.Command(
            "export",
            "Write all that Picket keeps about a person into a JSON file. It is noted in the audit.",
            "picket users export anna anna.json",
            async (session, cancellationToken) =>
            {
                var target = session.Get(file);
                if (target.Exists)
                    throw new UsageException($"{target.Name} exists already; nothing was written.");
                var id = await session.UserAsync(session.Get(which), cancellationToken);
                await WriteAsync(session.Client, id, target, cancellationToken);
                session.Printer.Remark($"All that is kept is in {target.Name}.");
                return ExitCodes.Ok;
            },
            which,
            file
        );
    }

    /// <summary>Half a file would be taken for all that is kept.</summary>
    private static async Task WriteAsync(
        PicketClient client,
        Guid id,
        FileInfo target,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var stream = new FileStream(target.FullName, FileMode.CreateNew);
            await client.ExportUserAsync(id, stream, cancellationToken);
        }
        catch
        {
            File.Delete(target.FullName);
            throw;
        }
    }

    private static Command Erase(Cli cli)
    {
        var which = Targets.UserArgument();
        var yes = Confirmation.Yes();
        return cli.Command(
            "erase",
            "Remove what Picket keeps about a person, for good. What goes is counted before it asks.",
            "picket users erase anna",
            async (session, cancellationToken) =>
            {
                var id = await session.UserAsync(session.Get(which), cancellationToken);
                var user = (await session.Client.UserAsync(id, cancellationToken)).User;
                var name = user.UserName.Length > 0 ? user.UserName : Whole(user.UemId);
                var erasure = await session.Client.ErasureOfUserAsync(id, cancellationToken);
                session.Confirm(yes, $"{Told(erasure)} Erase {name} for good?");
                erasure = await session.Client.EraseUserAsync(id, new EraseUser(name), cancellationToken);
                session.Printer.Value(erasure, screen => screen.Pairs(Counts(erasure)));
                return ExitCodes.Ok;
            },
            which,
            yes
        );
    }

    private static Command Keep(Cli cli)
    {
        var id = Targets.IdArgument("user", "Id of the user, as `picket users -o json` shows it.");
        return cli.Command(
            "keep",
            "Let a person who was erased be kept by name again, from the next full run on.",
            "picket users keep 0198c0de-0000-7000-8000-00000000000f",
            async (session, cancellationToken) =>
            {
                await session.Client.LiftErasureOfUserAsync(session.Get(id), cancellationToken);
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static (string, object?)[] Facts(UserDetails user) =>
        [
            ("User", new Styled(user.User.Erased ? "(erased)" : user.User.UserName, Palette.Strong)),
            ("Name", user.User.DisplayName),
            ("E-mail", user.User.Email),
            ("Id", user.User.Id),
            ("Number", Whole(user.User.UemId)),
            ("Organization group", user.User.OrganizationGroup),
            ("Active", user.User.Active),
            ("Devices", Levels(user.Devices)),
            ("Devices that left", user.DevicesGone),
            ("Findings", user.Findings),
            ("User groups", user.Groups),
            ("First seen", user.FirstSeenAt),
            ("Read", user.ReadAt),
            ("Left", user.GoneAt),
            ("Erased", user.ErasedAt),
        ];

    private static (string, object?)[] Counts(ErasureView erasure) =>
        [
            ("Remembered by number", erasure.Remembered),
            ("Memberships", erasure.Groups),
            ("Devices", erasure.Devices),
            ("History entries", erasure.HistoryEntries),
            ("Lines of imports", erasure.ImportLines),
            ("Named elsewhere", erasure.NamedElsewhere),
        ];

    private static string Told(ErasureView erasure) =>
        $"{erasure.Groups} memberships go, {erasure.Devices} devices and {erasure.HistoryEntries} entries of the history "
        + $"lose the name; {(erasure.Remembered ? "the number in the UEM is remembered" : "nothing is remembered")}."
        + (
            erasure.NamedElsewhere > 0
                ? $" {erasure.NamedElsewhere} devices of others are called after this person: rename them in the UEM."
                : ""
        );

    private static string Levels(LevelCounts counts)
    {
        (string Name, int Count)[] levels =
        [
            ("critical", counts.Critical),
            ("high", counts.High),
            ("medium", counts.Medium),
            ("low", counts.Low),
            ("secure", counts.Secure),
            ("unknown", counts.Unknown),
        ];
        var some = levels.Where(level => level.Count > 0).Select(level => $"{level.Count} {level.Name}");
        return string.Join(", ", some) is { Length: > 0 } text ? text : "none";
    }

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
