namespace Picket.Core.Identity;

/// <summary>A role that somebody has.</summary>
/// <param name="Integration">Where; null for all integrations, those of tomorrow too.</param>
public sealed record Grant(Role Role, Guid? Integration);

/// <summary>What a token lets through of the rights behind it.</summary>
public enum Reach
{
    /// <summary>Only what changes nothing.</summary>
    Reading,

    /// <summary>Also what is everyday work: never settings, requests for an approval, approvals, people or tokens.</summary>
    Working,

    /// <summary>All that the person behind it may.</summary>
    Whole,
}

/// <summary>All that a caller may do: the roles of a person, cut to what the token lets through.</summary>
public sealed record Grants(IReadOnlyList<Grant> Given, Reach Reach = Reach.Whole)
{
    private static readonly Right[] Reading = [Right.Read, Right.ReadPersonalApps, Right.ReadAudit];
    private static readonly Right[] Working = [.. Reading, Right.Operate, Right.ManageFeeds];

    public static Grants None { get; } = new([]);

    /// <summary>A service stands for no person: it reads, or works, at all integrations.</summary>
    public static Grants OfService(Reach reach) =>
        new([new Grant(Role.Administrator, null)], reach) { IsService = true };

    /// <summary>A service's token neither sees the audit nor changes a setting, whatever it reaches.</summary>
    public bool IsService { get; private init; }

    /// <param name="integration">Null asks for all of them: what belongs to no integration needs a role everywhere.</param>
    public bool May(Right right, Guid? integration) =>
        Passes(right)
        && Given.Any(grant => Holds(grant, right) && (grant.Integration is null || grant.Integration == integration));

    /// <summary>Whether there is any integration at which the right is held: lists show what it covers.</summary>
    public bool MaySomewhere(Right right) => Passes(right) && Given.Any(grant => Holds(grant, right));

    /// <summary>The integrations at which the right is held; null for all.</summary>
    public IReadOnlyList<Guid>? Where(Right right) =>
        May(right, null)
            ? null
            :
            [
                .. Given
                    .Where(grant => Passes(right) && Holds(grant, right))
                    .Select(grant => grant.Integration!.Value)
                    .Distinct(),
            ];

    private static bool Holds(Grant grant, Right right) => Roles.RightsOf(grant.Role).Contains(right);

    private bool Passes(Right right) =>
        !(IsService && right == Right.ReadAudit)
        && Reach switch
        {
            Reach.Reading => Reading.Contains(right),
            Reach.Working => Working.Contains(right),
            _ => !IsService,
        };
}
