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

    /// <summary>The group as it was found before. Its number leads straight to it; the uuid tells whether it is still it.</summary>
    public (int Id, Guid Uuid)? KnownGroup { get; init; }

    /// <summary>Version of the rights catalogue at the last pass; null where there was none.</summary>
    public int? RightsVersion { get; init; }

    public required CallPacer Pacer { get; init; }

    public IReadOnlySet<PicketFeature> Features { get; init; } = new HashSet<PicketFeature>();

    public IReadOnlyDictionary<string, RightUse> Used { get; init; } = new Dictionary<string, RightUse>();

    /// <summary>A saved integration as it is saved. Bodies are recorded of such only: a draft goes wherever its caller says.</summary>
    public bool IsSaved { get; init; }

    /// <summary>Set where the credential was refused before: nobody signs in with it, the doctor neither (law 10).</summary>
    public string? RefusedBefore { get; init; }

    public Action<SignInRefusedException>? OnRefused { get; init; }

    /// <summary>Told after each step; null where nobody looks on.</summary>
    public DoctorRound? Round { get; init; }
}

/// <summary>The report, and what was learned on the way.</summary>
internal sealed record DoctorOutcome(Api.DoctorReport Report, UemOrganizationGroup? Group, bool CredentialRefused)
{
    public bool Passed => Report.Fail == 0;
}
