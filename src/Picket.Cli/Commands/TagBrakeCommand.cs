using System.CommandLine;
using Picket.Api;

namespace Picket.Cli.Commands;

/// <summary><c>picket tags brake</c>: how much a tag run may change before a person is asked.</summary>
internal static class TagBrakeCommand
{
    public static Command Create(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var percent = Limit<double?>("--percent", "PERCENT", "Of the enrolled devices, within an hour: 0 to 100 (5).");
        var least = Limit<int?>("--least", "DEVICES", "May always change within an hour, however small the fleet (5).");
        var perRun = Limit<int?>("--per-run", "DEVICES", "Of one run; 0 for no such limit (0).");
        var perHour = Limit<int?>("--per-hour", "DEVICES", "Within an hour, whatever share; 0 for no such limit (0).");
        var group = Limit<double?>("--group-percent", "PERCENT", "Of one organization group; 0 for no such limit (0).");
        return cli.Command(
            "brake",
            "Show or change how much a tag run may change before a person is asked.",
            "picket tags brake Acme\npicket tags brake Acme --percent 2 --group-percent 20",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var present = await session.Client.IntegrationAsync(id, cancellationToken);
                var now = present.TagBrake;
                var wish = new TagBrakeSettings
                {
                    Percent = session.Get(percent) ?? now.Percent,
                    Least = session.Get(least) ?? now.Least,
                    PerRun = session.Get(perRun) is { } most ? NoneIfZero(most) : now.PerRun,
                    PerHour = session.Get(perHour) is { } hourly ? NoneIfZero(hourly) : now.PerHour,
                    GroupPercent = session.Get(group) is { } share ? NoneIfZero(share) : now.GroupPercent,
                };
                if (wish != now)
                {
                    var change = new ChangeIntegration { TagBrake = wish };
                    now = (
                        await session.Client.ChangeIntegrationAsync(id, present.Version, change, cancellationToken)
                    ).TagBrake;
                }

                session.Printer.Value(
                    now,
                    screen =>
                        screen.Pairs([
                            ("Within an hour", $"{now.Percent:0.##}% of the fleet"),
                            ("Always allowed", now.Least),
                            ("In one run", now.PerRun is { } run ? run : "no limit"),
                            ("In one hour", now.PerHour is { } hour ? hour : "no limit"),
                            ("Of one group", now.GroupPercent is { } of ? $"{of:0.##}%" : "no limit"),
                        ])
                );
                return ExitCodes.Ok;
            },
            which,
            percent,
            least,
            perRun,
            perHour,
            group
        );
    }

    private static Option<T> Limit<T>(string name, string of, string what) =>
        new(name) { Description = what, HelpName = of };

    private static T? NoneIfZero<T>(T limit)
        where T : struct => limit.Equals(default(T)) ? null : limit;
}
