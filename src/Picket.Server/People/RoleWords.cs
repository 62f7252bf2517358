using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.People;

/// <summary>Roles and scopes as people read them.</summary>
internal static class RoleWords
{
    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<PersonRole> Roles { get; } =
    [PersonRole.Analyst, PersonRole.Approver, PersonRole.Auditor, PersonRole.Administrator, PersonRole.Owner];

    public static string Everywhere => T("all integrations");

    public static string Of(PersonRole role) =>
        role switch
        {
            PersonRole.Owner => T("Owner"),
            PersonRole.Administrator => T("Administrator"),
            PersonRole.Analyst => T("Analyst"),
            PersonRole.Approver => T("Approver"),
            PersonRole.Auditor => T("Auditor"),
            _ => $"{role}",
        };

    public static string Meaning(PersonRole role) =>
        role switch
        {
            PersonRole.Analyst => T("Analyst reads, starts readings and checks, asks for responses."),
            PersonRole.Approver => T("Approver reads, and approves what waits for a person."),
            PersonRole.Auditor => T("Auditor reads all, the audit too, and changes nothing."),
            PersonRole.Administrator => T("Administrator does everything but make owners."),
            _ => T("Owner does everything, at all integrations."),
        };

    /// <summary>Where a role holds.</summary>
    public static string Place(Guid? integration, IReadOnlyDictionary<Guid, string> names) =>
        integration is not { } id ? Everywhere : names.GetValueOrDefault(id, T("an integration that you do not see"));

    public static string Of(RoleGiven role, IReadOnlyDictionary<Guid, string> names) =>
        role.IntegrationId is null ? Of(role.Role) : T("{0} at {1}", Of(role.Role), Place(role.IntegrationId, names));

    public static string Of(TokenScope scope) =>
        scope switch
        {
            TokenScope.Read => T("reads"),
            TokenScope.Write => T("reads, starts runs and imports"),
            _ => T("all that its person may"),
        };
}
