using System.Collections.Concurrent;
using System.Globalization;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>Enrolment users: four for every five devices, so that some carry two.</summary>
internal sealed class People(ulong seed, SeededIds ids, OrganizationTree tree, int devices)
{
    private const int DevicesPerBlock = 5;
    private const int UsersPerBlock = 4;

    private readonly ConcurrentDictionary<int, int> movedUsers = [];
    private readonly ConcurrentDictionary<int, int[]> within = [];
    private volatile int[]? countByGroup;

    public int UserCount { get; } = devices == 0 ? 0 : UserOfDevice(devices - 1) + 1;

    public static int UserOfDevice(int device) =>
        device / DevicesPerBlock * UsersPerBlock + Math.Min(device % DevicesPerBlock, UsersPerBlock - 1);

    /// <summary>Index of the user's organization group: nine of ten sit in a department, the rest in a region.</summary>
    public int GroupOfUser(int user)
    {
        if (movedUsers.TryGetValue(user, out var moved))
        {
            return moved;
        }

        var dice = Of(user);
        // The tree has 1 + 5 × (1 + 6) groups in this order: customer, region, its departments, next region …
        var region = 1 + dice.Weighted(2, [45, 25, 15, 10, 5]) * 7;
        return Math.Min(dice.Chance(3, 100) ? region : region + 1 + dice.Below(4, 6), tree.Count - 1);
    }

    public int DevicesOfUser(int user)
    {
        var last = user % UsersPerBlock == UsersPerBlock - 1;
        var first = user / UsersPerBlock * DevicesPerBlock + user % UsersPerBlock;
        return last && first + 1 < devices ? 2 : 1;
    }

    /// <summary>Indexes of the devices that the seed gave a user.</summary>
    public IEnumerable<int> DevicesOf(int user)
    {
        var first = user / UsersPerBlock * DevicesPerBlock + user % UsersPerBlock;
        return Enumerable.Range(first, DevicesOfUser(user));
    }

    public EnrollmentUser User(int index)
    {
        var (first, last) = PersonNames.Of(Of(index));
        var name = string.Create(CultureInfo.InvariantCulture, $"{first}.{last}{index}").ToLowerInvariant();
        var uuid = ids.Uuid(ThingKind.User, index);
        var group = GroupOfUser(index);
        var active = !Of(index).Chance(5, 20);
        return new(index, SeededIds.UserId(index), uuid, name, first, last, name + "@example.com", group, active);
    }

    public EnrollmentUser? ById(int id) => SeededIds.UserIndex(id, UserCount) is { } index ? User(index) : null;

    public EnrollmentUser? ByName(string name)
    {
        // The index is at the end of the name, so no search is needed.
        var digits = name.AsSpan().TrimEnd("0123456789").Length;
        return
            int.TryParse(name.AsSpan(digits), out var index)
            && index < UserCount
            && User(index) is var user
            && user.UserName.Equals(name, StringComparison.OrdinalIgnoreCase)
            ? user
            : null;
    }

    /// <summary>Indexes of the users in a group or below it.</summary>
    public int[] Within(int group) =>
        within.GetOrAdd(
            group,
            wanted => [.. Enumerable.Range(0, UserCount).Where(user => tree.IsWithin(GroupOfUser(user), wanted))]
        );

    /// <summary>How many users sit in a group itself.</summary>
    public int CountIn(int group)
    {
        if (countByGroup is not { } counts)
        {
            counts = new int[tree.Count];
            for (var user = 0; user < UserCount; user++)
            {
                counts[GroupOfUser(user)]++;
            }

            countByGroup = counts;
        }

        return counts[group];
    }

    public void Move(int user, int group)
    {
        movedUsers[user] = group;
        Forget();
    }

    /// <summary>Users who were moved, with the index of their group.</summary>
    public IReadOnlyDictionary<int, int> Moved => movedUsers;

    public void Load(IReadOnlyDictionary<int, int> moved)
    {
        movedUsers.Clear();
        foreach (var (user, group) in moved)
        {
            movedUsers[user] = group;
        }

        Forget();
    }

    /// <summary>After the tree has changed.</summary>
    public void Forget()
    {
        within.Clear();
        countByGroup = null;
    }

    private Dice Of(int user) => new(seed, (ulong)ThingKind.User, user);
}
