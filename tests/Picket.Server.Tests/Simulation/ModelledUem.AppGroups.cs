using System.Collections.Specialized;
using System.Net;
using System.Text.Json;

namespace Picket.Server.Tests.Simulation;

/// <summary>A list of apps of the UEM. Picket's are those that Picket made.</summary>
internal sealed class ModelledAppGroup(int id, string name, string platform, bool isPickets, IEnumerable<string> apps)
{
    public int Id { get; } = id;
    public string Name { get; set; } = name;
    public string Platform { get; } = platform;
    public bool IsPickets { get; } = isPickets;
    public SortedSet<string> Apps { get; } = new(apps, StringComparer.Ordinal);

    /// <summary>Those of them that somebody else put there.</summary>
    public SortedSet<string> ByHand { get; } = new(isPickets ? [] : apps, StringComparer.Ordinal);
}

/// <summary>Its app groups. It keeps no empty one, and refuses a whole call for one app.</summary>
internal sealed partial class ModelledUem
{
    /// <summary>Within the time in which Picket knows what comes late for its own.</summary>
    private const int LatestMinutes = 150;

    private readonly List<(DateTimeOffset At, int Group, string[] Apps)> late = [];
    private int nextAppGroup = 600;
    private bool wasListingWrong;

    public SortedDictionary<int, ModelledAppGroup> AppGroups { get; } = [];

    public ModelledAppGroup MakeAppGroup(string name, string platform, bool isPickets, params IEnumerable<string> apps)
    {
        var group = new ModelledAppGroup(++nextAppGroup, name, platform, isPickets, apps);
        return AppGroups[group.Id] = group;
    }

    /// <summary>What it had put off it does now.</summary>
    /// <param name="all">Also what it would do later.</param>
    public void CatchUp(bool all = false)
    {
        if (late.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var (_, number, apps) in late.FindAll(one => all || one.At <= now))
        {
            if (AppGroups.TryGetValue(number, out var group) && !group.Apps.Overlaps(apps))
            {
                group.Apps.UnionWith(apps);
                tell($"late, group {number} gets {string.Join(", ", apps)}");
            }
        }

        late.RemoveAll(one => all || one.At <= now);
    }

    /// <summary>A call that waits behind one that was put off is put off as well, as its repetition.</summary>
    private bool IsBehind(string[] path, HttpMethod method) =>
        late.Count > 0
        && method == HttpMethod.Post
        && path is ["mam", "apps", "appgroups", var group, "applications"]
        && late.Exists(one => one.Group == Number(group));

    /// <summary>Of what others alone suffer comes what is worst here.</summary>
    private Trouble OfAppGroups(Trouble trouble, string[] path, HttpMethod method) =>
        trouble switch
        {
            < Trouble.Nothing or Trouble.RightMissing => trouble,
            Trouble.WrongTotal or Trouble.RowTwice when path[^1] == "search" => trouble,
            Trouble.RowLeftOut when path[^1] == "search" => ListsWrong() ? trouble : Trouble.None,
            _ when path[^1] == "search" => ListsWrong() ? Trouble.Nothing : Trouble.None,
            _ when path[^1] == "applications" && method == HttpMethod.Post => Trouble.Late,
            _ when method == HttpMethod.Get => Trouble.Reset,
            _ => Trouble.LostAnswer,
        };

    /// <summary>A listing that is wrong and adds up is right when it is asked for again.</summary>
    private bool ListsWrong() => wasListingWrong = !wasListingWrong;

    private HttpResponseMessage AppGroup(HttpMethod method, string[] path, string body, Trouble trouble)
    {
        if (path is ["mam", "apps", "appgroups"])
        {
            return method == HttpMethod.Post ? MakeAppGroup(body) : DeleteAppGroups(body);
        }

        if (!AppGroups.TryGetValue(Number(path[3]), out var group))
        {
            return Error(404, 404, $"Application group with id : {path[3]} not found");
        }

        return path.Length == 4 ? Json(Row(group))
            : method == HttpMethod.Post ? AddApps(group, body, trouble)
            : RemoveApps(group, body);
    }

