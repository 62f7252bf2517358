using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Makes drafts: finds the app in the UEM's catalogue and the rings' smart groups in the inventory.</summary>
internal sealed class PublicationMaker(
    PicketDatabase database,
    UemConnections connections,
    AuditLog audit,
    TimeProvider time
)
{
    private const int MostRings = 20;
    private const int LongestName = 60;

    /// <returns>The draft's id, or all mistakes at once.</returns>
    /// <exception cref="WorkspaceOneException">The UEM could not be asked.</exception>
    /// <exception cref="DeploymentStoppedException">Its catalogue could not be read as a whole.</exception>
    public async Task<(Guid? Made, IReadOnlyDictionary<string, string[]> Mistakes)> MakeAsync(
        IntegrationRow integration,
        CreatePublication wish,
        string actor,
        CancellationToken cancellation
    )
    {
        var mistakes = new Dictionary<string, string[]>();
        CheckPlain(wish, mistakes);
        var (groups, wrongGroups) = await RingGroupFinder.FindAsync(
            database,
            integration.Id,
            [.. (wish.Rings ?? []).Take(MostRings)],
            cancellation
        );
        if (wrongGroups.Count > 0)
        {
            mistakes["rings"] = [.. mistakes.GetValueOrDefault("rings", []), .. wrongGroups];
        }

        if (mistakes.Count > 0)
        {
            return (null, mistakes);
        }

        var connection = await connections.OpenAsync(integration.Id, cancellation);
        var client = connection.Client.Interactive;
        var app = await FindAsync(client, integration.OrganizationGroupId, wish, mistakes, cancellation);
        if (app is not null)
        {
            if (wish.DeviceLicences && app.AppType != $"{PublishedAppKind.Purchased}")
            {
                mistakes["deviceLicences"] = [NotPurchased];
            }

            var keys = PublicationJson.CoreOf(wish.Configuration);
            var wrong = await ConfigurationTemplates.MistakesAsync(
                client,
                integration,
                app.Platform.Number,
                keys,
                cancellation
            );
            if (wrong.Count > 0)
            {
                mistakes["configuration"] = [.. wrong];
            }
        }

        await connection.SaveQuotaAsync(cancellation);
        return app is null || mistakes.Count > 0
            ? (null, mistakes)
            : (await SaveAsync(integration.Id, wish, app, groups, actor, cancellation), mistakes);
    }

    private static void CheckPlain(CreatePublication wish, Dictionary<string, string[]> mistakes)
    {
        Check("name", IsName(wish.Name), $"A name has 1 to {LongestName} characters, and no blanks around.");
        Check(
            "appUuid",
            wish.AppUuid is not null || !string.IsNullOrWhiteSpace(wish.BundleId),
            "Name the app by its unique id or its bundle id."
        );
        Check("rings", wish.Rings is { Count: > 0 and <= MostRings }, $"A publication has 1 to {MostRings} rings.");
        Check(
            "configuration",
            wish.Configuration.Count <= ConfigurationTemplates.MostKeys,
            $"A configuration has at most {ConfigurationTemplates.MostKeys} keys."
        );
        var rings = wish.Rings ?? [];
        Check(
            "rings",
            rings.All(ring => IsName(ring.Name)),
            $"A ring's name has 1 to {LongestName} characters, and no blanks around."
        );
        Check(
            "rings",
            rings.DistinctBy(ring => WantedAssignment.NameOf("", ring.Name ?? "").ToUpperInvariant()).Count()
                == rings.Count,
            "Two rings have the same name: what Picket made is known by it."
        );
        Check(
            "rings",
            rings.All(ring =>
                (ring.SmartGroups ?? []).Count + (ring.UserGroups ?? []).Count is > 0 and <= RingGroupFinder.MostGroups
            ),
            $"A ring has 1 to {RingGroupFinder.MostGroups} groups."
        );
        Check(
            "rings",
            rings.All(ring =>
                ring.UserGroups is null or { Count: 0 }
                || (ring.SmartGroups is null or { Count: 0 } && ring.SharePercent is null)
            ),
            "A ring has smart groups or user groups, and a share is of smart groups only."
        );
        Check(
            "rings",
            rings.All(ring => ring.SharePercent is null or (>= 1 and <= 99)),
            "A ring's share is 1 to 99 percent. Leave it out for all devices."
        );
        Check("deviceLicences", !wish.DeviceLicences || wish.Kind is null or PublishedAppKind.Purchased, NotPurchased);
        var rules = wish.Rules;
        Check("rules.watchMinutes", rules.WatchMinutes is >= 0 and <= 43_200, "From 0 to 43200.");
        Check("rules.deadlineHours", rules.DeadlineHours is >= 1 and <= 2_160, "From 1 to 2160.");
        Check("rules.installedPercent", rules.InstalledPercent is >= 1 and <= 100, "From 1 to 100.");
        Check("rules.failedPercent", rules.FailedPercent is >= 0 and <= 100, "From 0 to 100.");
        Check("rules.worsenedPercent", rules.WorsenedPercent is >= 0 and <= 100, "From 0 to 100.");

        void Check(string field, bool isGood, string text)
        {
            if (!isGood)
            {
                mistakes[field] = [.. mistakes.GetValueOrDefault(field, []), text];
            }
        }
    }

    private const string NotPurchased = "Only purchased apps have licences.";

    private static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && name == name.Trim();

    private static async Task<CatalogueApp?> FindAsync(
        WorkspaceOneClient client,
        int group,
        CreatePublication wish,
        Dictionary<string, string[]> mistakes,
        CancellationToken cancellation
    )
    {
        var found = new List<CatalogueApp>();
        foreach (var kind in Enum.GetValues<PublishedAppKind>().Where(kind => wish.Kind is null || wish.Kind == kind))
        {
            var apps = await CatalogueReader.FindAsync(client, group, kind, wish.BundleId, cancellation);
            found.AddRange(apps.Where(app => app.Uuid is { } uuid && (wish.AppUuid is null || uuid == wish.AppUuid)));
        }

        if (found is [var one])
        {
            return one;
        }

        mistakes["appUuid"] =
        [
            found.Count == 0
                ? "The UEM's catalogue has no such app in reach of the integration's organization group. Add it there first."
                : $"Several apps fit: {string.Join(", ", found.Select(app => $"{app.Name} {app.Version} ({app.AppType}, {app.Uuid})"))}. Give the unique id.",
        ];
        return null;
    }

    private async Task<Guid> SaveAsync(
        Guid integration,
        CreatePublication wish,
        CatalogueApp app,
        IReadOnlyList<IReadOnlyList<RingGroup>> groups,
        string actor,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var row = new PublicationRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            Name = wish.Name,
            AppUuid = app.Uuid!.Value,
            AppId = app.Id,
            AppName = app.Name ?? app.BundleId ?? $"{app.Uuid}",
            BundleId = app.BundleId,
            Kind = Enum.Parse<PublishedAppKind>(app.AppType!),
            Platform = app.Platform.Number,
            Delivery = wish.Delivery,
            PreventRemoval = wish.PreventRemoval,
            DeviceLicences = wish.DeviceLicences,
            Configuration = PublicationJson.Of(wish.Configuration),
            WatchMinutes = wish.Rules.WatchMinutes,
            DeadlineHours = wish.Rules.DeadlineHours,
            InstalledPercent = wish.Rules.InstalledPercent,
            FailedPercent = wish.Rules.FailedPercent,
            WorsenedPercent = wish.Rules.WorsenedPercent,
            MadeBy = actor,
            MadeAt = now,
        };
        await using var db = database.Open();
        db.Publications.Add(row);
        db.PublicationRings.AddRange(
            wish.Rings.Select(
                (ring, number) =>
                    new PublicationRingRow
                    {
                        Id = Guid.CreateVersion7(now),
                        PublicationId = row.Id,
                        Number = number,
                        Name = ring.Name,
                        Groups = RingGroups.Json(groups[number]),
                        SharePercent = ring.SharePercent,
                    }
            )
        );
        audit.Add(
            db,
            actor,
            "publication.made",
            $"{row.Id}",
            after: new
            {
                row.Name,
                row.AppName,
                row.AppUuid,
            }
        );
        await db.SaveChangesAsync(cancellation);
        return row.Id;
    }
}

/// <summary>The UEM's numbers.</summary>
internal static class UemPlatforms
{
    public const int Apple = 2;
    public const int Android = 5;
}
