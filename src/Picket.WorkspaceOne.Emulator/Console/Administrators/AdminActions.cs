using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Console.Administrators;

/// <summary>What the list of administrators does to one of them.</summary>
internal static class AdminActions
{
    /// <returns>What to tell the person.</returns>
    public static string Do(AccessControl access, Account admin, string verb)
    {
        switch (verb)
        {
            case "unlock":
                admin.Change(had => had with { Locked = false, FailedSignIns = 0 });
                return $"{admin.Name} was unlocked.";
            case "lock":
                admin.Locked = true;
                return $"{admin.Name} was locked.";
            case "activate":
                admin.Active = true;
                return $"{admin.Name} was activated.";
            case "deactivate":
                admin.Active = false;
                return $"{admin.Name} was deactivated.";
            case "delete":
                access.RemoveAccount(admin);
                return $"{admin.Name} was deleted.";
            default:
                throw new ArgumentException($"Administrators cannot be told to {verb}.");
        }
    }
}
