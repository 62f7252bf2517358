using Picket.Core.Preparation;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Integrations;

/// <summary>What the doctor is to look at: a draft, a saved integration, or one with a new credential.</summary>
internal sealed record Patient
{
    public required MendedAddress Address { get; init; }

    /// <summary>Null where the address cannot be used: then nothing is sent.</summary>
    public UemAccess? Access { get; init; }

    public required UemAuthentication Authentication { get; init; }

    /// <summary>Null for an OAuth client.</summary>
    public string? UserName { get; init; }

    /// <summary>Group ID, number or uuid.</summary>
    public required string OrganizationGroup { get; init; }

    public required CallPacer Pacer { get; init; }

    public IReadOnlySet<PicketFeature> Features { get; init; } = new HashSet<PicketFeature>();

    public IReadOnlyDictionary<string, RightUse> Used { get; init; } = new Dictionary<string, RightUse>();

    /// <summary>Set where the credential was refused before: nobody signs in with it, the doctor neither (law 10).</summary>
    public string? RefusedBefore { get; init; }

    public Action<SignInRefusedException>? OnRefused { get; init; }
}

/// <summary>The report, and what was learned on the way.</summary>
internal sealed record DoctorOutcome(Api.DoctorReport Report, UemOrganizationGroup? Group, bool CredentialRefused)
{
    public bool Passed => Report.Fail == 0;
}
