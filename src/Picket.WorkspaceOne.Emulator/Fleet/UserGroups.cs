using System.Collections.Concurrent;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>A user group for each organization group of people, and a few that cut across.</summary>
internal sealed class UserGroups
{
    private const int FirstId = 9_101;

    private static readonly string[] AcrossDepartments = ["Executives", "Contractors", "On-call", "Pilot ring"];

    private readonly ulong seed;
    private readonly SeededIds ids;
    private readonly People people;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<int, ConcurrentDictionary<int, bool>> membersOfCustom = [];
    private volatile IReadOnlyList<UserGroup> all;
    private int made;

    public UserGroups(ulong seed, SeededIds ids, OrganizationTree tree, People people)
    {
        this.seed = seed;
        this.ids = ids;
        this.people = people;
        var departments = tree.All.Where(group => group.Level > 0).Select(group => (group.Name, group.Index, false));
        var across = AcrossDepartments.Select(name => (Name: name, tree.Customer.Index, true));
        all =
        [
            .. across
                .Concat(departments)
                .Select(
                    (group, index) =>
                        new UserGroup(
                            index,
                            FirstId + index,
                            ids.Uuid(ThingKind.UserGroup, index),
                            group.Name,
                            group.Index,
                            group.Item3
                        )
                ),
        ];
        made = all.Count;
    }

    public IReadOnlyList<UserGroup> All => all;

    public IEnumerable<int> Members(UserGroup group) =>
        (group.Custom ? membersOfCustom[group.Id].Keys.Order() : Enumerable.Range(0, people.UserCount)).Where(user =>
            people.Exists(user) && IsMember(group, user)
        );

    public int Count(UserGroup group) =>
        group.Functional || group.Custom ? Members(group).Count() : people.CountIn(group.Group);

    public UserGroup Create(string name, int organizationGroup)
    {
        lock (gate)
        {
            var uuid = ids.Uuid(ThingKind.UserGroup, made);
            var group = new UserGroup(made, FirstId + made, uuid, name, organizationGroup, false, Custom: true);
            made++;
            membersOfCustom[group.Id] = [];
            all = [.. all, group];
            return group;
        }
    }

    public void Delete(UserGroup group)
    {
        lock (gate)
        {
            all = [.. all.Where(other => other.Id != group.Id)];
        }
    }

    /// <summary>For custom groups: those of the seed have computed members.</summary>
    public void Add(UserGroup group, int user) => membersOfCustom[group.Id][user] = true;

    public void Remove(UserGroup group, int user) => membersOfCustom[group.Id].TryRemove(user, out _);

    public bool IsMember(UserGroup group, int user) =>
        group.Custom ? membersOfCustom[group.Id].ContainsKey(user)
        : group.Functional ? new Dice(seed, (ulong)ThingKind.UserGroup, user).Chance(group.Index, 30)
        : people.GroupOfUser(user) == group.Group;

    public SavedUserGroups Save()
    {
        lock (gate)
        {
            return new(all, membersOfCustom.ToDictionary(one => one.Key, one => one.Value.Keys.ToArray()), made);
        }
    }

    public void Load(SavedUserGroups saved)
    {
        lock (gate)
        {
            all = saved.All;
            made = saved.Made;
            membersOfCustom.Clear();
            foreach (var (group, members) in saved.Members)
            {
                membersOfCustom[group] = new(members.Select(user => KeyValuePair.Create(user, true)));
            }
        }
    }
}

/// <summary>The user groups as a saved state holds them, with the members that were added one by one.</summary>
internal sealed record SavedUserGroups(IReadOnlyList<UserGroup> All, IReadOnlyDictionary<int, int[]> Members, int Made);
