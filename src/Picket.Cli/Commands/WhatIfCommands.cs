using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket what-if</c>.</summary>
internal static class WhatIfCommands
{
    private static readonly Column<WhatIfDevice>[] Columns =
    [
        new("Device", row => row.Name),
        new("From", row => row.Before, Exact: true) { Style = row => Palette.Of(row.Before) },
        new("To", row => row.After, Exact: true) { Style = row => Palette.Of(row.After) },
        new("Comes", row => string.Join(", ", row.Comes)),
        new("Goes", row => string.Join(", ", row.Goes)),
        new("Gets", row => string.Join(", ", row.Gets), Wide: true),
        new("Loses", row => string.Join(", ", row.Loses), Wide: true),
        new("Id", row => row.DeviceId, Wide: true),
    ];

    public static Command Create(Cli cli)
    {
        var policy = new Option<FileInfo?>("--policy")
        {
            Description = "A policy document in place of the one in force.",
        };
        var feed = new Option<string?>("--feed") { Description = "A feed of which another version is tried." };
        var version = new Option<Guid?>("--feed-version")
        {
            Description = "The version's id; `picket feeds versions` lists them.",
        };
        var days = new Option<int?>("--days") { Description = "Days before today that are tried too, 0 to 30." };
        var command = cli.Command(
            "what-if",
            "Judge the fleet as if a policy or a version of a feed were in force. Changes nothing.",
            "picket what-if --policy policy.yaml\npicket what-if --feed stalkerware --feed-version 019f0000-0000-7000-8000-000000000000",
            async (session, cancellationToken) =>
            {
                var tried = await session.Client.WhatIfAsync(
                    new WhatIfWish
                    {
                        Policy = session.Get(policy) is { } file
                            ? await File.ReadAllTextAsync(file.FullName, cancellationToken)
                            : null,
                        FeedId = session.Get(feed) is { } name
                            ? await session.FeedAsync(name, cancellationToken)
                            : null,
                        FeedVersionId = session.Get(version),
                        Days = session.Get(days),
                    },
                    cancellationToken
                );
                session.Printer.Value(tried, screen => WhatIfText.Write(tried, screen));
                session.Printer.Remark(LevelText.WhatSecureRestsOn);
                return ExitCodes.Ok;
            },
            policy,
            feed,
            version,
            days
        );
        command.Add(Devices(cli));
        return command;
    }

    private static Command Devices(Cli cli)
    {
        var trial = new Argument<Guid>("trial") { Description = "The trial's id, as `picket what-if` printed it." };
        var before = new Option<Level?>("--from") { Description = "Only devices of this level without the change." };
        var after = new Option<Level?>("--to") { Description = "Only devices of this level with the change." };
        var tag = new Option<string?>("--tag")
        {
            Description = "Only devices that get or lose this tag of the policy's sets.",
            HelpName = "NAME",
        };
        return cli.List(
            "devices",
            "List the devices on which the change of a trial tells, within an hour of it.",
            "picket what-if devices 019f0000-0000-7000-8000-000000000000 --to critical",
            (session, cursor, limit) =>
                session.Client.WhatIfDevices(
                    session.Get(trial),
                    new WhatIfFilter
                    {
                        Before = session.Get(before),
                        After = session.Get(after),
                        Tag = session.Get(tag),
                        Cursor = cursor,
                        Limit = limit,
                    }
                ),
            Columns,
            trial,
            before,
            after,
            tag
        );
    }
}
