using System.Collections.Concurrent;
using System.Globalization;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>
/// Enrolment users: four for every five devices, so that some carry two. Like devices they are computed; only those
/// that somebody added, changed or deleted are stored.
/// </summary>
internal sealed class People(ulong seed, SeededIds ids, OrganizationTree tree, int devices)
{
    private const int DevicesPerBlock = 5;
    private const int UsersPerBlock = 4;
    private const int SeededGroups = 36;

    private readonly ConcurrentDictionary<int, int> movedUsers = [];
    private readonly ConcurrentDictionary<int, EnrollmentUser> changed = [];
    private readonly ConcurrentDictionary<string, int> addedNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<int, bool> deleted = [];
    private readonly ConcurrentDictionary<int, int[]> within = [];
    private readonly Lock gate = new();
    private readonly int seeded = devices == 0 ? 0 : UserOfDevice(devices - 1) + 1;
    private volatile int added;
    private volatile int[]? countByGroup;

    /// <summary>How many there ever were; indexes run below it.</summary>
    public int UserCount => seeded + added;

    public int DeletedCount => deleted.Count;

    public static int UserOfDevice(int device) =>
        device / DevicesPerBlock * UsersPerBlock + Math.Min(device % DevicesPerBlock, UsersPerBlock - 1);

    /// <summary>Index of the user's organization group: nine of ten sit in a department, the rest in a region.</summary>
    public int GroupOfUser(int user)
    {
        if (movedUsers.TryGetValue(user, out var moved))
        {
            return moved;
        }

        if (user >= seeded)
        {
            return changed[user].Group;
        }

        var dice = Of(user);
        // The tree has 1 + 5 × (1 + 6) groups in this order: customer, region, its departments, next region …
        var region = 1 + dice.Weighted(2, [45, 25, 15, 10, 5]) * 7;
        return Math.Min(dice.Chance(3, 100) ? region : region + 1 + dice.Below(4, 6), SeededGroups - 1);
    }

    public int DevicesOfUser(int user)
    {
        if (user >= seeded)
        {
            return 0;
        }

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

    public string NameOf(int index) =>
        changed.TryGetValue(index, out var stored) ? stored.UserName : SeededName(index, PersonNames.Of(Of(index)));

    public EnrollmentUser User(int index)
    {
        if (changed.TryGetValue(index, out var stored))
        {
            return stored with { Group = GroupOfUser(index) };
        }

        var (first, last) = PersonNames.Of(Of(index));
        var name = SeededName(index, (first, last));
        var uuid = ids.Uuid(ThingKind.User, index);
        var group = GroupOfUser(index);
        var active = !Of(index).Chance(5, 20);
        return new(index, SeededIds.UserId(index), uuid, name, first, last, name + "@example.com", group, active);
    }

    public bool Exists(int index) => !deleted.ContainsKey(index);

    public EnrollmentUser? ById(int id) => Found(SeededIds.UserIndex(id, UserCount));

    public EnrollmentUser? ByUuid(Guid uuid) => Found(ids.Index(ThingKind.User, uuid, UserCount));

    public EnrollmentUser? ByName(string name)
    {
        if (addedNames.TryGetValue(name, out var known))
        {
            return Found(known);
        }

        // The index is at the end of the name, so no search is needed.
        var digits = name.AsSpan().TrimEnd("0123456789").Length;
        return
            int.TryParse(name.AsSpan(digits), out var index)
            && index < seeded
            && Exists(index)
            && User(index) is var user
            && user.UserName.Equals(name, StringComparison.OrdinalIgnoreCase)
            ? user
            : null;
    }

    /// <summary>Indexes of the users in a group or below it.</summary>
    public int[] Within(int group) =>
        within.GetOrAdd(
            group,
            wanted =>
                [
                    .. Enumerable
                        .Range(0, UserCount)
                        .Where(user => Exists(user) && tree.IsWithin(GroupOfUser(user), wanted)),
                ]
        );

    /// <summary>How many users sit in a group itself.</summary>
    public int CountIn(int group)
    {
        if (countByGroup is not { } counts)
        {
            counts = new int[tree.Count];
            for (var user = 0; user < UserCount; user++)
            {
                counts[GroupOfUser(user)] += Exists(user) ? 1 : 0;
            }

            countByGroup = counts;
        }

        return counts[group];
    }

    /// <summary>Null: there is a user of that name.</summary>
    /// <param name="describe">Fills in all but index, id and uuid.</param>
    public EnrollmentUser? Add(string name, Func<EnrollmentUser, EnrollmentUser> describe)
    {
        lock (gate)
        {
            if (ByName(name) is not null)
            {
                return null;
            }

            var index = UserCount;
            var uuid = ids.Uuid(ThingKind.User, index);
            var user = describe(new(index, SeededIds.UserId(index), uuid, name, "", "", "", 0, true));
            changed[index] = user;
            addedNames[name] = index;
            added++;
            Forget();
            return user;
        }
    }

    public EnrollmentUser Change(int index, Func<EnrollmentUser, EnrollmentUser> change)
    {
        lock (gate)
        {
            return changed[index] = change(User(index));
        }
    }

    /// <summary>The devices of a deleted user keep its name.</summary>
    public void Delete(int index)
    {
        deleted[index] = true;
        Forget();
    }

    public void Move(int user, int group)
    {
        movedUsers[user] = group;
        Forget();
    }

    public SavedPeople Save()
    {
        lock (gate)
        {
            return new(movedUsers.ToDictionary(), [.. changed.Values], [.. deleted.Keys], added);
        }
    }

    public void Load(SavedPeople saved)
    {
        lock (gate)
        {
            movedUsers.Clear();
            changed.Clear();
            addedNames.Clear();
            deleted.Clear();
            added = saved.Added;
            foreach (var (user, group) in saved.Moved)
            {
                movedUsers[user] = group;
            }

            foreach (var user in saved.Changed)
            {
                changed[user.Index] = user;
                if (user.Index >= seeded)
                {
                    addedNames[user.UserName] = user.Index;
                }
            }

            foreach (var user in saved.Deleted)
            {
                deleted[user] = true;
            }

            Forget();
        }
    }

    /// <summary>After the tree has changed.</summary>
    public void Forget()
    {
        within.Clear();
        countByGroup = null;
    }

    private EnrollmentUser? Found(int? index) => index is { } at && Exists(at) ? User(at) : null;

    private static string SeededName(int index, (string First, string Last) person)
    {
        Span<char> text = stackalloc char[64];
        text.TryWrite(CultureInfo.InvariantCulture, $"{person.First}.{person.Last}{index}", out var length);
        text = text[..length];
        for (var at = 0; at < length; at++)
        {
            text[at] = char.ToLowerInvariant(text[at]);
        }

        return new string(text);
    }

    private Dice Of(int user) => new(seed, (ulong)ThingKind.User, user);
}

/// <summary>What a saved state holds of the users: moves by index of the group, changed and added ones, deleted ones.</summary>
internal sealed record SavedPeople(
    IReadOnlyDictionary<int, int> Moved,
    IReadOnlyList<EnrollmentUser> Changed,
    IReadOnlyList<int> Deleted,
    int Added
);
