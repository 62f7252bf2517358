using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Console.Sessions;

/// <summary>One request of a signed-in administrator: who it is, where, and what the roles there grant.</summary>
internal sealed class ConsoleVisit(Uem uem)
{
    private ConsoleSession? session;

    public bool SignedIn => session is not null;

    public ConsoleSession Session =>
        session ?? throw new InvalidOperationException("Nobody is signed in, and the door let the request through.");

    public Account Account => Session.Account;

    /// <summary>The group that everything acts on.</summary>
    public OrganizationGroup Group => uem.Tenant.Tree.At(Session.Group);

    /// <summary>Every group that a role of the administrator covers, from the top down.</summary>
    public IReadOnlyList<OrganizationGroup> Groups => [.. uem.Tenant.Tree.All.Where(group => Covers(group.Index))];

    /// <summary>The groups of the administrator's active roles that still exist.</summary>
    public static IReadOnlyList<int> TopGroups(Uem uem, Account account) =>
        [
            .. account
                .State.Assignments.Where(assignment => assignment.Active && uem.Tenant.Tree.Exists(assignment.Group))
                .Select(assignment => assignment.Group),
        ];

    public void Begin(ConsoleSession found)
    {
        session = found;
        if (!Covers(found.Group))
        {
            found.Group = TopGroups(uem, found.Account)[0];
        }
    }

    /// <summary>Whether a role covers a group.</summary>
    public bool Covers(int group) => TopGroups(uem, Account).Any(top => uem.Tenant.Tree.IsWithin(group, top));

    /// <summary>Whether a group is the chosen one or lies below it.</summary>
    public bool IsHere(int group) => uem.Tenant.Tree.IsWithin(group, Session.Group);

    public bool May(string row, RightMode mode) =>
        Account.State.Assignments.Any(assignment =>
            assignment.Active
            && uem.Tenant.Tree.IsWithin(Session.Group, assignment.Group)
            && assignment.Role.Grants(new Right(row, mode))
        );

    public bool MayEdit(string row) => May(row, RightMode.Edit);

    public bool Choose(int group)
    {
        if (!Covers(group))
        {
            return false;
        }

        Session.Group = group;
        return true;
    }
}
