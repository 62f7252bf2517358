using Picket.Api;

namespace Picket.Server.People;

/// <summary>Roles and scopes as people read them.</summary>
internal static class RoleWords
{
    public const string Everywhere = "all integrations";

    public static IReadOnlyList<(PersonRole Role, string Meaning)> Roles { get; } =
    [
        (PersonRole.Analyst, "reads, starts readings and checks, asks for responses"),
        (PersonRole.Approver, "reads, and approves what waits for a person"),
        (PersonRole.Auditor, "reads all, the audit too, and changes nothing"),
        (PersonRole.Administrator, "everything but making owners"),
        (PersonRole.Owner, "everything, at all integrations"),
    ];

    /// <summary>Where a role holds.</summary>
    public static string Place(Guid? integration, IReadOnlyDictionary<Guid, string> names) =>
        integration is not { } id ? Everywhere : names.GetValueOrDefault(id, "an integration that you do not see");

    public static string Of(RoleGiven role, IReadOnlyDictionary<Guid, string> names) =>
        role.IntegrationId is null ? $"{role.Role}" : $"{role.Role} at {Place(role.IntegrationId, names)}";

    public static string Of(TokenScope scope) =>
        scope switch
        {
            TokenScope.Read => "reads",
            TokenScope.Write => "reads, starts runs and imports",
            _ => "all that its person may",
        };
}
