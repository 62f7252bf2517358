using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>The platforms that have a list of denied apps.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AppGroupPlatform>))]
public enum AppGroupPlatform
{
    /// <summary>Android.</summary>
    Android,

    /// <summary>iPhones and iPads.</summary>
    Apple,
}

/// <summary>Whose an app group is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AppGroupState>))]
public enum AppGroupState
{
    /// <summary>Does not exist; it is made when there is an app to deny.</summary>
    Missing,

    /// <summary>Made by Picket.</summary>
    Created,

    /// <summary>Was there before, and a person told Picket to own it.</summary>
    Adopted,

    /// <summary>Nothing is written to it until a person has acted; <see cref="AppGroupView.Trouble"/> says why.</summary>
    Blocked,
}

/// <summary>How an integration's lists of denied apps stand.</summary>
public sealed record AppGroupsView
{
    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>Whether an administrator has switched them on, by accepting a preview.</summary>
    public bool Enabled { get; init; }

    /// <summary>Why nothing is written now, in words; null while it may be.</summary>
    public string? WhyNot { get; init; }

    /// <summary>Apps that may be added and taken out within an hour before a person is asked, 0 to 1000.</summary>
    public int MostChanges { get; init; }

    /// <summary>Apps of one group at the most; more are left out.</summary>
    public int MostApps { get; init; }

    /// <summary>One of each platform.</summary>
    public required IReadOnlyList<AppGroupView> Groups { get; init; }

    /// <summary>Apps that findings name and that are not denied all the same, with why.</summary>
    public required IReadOnlyList<DeniedAppView> LeftOut { get; init; }

    /// <summary>The newest run.</summary>
    public AppGroupRunView? LastRun { get; init; }

    /// <summary>The run that waits for a person; null when none does.</summary>
    public AppGroupRunView? Held { get; init; }
}

/// <summary>The list of denied apps of one platform.</summary>
public sealed record AppGroupView
{
    /// <summary>The platform.</summary>
    public required AppGroupPlatform Platform { get; init; }

    /// <summary>What Picket calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Number in the UEM; null while it does not exist.</summary>
    public int? UemId { get; init; }

    /// <summary>Whose it is.</summary>
    public required AppGroupState State { get; init; }

    /// <summary>Why nothing is written to it, and what to do; null for nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>When it was read last; null before that.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Apps that are to be denied, and those of Picket's that are still in the group; at most 1000.</summary>
    public required IReadOnlyList<DeniedAppView> Apps { get; init; }

    /// <summary>Ids that somebody else put into the group. Picket leaves them.</summary>
    public required IReadOnlyList<string> Others { get; init; }
}

/// <summary>An app that findings name.</summary>
public sealed record DeniedAppView
{
    /// <summary>The platform.</summary>
    public required AppGroupPlatform Platform { get; init; }

    /// <summary>Package name, or bundle id.</summary>
    public required string AppId { get; init; }

    /// <summary>The worst level among its findings; null where none names it any more.</summary>
    public Level? Level { get; init; }

    /// <summary>Why.</summary>
    public required IReadOnlyList<DenialReasonView> Reasons { get; init; }

    /// <summary>Devices of the fleet that have it.</summary>
    public int Devices { get; init; }

    /// <summary>Whether it is to be in the group.</summary>
    public bool Wanted { get; init; }

    /// <summary>Whether it was in the group when that was read last.</summary>
    public bool InGroup { get; init; }

    /// <summary>Why it is left out; null for what is wanted.</summary>
    public string? LeftOut { get; init; }
}

/// <summary>Why an app is denied.</summary>
/// <param name="Kind">The kind of finding, such as <c>app.stalkerware</c>.</param>
/// <param name="Source">The feed whose indicator matched; null where the organization's policy denies the app.</param>
/// <param name="IndicatorId">The indicator; null likewise.</param>
public sealed record DenialReasonView(string Kind, string? Source, string? IndicatorId);

/// <summary>What a run would do. It can be accepted for a day, while address, organization group and scope stay.</summary>
public sealed record AppGroupPreview
{
    /// <summary>Picket's id, for accepting it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>What would become of each platform's group.</summary>
    public required IReadOnlyList<AppGroupChange> Groups { get; init; }

    /// <summary>Apps that would be added or taken out.</summary>
    public int Changes { get; init; }

    /// <summary>Calls to the UEM that write.</summary>
    public int Calls { get; init; }

    /// <summary>Why a run would be held for a person, were this not accepted; null when it would not.</summary>
    public string? Brake { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What would become of one group.</summary>
public sealed record AppGroupChange
{
    /// <summary>The platform.</summary>
    public required AppGroupPlatform Platform { get; init; }

    /// <summary>What Picket calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Number in the UEM; null where there is none yet.</summary>
    public int? UemId { get; init; }

    /// <summary>Apps that would be added.</summary>
    public required IReadOnlyList<DeniedAppView> Adds { get; init; }

    /// <summary>Ids that would be taken out.</summary>
    public required IReadOnlyList<string> Removes { get; init; }

    /// <summary>Ids of others, which stay.</summary>
    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>Why nothing could be written to it; the preview cannot be accepted then. Null for nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>The group of that name that others have, which could be adopted; null for none.</summary>
    public int? ForeignUemId { get; init; }
}

/// <summary>Tells Picket to own an app group that it did not make.</summary>
/// <param name="UemId">The UEM's number of it; it must have the name of the platform's group and deny what it lists.</param>
public sealed record AdoptAppGroup(int UemId);

/// <summary>Changes how app groups are kept. What is null stays.</summary>
public sealed record SetAppGroups
{
    /// <summary>False to switch the lists off; what is in the UEM stays. True is refused: they go on with an accepted preview.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Apps that may be added and taken out within an hour before a person is asked, 0 to 1000.</summary>
    public int? MostChanges { get; init; }
}
