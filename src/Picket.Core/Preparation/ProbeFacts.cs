using Picket.Core.Identity;
using Picket.Core.Sync;

namespace Picket.Core.Preparation;

public enum TlsState
{
    NotTried,

    /// <summary>Plain HTTP to this machine: there is no certificate to look at.</summary>
    NotUsed,
    Trusted,
    ChainNotTrusted,
    NameDiffers,
    Expired,
    Failed,
}

/// <summary>What happened below HTTP. Null stands for "not tried".</summary>
public sealed record NetworkFacts(
    bool? NameResolved = null,
    string? NameError = null,
    bool? Connected = null,
    string? ConnectError = null,
    TlsState Tls = TlsState.NotTried,
    string? TlsDetail = null
);

/// <summary>What real use told of a right to write.</summary>
public enum RightUse
{
    Proved,
    Refused,
}

/// <summary>All that the doctor saw; the diagnosis is a function of this alone.</summary>
public sealed record ProbeFacts
{
    public required DoctorSubject Subject { get; init; }

    public required MendedAddress Address { get; init; }

    public NetworkFacts Network { get; init; } = new();

    /// <summary>The token service's answer; null with Basic.</summary>
    public RemoteAnswer? Token { get; init; }

    public IReadOnlyList<ProbeRecord> Probes { get; init; } = [];

    public string? ProductName { get; init; }

    public string? ProductVersion { get; init; }

    /// <summary>The integration's own account, as the admin search lists it; null when it does not.</summary>
    public AdminAccount? Account { get; init; }

    public CallQuota? Quota { get; init; }

    /// <summary>Features that are switched on; inventory always is.</summary>
    public IReadOnlySet<PicketFeature> Features { get; init; } = new HashSet<PicketFeature>();

    /// <summary>By right: what writing has shown since the account was last changed.</summary>
    public IReadOnlyDictionary<string, RightUse> Used { get; init; } = new Dictionary<string, RightUse>();

    /// <summary>Our clock when the answers came.</summary>
    public required DateTimeOffset Now { get; init; }

    public RemoteAnswer? Answer(DoctorProbe probe) => Probes.FirstOrDefault(made => made.Probe.Id == probe.Id)?.Answer;
}
