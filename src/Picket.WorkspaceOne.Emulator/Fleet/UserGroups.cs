namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>A user group for each organization group of people, and a few that cut across.</summary>
internal sealed class UserGroups
{
    private const int FirstId = 9_101;

    private static readonly string[] AcrossDepartments = ["Executives", "Contractors", "On-call", "Pilot ring"];

    private readonly ulong seed;
    private readonly People people;

    public UserGroups(ulong seed, SeededIds ids, OrganizationTree tree, People people)
    {
        this.seed = seed;
        this.people = people;
        var departments = tree.All.Where(group => group.Level > 0).Select(group => (group.Name, group.Index, false));
        var across = AcrossDepartments.Select(name => (Name: name, tree.Customer.Index, true));
        All =
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
    }

    public IReadOnlyList<UserGroup> All { get; }

    public IEnumerable<int> Members(UserGroup group) =>
        Enumerable.Range(0, people.UserCount).Where(user => IsMember(group, user));

    public int Count(UserGroup group) => group.Functional ? Members(group).Count() : people.CountIn(group.Group);

    private bool IsMember(UserGroup group, int user) =>
        group.Functional
            ? new Dice(seed, (ulong)ThingKind.UserGroup, user).Chance(group.Index, 30)
            : people.GroupOfUser(user) == group.Group;
}
