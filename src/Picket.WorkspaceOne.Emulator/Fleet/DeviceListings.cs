namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>
/// Answers of recent questions as arrays of indexes, so that page 200 of a listing needs no walk over the fleet.
/// Every change of the fleet forgets them. Callers hold the fleet's lock.
/// </summary>
internal sealed class DeviceListings(DeviceFleet fleet, OrganizationTree tree, People people)
{
    private const int Kept = 32;

    private readonly Dictionary<DeviceFilter, int[]> answers = [];
    private int[]? countByGroup;

    public void Forget()
    {
        answers.Clear();
        countByGroup = null;
    }

    /// <summary>Forgets only the answers that a change of one device can touch, so that a busy fleet stays fast.</summary>
    public void Forget(Device before, Device after)
    {
        if (DeviceCore.Of(before) != DeviceCore.Of(after) with { ReportedAt = before.ReportedAt })
        {
            Forget();
        }
        else if (before.ComplianceStatus != after.ComplianceStatus)
        {
            foreach (var filter in answers.Keys.Where(filter => filter.Compliance is not null).ToList())
            {
                answers.Remove(filter);
            }
        }
    }

    public int[] Of(DeviceFilter filter, HashSet<int> removed)
    {
        if (answers.TryGetValue(filter, out var known))
        {
            return known;
        }

        var found = Walk(filter, removed);
        if (!filter.DependsOnTime && !(fleet.Life.On && filter.DependsOnLife))
        {
            if (answers.Count >= Kept)
            {
                answers.Clear();
            }

            answers[filter] = found;
        }

        return found;
    }

    public int CountIn(int group, HashSet<int> removed)
    {
        countByGroup ??= CountByGroup(removed);
        return tree.Within(tree.At(group)).Sum(below => countByGroup[below.Index]);
    }

    private int[] Walk(DeviceFilter filter, HashSet<int> removed)
    {
        var inScope = new bool[tree.Count];
        foreach (var group in tree.Within(tree.At(filter.Group)))
        {
            inScope[group.Index] = true;
        }

        var user = filter.User is null ? null : people.ByName(filter.User);
        var now = fleet.Now;
        var found = new List<int>(inScope[0] ? fleet.Count : 64);
        for (var index = 0; index < fleet.Count; index++)
        {
            var core = fleet.CoreAt(index, now);
            if (inScope[core.Group] && !removed.Contains(index) && Matches(filter, user, index, core, now))
            {
                found.Add(index);
            }
        }

        if (filter.Descending)
        {
            found.Reverse();
        }

        return [.. found];
    }

    private bool Matches(DeviceFilter filter, EnrollmentUser? user, int index, DeviceCore core, DateTime now)
    {
        if (
            (filter.User is not null && core.User != user?.Index)
            || !Same(filter.Ownership, core.Ownership)
            || !Same(filter.EnrollmentStatus, core.EnrollmentStatus)
            || !MatchesPlatform(filter.Platform, core.Platform)
        )
        {
            return false;
        }

        if (filter.DependsOnTime)
        {
            var seen = fleet.LastSeen(index, core, now);
            if (seen < filter.SeenSince || seen > filter.SeenTill)
            {
                return false;
            }
        }

        return !filter.NeedsFullDevice || MatchesTexts(filter, fleet.At(index));
    }

    private static bool MatchesTexts(DeviceFilter filter, Device device) =>
        Same(filter.Compliance, device.ComplianceStatus)
        && (
            filter.Model is null
            || device.Model.Name.Contains(filter.Model, StringComparison.OrdinalIgnoreCase)
            || device.Model.Identifier.Equals(filter.Model, StringComparison.OrdinalIgnoreCase)
        );

    private static bool MatchesPlatform(string? wanted, DevicePlatform platform) =>
        wanted is null || Platforms.Is(wanted, platform);

    private static bool Same(string? wanted, string actual) =>
        wanted is null || wanted.Equals(actual, StringComparison.OrdinalIgnoreCase);

    private int[] CountByGroup(HashSet<int> removed)
    {
        var counts = new int[tree.Count];
        for (var index = 0; index < fleet.Count; index++)
        {
            if (!removed.Contains(index))
            {
                counts[fleet.CoreAt(index, DateTime.MinValue).Group]++;
            }
        }

        return counts;
    }
}
