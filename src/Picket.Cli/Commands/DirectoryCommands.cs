using System.CommandLine;
using System.Globalization;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary>The lists that are only read: users, groups, administrators, tags.</summary>
internal static class DirectoryCommands
{
    internal static readonly Column<UserGroupView>[] UserGroupColumns =
    [
        new("Number", row => Whole(row.UemId), Exact: true),
        new("Name", row => row.Name),
        new("Members", row => row.Members),
    ];

    public static Command Users(Cli cli) =>
        Named<UserView>(
            cli,
            "users",
            "List the enrolment users.",
            "picket users --search a",
            (client, filter) => client.Users(filter),
            [
                new("User", row => row.Erased ? "(erased)" : row.UserName),
                new("Name", row => row.DisplayName),
                new("E-mail", row => row.Email),
                new("Group", row => row.OrganizationGroup),
                new("Active", row => row.Active),
            ]
        );

    public static Command Groups(Cli cli) =>
        new("groups", "User groups, organization groups, smart groups.")
        {
            Named<UserGroupView>(
                cli,
                "user",
                "List the user groups.",
                "picket groups user",
                (client, filter) => client.UserGroups(filter),
                UserGroupColumns
            ),
            Named<OrganizationGroupView>(
                cli,
                "organization",
                "List the organization groups.",
                "picket groups organization --all",
                (client, filter) => client.OrganizationGroups(filter),
                [
                    new("Number", row => Whole(row.UemId), Exact: true),
                    new("Name", row => row.Name),
                    new("Group ID", row => row.GroupId),
                    new("Type", row => row.Type),
                    new("Below", row => row.ParentUemId is { } parent ? Whole(parent) : ""),
                ]
            ),
            Named<SmartGroupView>(
                cli,
                "smart",
                "List the smart groups.",
                "picket groups smart",
                (client, filter) => client.SmartGroups(filter),
                [
                    new("Number", row => Whole(row.UemId), Exact: true),
                    new("Name", row => row.Name),
                    new("Devices", row => row.Devices),
                ]
            ),
        };

    public static Command Administrators(Cli cli) =>
        Named<AdministratorView>(
            cli,
            "administrators",
            "List the administrator accounts of the UEM.",
            "picket administrators",
            (client, filter) => client.Administrators(filter),
            [
                new("Account", row => row.UserName),
                new("Name", row => row.DisplayName),
                new("Active", row => row.Active),
                new("Roles", row => string.Join("; ", row.Roles.Select(Role))),
            ]
        );

    public static Command Tags(Cli cli) =>
        Named<TagView>(
            cli,
            "list",
            "List the tags of the UEM.",
            "picket tags list",
            (client, filter) => client.Tags(filter),
            [
                new("Number", row => Whole(row.UemId), Exact: true),
                new("Name", row => row.Name),
                new("Devices", row => row.Devices),
                new("Picket's", row => row.Managed),
            ]
        );

    private static Command Named<T>(
        Cli cli,
        string name,
        string description,
        string example,
        Func<PicketClient, ListFilter, PagedList<T>> open,
        IReadOnlyList<Column<T>> columns
    )
    {
        var integration = Targets.IntegrationOption();
        var search = new Option<string?>("--search") { Description = "Name starts with this." };
        return cli.List(
            name,
            description,
            example,
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return open(
                    session.Client,
                    new ListFilter
                    {
                        IntegrationId = id,
                        Search = session.Get(search),
                        Cursor = cursor,
                        Limit = limit,
                    }
                );
            },
            columns,
            integration,
            search
        );
    }

    private static string Role(AdministratorRole role) =>
        role.OrganizationGroup is { } group ? $"{role.Name} at {group}" : role.Name;

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
