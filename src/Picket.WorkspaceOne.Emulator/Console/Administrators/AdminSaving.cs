using System.Globalization;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Console.Sessions;

namespace Picket.WorkspaceOne.Emulator.Console.Administrators;

/// <summary>Turns a draft without mistakes into an account.</summary>
internal static class AdminSaving
{
    /// <returns>Why not; null when it is done.</returns>
    public static string? Save(Uem uem, ConsoleVisit visit, AdminDraft draft)
    {
        var assignments = new List<RoleAssignment>();
        foreach (var (group, role) in draft.Roles.Where(role => role.Group.Length > 0))
        {
            var at = int.TryParse(group, CultureInfo.InvariantCulture, out var id) ? uem.Tenant.Tree.ById(id) : null;
            if (at is null || !visit.Covers(at.Index) || !uem.Access.Roles.TryGetValue(role, out var found))
            {
                return "The organization group or the role is not there any more, or not yours to give.";
            }

            if (!MayGive(visit, found))
            {
                return $"{role} grants more than your own role does.";
            }

            assignments.Add(new RoleAssignment(found, at.Index));
        }

        if (draft.Of is { } existing)
        {
            existing.Change(had => Apply(had, draft, assignments));
            return null;
        }

        var state = Apply(new AccountState { Group = visit.Group.Index }, draft, assignments);
        return uem.Access.TryAddAccount(draft.SignInName, draft.Kind, state) is null
            ? $"There is an administrator {draft.SignInName} already."
            : null;
    }

    /// <summary>Nobody makes an administrator who may do more than he himself.</summary>
    private static bool MayGive(ConsoleVisit visit, Role role) =>
        role.Rights.All(right => visit.May(right.Row, right.Mode));

    private static AccountState Apply(AccountState had, AdminDraft draft, List<RoleAssignment> assignments) =>
        had with
        {
            Password = draft.Password.Length > 0 ? draft.Password : had.Password,
            FirstName = draft.FirstName,
            LastName = draft.LastName,
            Email = draft.Email,
            Phone = draft.Phone,
            Description = draft.Description,
            TimeZone = draft.TimeZone,
            Locale = draft.Locale,
            Certificate = draft.Certificate.Length > 0 ? draft.Certificate : null,
            Assignments = [.. assignments],
            // The account is managed where its first role is, so that moving the role moves the account.
            Group = assignments[0].Group,
        };
}