    private HttpResponseMessage ListAppGroups(NameValueCollection query, Trouble trouble)
    {
        var (page, size) = (Number(query["page"] ?? "0"), Number(query["pagesize"] ?? "500"));
        var rows = AppGroups.Values.Select(Row).ToList();
        if (trouble == Trouble.RowLeftOut && rows.Count > 0)
        {
            rows.RemoveAt(random.Next(rows.Count));
        }

        var total = rows.Count + (trouble == Trouble.WrongTotal ? random.Next(1, 4) : 0);
        rows = [.. rows.Skip(page * size).Take(size)];
        if (trouble == Trouble.RowTwice && rows.Count > 0)
        {
            rows.Add(rows[0]);
        }

        return rows.Count == 0
            ? new HttpResponseMessage(HttpStatusCode.NoContent)
            : Json(
                new
                {
                    AppGroups = rows,
                    Page = page,
                    PageSize = size,
                    Total = total,
                }
            );
    }

    private HttpResponseMessage MakeAppGroup(string body)
    {
        using var wish = JsonDocument.Parse(body);
        var (name, platform) = (Said(wish, "Name"), Said(wish, "Platform"));
        if (AppGroups.Values.Any(group => group.Name == name && group.IsPickets))
        {
            Offences.Add($"It made the app group {name}, which is there.");
        }

        return Json(Row(MakeAppGroup(name, platform, isPickets: true, AppsOf(wish))));
    }

    private HttpResponseMessage DeleteAppGroups(string body)
    {
        using var wish = JsonDocument.Parse(body);
        var number = Number(
            wish.RootElement.GetProperty("BulkValues").GetProperty("Value").EnumerateArray().Single().GetString()!
        );
        if (!AppGroups.TryGetValue(number, out var group))
        {
            var gone = new
            {
                ErrorCode = 404,
                ItemValue = $"{number}",
                Message = "AppGroup Not Found or User does not have access.",
            };
            return Json(
                new
                {
                    TotalItems = 1,
                    AcceptedItems = 0,
                    FailedItems = 1,
                    Faults = new { Fault = new[] { gone } },
                }
            );
        }

        Offend(group, "deleted");
        foreach (var app in group.ByHand)
        {
            Offences.Add($"It deleted app group {number} with {app}, which somebody else put there.");
        }

        AppGroups.Remove(number);
        return Json(
            new
            {
                TotalItems = 1,
                AcceptedItems = 1,
                FailedItems = 0,
            }
        );
    }

    private HttpResponseMessage AddApps(ModelledAppGroup group, string body, Trouble trouble)
    {
        using var wish = JsonDocument.Parse(body);
        string[] apps = [.. AppsOf(wish)];
        Offend(group, "changed");
        if (trouble == Trouble.Late)
        {
            late.Add((clock.GetUtcNow().AddMinutes(random.Next(LatestMinutes)), group.Id, apps));
            return new HttpResponseMessage(HttpStatusCode.OK);
        }

        if (group.Apps.Overlaps(apps) || apps.Distinct(StringComparer.Ordinal).Count() < apps.Length)
        {
            if (TroublePercent == 0 && trouble == Trouble.None)
            {
                Offences.Add($"It added {string.Join(", ", apps)} to app group {group.Id}, where one is already.");
            }

            return Error(400, 400, "The same application has been added multiple times in this app group.");
        }

        group.Apps.UnionWith(apps);
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private HttpResponseMessage RemoveApps(ModelledAppGroup group, string body)
    {
        using var wish = JsonDocument.Parse(body);
        string[] apps = [.. AppsOf(wish)];
        Offend(group, "changed");
        foreach (var app in apps.Where(group.ByHand.Contains))
        {
            Offences.Add($"It took {app} out of app group {group.Id}, which somebody else put there.");
        }

        if (!group.Apps.Overlaps(apps))
        {
            return Error(404, 404, "Application Item Not found.");
        }

        if (!group.Apps.Except(apps).Any())
        {
            return Error(400, 400, "There should be a minimum of one app item in the App Group.");
        }

        group.Apps.ExceptWith(apps);
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private void Offend(ModelledAppGroup group, string how)
    {
        if (!group.IsPickets)
        {
            Offences.Add($"It {how} the app group {group.Name}, which somebody else made.");
        }
    }

    private static IEnumerable<string> AppsOf(JsonDocument wish) =>
        wish
            .RootElement.GetProperty("Applications")
            .EnumerateArray()
            .Select(app => app.GetProperty("BundleId").GetString()!);

    private static string Said(JsonDocument wish, string name) => wish.RootElement.GetProperty(name).GetString()!;

    private static object Row(ModelledAppGroup group) =>
        new
        {
            ApplicationGroupID = $"{group.Id}",
            group.Name,
            AppGroupType = "Blacklist",
            group.Platform,
            ManagedByOrganizationGroupID = "570",
            Applications = group.Apps.Select(app => new { Name = app, BundleId = app }),
        };
}
