using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;
using Spectre.Console;

namespace Picket.Cli.Commands;

/// <summary><c>picket tags differences</c>: the devices that a tag run would touch.</summary>
internal static class TagDifferencesCommand
{
    private static readonly Column<TagDifference>[] Columns =
    [
        new("Device", row => row.DeviceId, Exact: true),
        new("Number", row => row.UemId, Exact: true),
        new("Name", row => row.FriendlyName),
        new("Level", row => row.Level, Exact: true)
        {
            Style = row => row.Level is { } level ? Palette.Of(level) : Style.Plain,
        },
        new("Gets", row => string.Join(", ", row.Gets)),
        new("Loses", row => string.Join(", ", row.Loses)),
    ];

    public static Command Create(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var never = new Option<bool>("--never-touched")
        {
            Description = "Those that differ and are on the never-touch list, instead.",
        };
        var run = new Option<Guid?>("--run")
        {
            Description = "What a held tag run showed when it was held, instead: what a yes is for.",
        };
        return cli.List(
            "differences",
            "List the devices that a tag run would touch now; writes nothing.",
            "picket tags differences Acme --all",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                return session.Client.TagDifferences(
                    id,
                    new TagDifferenceFilter
                    {
                        NeverTouched = session.Get(never) ? true : null,
                        Run = session.Get(run),
                        Cursor = cursor,
                        Limit = limit,
                    }
                );
            },
            Columns,
            which,
            never,
            run
        );
    }
}
