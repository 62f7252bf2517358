using Microsoft.AspNetCore.Authorization;
using Picket.Core.Identity;

namespace Picket.Server.Access;

/// <summary>
/// Authorization policies, one for each right. Everything that states none needs <see cref="Read"/>. Where the address
/// names an integration, or something of one, the right is asked for there; see <see cref="RightHandler"/>.
/// </summary>
public static class Policies
{
    public const string Read = nameof(Right.Read);

    /// <summary>To read what is of all integrations together, and cannot be narrowed to some.</summary>
    public const string ReadEverywhere = "ReadEverywhere";
    public const string Operate = nameof(Right.Operate);

    /// <summary>To ask for what another person approves: for people alone.</summary>
    public const string Request = nameof(Right.Request);
    public const string Approve = nameof(Right.Approve);
    public const string ChangeSettings = nameof(Right.ChangeSettings);
    public const string ManageFeeds = nameof(Right.ManageFeeds);
    public const string ManagePolicy = nameof(Right.ManagePolicy);
    public const string ManagePeople = nameof(Right.ManagePeople);
    public const string ManageTokens = nameof(Right.ManageTokens);
    public const string ReadAudit = nameof(Right.ReadAudit);

    /// <summary>To see people, of some integrations at least: who reads the audit is told their names anyway.</summary>
    public const string SeePeople = "SeePeople";

    /// <summary>To manage people at some integrations at least; the endpoint asks where.</summary>
    public const string ManagePeopleSomewhere = "ManagePeopleSomewhere";

    /// <summary>To change settings at some integrations at least; the endpoint asks where.</summary>
    public const string ChangeSettingsSomewhere = "ChangeSettingsSomewhere";

    /// <summary>To operate some integrations at least: for what is safe, such as to stop all writes.</summary>
    public const string OperateSomewhere = "OperateSomewhere";

    /// <summary>A person, in a browser or with a token that reaches all that the person may: for what is one's own.</summary>
    public const string Person = "Person";

    /// <summary>The same as <see cref="Operate"/>.</summary>
    public const string Write = Operate;

    /// <summary>The same as <see cref="ChangeSettings"/>.</summary>
    public const string ChangeIntegration = ChangeSettings;

    public static void AddRights(this AuthorizationBuilder authorization)
    {
        foreach (var right in Enum.GetValues<Right>())
        {
            authorization.AddPolicy(right.ToString(), policy => policy.AddRequirements(new RightRequirement(right)));
        }

        authorization
            .AddPolicy(
                ReadEverywhere,
                policy => policy.AddRequirements(new RightRequirement(Right.Read) { Everywhere = true })
            )
            .AddPolicy(
                SeePeople,
                policy => policy.AddRequirements(new RightRequirement(Right.ReadAudit) { Somewhere = true })
            )
            .AddPolicy(
                ManagePeopleSomewhere,
                policy => policy.AddRequirements(new RightRequirement(Right.ManagePeople) { Somewhere = true })
            )
            .AddPolicy(
                ChangeSettingsSomewhere,
                policy => policy.AddRequirements(new RightRequirement(Right.ChangeSettings) { Somewhere = true })
            )
            .AddPolicy(
                OperateSomewhere,
                policy => policy.AddRequirements(new RightRequirement(Right.Operate) { Somewhere = true })
            )
            .AddPolicy(Person, policy => policy.AddRequirements(new PersonRequirement()))
            .SetFallbackPolicy(
                new AuthorizationPolicyBuilder().AddRequirements(new RightRequirement(Right.Read)).Build()
            );
    }
}

internal sealed record RightRequirement(Right Right) : IAuthorizationRequirement
{
    /// <summary>The right is needed at all integrations, also to read.</summary>
    public bool Everywhere { get; init; }

    /// <summary>The right is needed at some integration; what is done there is up to the endpoint.</summary>
    public bool Somewhere { get; init; }
}

internal sealed record PersonRequirement : IAuthorizationRequirement;
