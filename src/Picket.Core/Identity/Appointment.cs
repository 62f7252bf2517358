namespace Picket.Core.Identity;

/// <summary>Who gives and takes which roles.</summary>
public static class Appointment
{
    /// <summary>Why somebody may not give a role, or take it; null where it is allowed.</summary>
    public static string? Refusal(Grants giver, Grant role) =>
        role.Role == Role.Owner && !IsOwner(giver)
            ? "Only an owner makes owners, or takes that role away."
            : MissingRight(giver, role.Integration);

    /// <summary>
    /// Why somebody may not shut a person out, let them in again, have them choose a new password or erase them; null where
    /// it is allowed. It reaches wherever the person has a role, so the right is needed everywhere.
    /// </summary>
    public static string? Refusal(Grants actor, IEnumerable<Grant> person) =>
        person.Any(IsOwner) && !IsOwner(actor) ? "Only an owner does this to an owner." : MissingRight(actor, null);

    private static string? MissingRight(Grants actor, Guid? where) =>
        actor.May(Right.ManagePeople, where) ? null
        : where is null ? "You manage people at some integrations only, and this reaches all of them."
        : "You do not manage people at this integration.";

    private static bool IsOwner(Grants grants) => grants.Reach == Reach.Whole && grants.Given.Any(IsOwner);

    private static bool IsOwner(Grant grant) => grant is { Role: Role.Owner, Integration: null };
}
