using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Publications and their funnels for people.</summary>
internal static class PublicationText
{
    private static readonly Column<RingView>[] Rings =
    [
        new("Ring", row => row.Name),
        new("Groups", row => string.Join(", ", row.SmartGroups.Select(group => group.Name).Concat(row.UserGroups))),
        new("Share", row => row.SharePercent is { } percent ? $"{percent}%" : null),
        new("State", row => row.State, Exact: true),
        new("Assigned", row => row.Assigned),
        new("Installed", row => row.Installed),
        new("Failed", row => row.Failed),
        new("Worsened", row => row.Worsened),
    ];

    private static readonly Column<RingPreview>[] Previews =
    [
        new("Ring", row => row.Ring),
        new("Assignment", row => row.Assignment),
        new("There", row => row.IsThere ? "yes" : "no"),
        new("Devices", row => row.Devices),
        new("Makes a smart group", row => row.MakesGroup ? "yes" : "no"),
        new("Excluded", row => row.IsExcluded ? "yes: its devices get nothing" : null),
    ];

    private static readonly Column<GapCount>[] Gaps =
    [
        new("Stage", row => row.Stage, Exact: true),
        new("Devices", row => row.Devices),
        new("Gap", row => row.Gap, Exact: true),
        new("Reason", row => row.Reason),
        new("Remedy", row => row.Remedy, Wide: true),
    ];

    public static void Write(PublicationView publication, Screen screen)
    {
        screen.Pairs(
            ("State", publication.State),
            ("Because", publication.Reason),
            ("Others wrote", publication.ForeignChange?.At),
            ("What they wrote", publication.ForeignChange is { } change ? TextOf(change) : null),
            ("Publication", publication.Id),
            ("Name", publication.Name),
            ("App", $"{publication.AppName} ({publication.Kind}, {publication.AppUuid})"),
            ("Delivery", publication.Delivery),
            ("Read", publication.ReadAt),
            ("Goes on", publication.GoesOnAt),
            ("Ended", publication.EndedAt),
            (
                "Next",
                publication.State switch
                {
                    PublicationState.Draft => $"`picket publications preview {publication.Id}`, then `start`",
                    PublicationState.Paused => $"`picket publications resume {publication.Id}`, or `undo`",
                    _ => null,
                }
            )
        );
        screen.Line();
        screen.Rows(publication.Rings, Rings);
    }

    public static void Write(PublicationPreview preview, Screen screen)
    {
        screen.Rows(preview.Rings, Previews);
        screen.Line();
        screen.Pairs(
            ("Cannot begin", preview.Stop),
            ("Mistakes", string.Join('\n', preview.Mistakes)),
            ("No way back", string.Join('\n', preview.NoWayBack)),
            ("Stay as they are", string.Join(", ", preview.Foreign.Select(name => $"'{name}'"))),
            (
                "Come first",
                string.Join('\n', preview.Shadows.Select(each => $"'{each.Foreign}' before the ring '{each.Ring}'"))
            ),
            ("Licences free", preview.Licences?.Free),
            ("Licences needed", preview.Licences?.Needed),
            ("Licences", preview.Licences?.Lack)
        );
    }

    private static string TextOf(ForeignChangeView change)
    {
        (string Word, IReadOnlyList<string> Names)[] parts =
        [
            ("added", change.Added),
            ("removed", change.Removed),
            ("changed", change.Changed),
        ];
        var named = parts
            .Where(part => part.Names.Count > 0)
            .Select(part => $"{part.Word} {string.Join(", ", part.Names.Select(name => $"'{name}'"))}");
        return string.Join("; ", change.Rest ? named.Append("changed the order or what is excluded") : named);
    }

    public static void Write(FunnelView funnel, Screen screen)
    {
        screen.Pairs([
            ("Read", funnel.ReadAt is { } at ? at : "not yet"),
            .. funnel.Stages.Select(stage => ($"{stage.Stage}", (object?)stage.Devices)),
        ]);
        screen.Line();
        screen.Rows(funnel.Gaps, Gaps);
    }

    public static void Write(DeploymentView deployment, Screen screen) =>
        screen.Pairs(
            ("Publishing", deployment.Enabled ? "on" : "off"),
            ("Because", deployment.WhyNot),
            ("Needs", string.Join('\n', deployment.Needs))
        );
}
