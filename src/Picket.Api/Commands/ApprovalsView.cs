using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What kind of thing waits.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalKind>))]
public enum ApprovalKind
{
    /// <summary>An enterprise wipe.</summary>
    EnterpriseWipe,

    /// <summary>A tag run that the brake held.</summary>
    TagRun,

    /// <summary>Messages to users, the first that a version of the policy would send; decided by <see cref="Routes.PolicyMessages"/>.</summary>
    Messages,

    /// <summary>A run of app groups that the brake held.</summary>
    AppGroupRun,
}

/// <summary>What waits for a person's word, at the integrations that the caller sees.</summary>
public sealed record ApprovalsView
{
    /// <summary>How many things wait.</summary>
    public required int Waiting { get; init; }

    /// <summary>The oldest 200 of them, the oldest first.</summary>
    public required IReadOnlyList<ApprovalView> Items { get; init; }
}

/// <summary>Something that waits for a person's word.</summary>
public sealed record ApprovalView
{
    /// <summary>What.</summary>
    public required ApprovalKind Kind { get; init; }

    /// <summary>Id of the command, of the tag run, or of the run of app groups; of messages that of the integration.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it expires. A wipe is over then; what else is still wanted is shown anew.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Who wants it; null for what verdicts want, and where that was erased.</summary>
    public string? WantedBy { get; init; }

    /// <summary>Why, in the words of who wants it, or which brake holds it.</summary>
    public string? Cause { get; init; }

    /// <summary>The device, of a wipe.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Its friendly name.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Devices whose tags would change, of a tag run; messages that would go; 1 for a wipe; 0 for a run of app groups.</summary>
    public required int Devices { get; init; }

    /// <summary>Of a tag run, which showing this is (<see cref="TagRunView.Showing"/>): the yes names it.</summary>
    public int? Showing { get; init; }

    /// <summary>Apps that would be added to or taken out of app groups, of a run of these; else 0.</summary>
    public int Apps { get; init; }

    /// <summary>Of messages the version of the policy that wants them; null for all else.</summary>
    public int? PolicyVersion { get; init; }

    /// <summary>Why the caller may not approve it; null where they may, given their second factor.</summary>
    public string? WhyNotYou { get; init; }

    /// <summary>Whether a code of the caller's second factor has to come along.</summary>
    public bool NeedsSecondFactor { get; init; }
}
