using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>A version of the policy document.</summary>
public sealed record PolicyVersionView
{
    /// <summary>Its number, from 1 on; 0 is the built-in policy, which holds until a document is applied.</summary>
    public required int Number { get; init; }

    /// <summary>Whether devices are judged by it now.</summary>
    public bool InForce { get; init; }

    /// <summary>SHA-256 of its text, in hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was applied; null for the built-in policy.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>Who applied it, where that is still known: a person or a token.</summary>
    public string? AppliedBy { get; init; }

    /// <summary>What they wrote to it.</summary>
    public string? Comment { get; init; }

    /// <summary>The document, YAML. Null in lists of versions.</summary>
    public string? Text { get; init; }

    /// <summary>The tags of its sets, line by line. Empty in lists of versions, and of versions that are not in force.</summary>
    public IReadOnlyList<PolicyTagView> Tags { get; set; } = [];
}

/// <summary>A line of a set of tags: of several that fit a device the first one counts.</summary>
/// <param name="Set">The set's name: its purpose.</param>
/// <param name="Tag">Name of the tag.</param>
/// <param name="Rule">What it asks for.</param>
/// <param name="Devices">Devices that carry the tag, as last confirmed, in all integrations; by whichever line.</param>
public sealed record PolicyTagView(string Set, string Tag, string Rule, int Devices);

/// <summary>A document to be tried.</summary>
/// <param name="Text">YAML, at most 262,144 characters.</param>
/// <param name="CheckOnly">True: says what is wrong and what differs, and counts no devices; for while somebody types.</param>
public sealed record PlanPolicy(string Text, bool CheckOnly = false);

/// <summary>What a document would change. Nothing was changed.</summary>
public sealed record PolicyPlan
{
    /// <summary>The version in force that it was compared with; to apply, the same has to be in force.</summary>
    public required int BasedOn { get; init; }

    /// <summary>What is wrong with the text; then all below is empty.</summary>
    public IReadOnlyList<PolicyMistake> Mistakes { get; set; } = [];

    /// <summary>What differs from the document in force.</summary>
    public IReadOnlyList<PolicyChange> Changes { get; set; } = [];

    /// <summary>What may be meant otherwise, such as a group that does not exist. No reason not to apply.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];

    /// <summary>Devices of the fleet.</summary>
    public int Devices { get; init; }

    /// <summary>Those of them for which other values, or other exceptions, would hold.</summary>
    public int DevicesChanged { get; init; }

    /// <summary>
    /// The tags of the sets, of the document in force and of this one, with how many devices they are for. The verdicts are
    /// taken as they are: what other values would make of them, a trial tells.
    /// </summary>
    public IReadOnlyList<PolicyPlanTag> Tags { get; set; } = [];
}

/// <summary>For how many devices a tag would be.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Tag">Name of the tag.</param>
/// <param name="Before">Devices that are to carry it by the document in force.</param>
/// <param name="After">Devices that would be.</param>
public sealed record PolicyPlanTag(string Set, string Tag, int Before, int After);

/// <summary>Something wrong in a document.</summary>
/// <param name="Line">From 1 on.</param>
/// <param name="Column">From 1 on.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
public sealed record PolicyMistake(int Line, int Column, string Message);

/// <summary>One difference between two documents.</summary>
/// <param name="What">The policy or exception, and which value of it.</param>
/// <param name="Before">The value in force; null when there is none.</param>
/// <param name="After">The value of the new document; null when it has none.</param>
public sealed record PolicyChange(string What, string? Before, string? After);

/// <summary>A document to be put in force.</summary>
/// <param name="Text">YAML, at most 262,144 characters.</param>
/// <param name="BasedOn">The version that was in force when it was planned: <see cref="PolicyPlan.BasedOn"/>.</param>
/// <param name="Comment">Why, in at most 500 characters.</param>
public sealed record ApplyPolicy(string Text, int BasedOn, string? Comment = null);

/// <summary>How far an exception is from its end.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExceptionState>))]
public enum ExceptionState
{
    /// <summary>It holds.</summary>
    Active,

    /// <summary>It holds, and ends within 14 days.</summary>
    EndsSoon,

    /// <summary>It has ended: its findings count again. It stays in the document until somebody takes it out.</summary>
    Ended,
}

/// <summary>An exception of the document in force.</summary>
public sealed record PolicyExceptionView
{
    /// <summary>Its name, unique in the document.</summary>
    public required string Name { get; init; }

    /// <summary>What is excepted: a kind of finding, or an app.</summary>
    public required string What { get; init; }

    /// <summary>For which devices.</summary>
    public required string Scope { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day (UTC) on which it holds.</summary>
    public required DateOnly Ends { get; init; }

    /// <summary>How far it is from its end.</summary>
    public required ExceptionState State { get; init; }

    /// <summary>Findings that are true now and have no weight by it, as of the last judging of their devices.</summary>
    public int Findings { get; init; }
}

/// <summary>Which policy holds for a device, and why.</summary>
public sealed record DevicePolicyView
{
    /// <summary>The version of the document; 0 for the built-in policy.</summary>
    public required int Version { get; init; }

    /// <summary>Where the device stands: its organization groups from the top to its own; null when not known.</summary>
    public string? Groups { get; init; }

    /// <summary>
    /// The policies, those that hold first, the nearest of them at the top. To whom may not read everywhere, only those that
    /// hold or may hold are told.
    /// </summary>
    public IReadOnlyList<PolicyStepView> Steps { get; set; } = [];

    /// <summary>The values that hold.</summary>
    public IReadOnlyList<PolicyValueView> Values { get; set; } = [];

    /// <summary>Names of the exceptions in whose scope the device is and that have not ended.</summary>
    public IReadOnlyList<string> Exceptions { get; set; } = [];
}

/// <summary>Whether one policy holds for a device.</summary>
/// <param name="Name">The policy.</param>
/// <param name="Group">The organization group that it is for; <c>*</c> for all.</param>
/// <param name="Priority">Of several that are equally near the smaller goes first.</param>
/// <param name="Holds">Null when it is not known.</param>
/// <param name="Why">Why it holds, or not.</param>
public sealed record PolicyStepView(string Name, string Group, int Priority, bool? Holds, string Why);

/// <summary>One value that holds for a device.</summary>
/// <param name="Name">Its place in the document, e.g. <c>levels.os.outdated</c>.</param>
/// <param name="Value">As the document writes it.</param>
/// <param name="From">The policy that states it; null for what Picket has built in.</param>
public sealed record PolicyValueView(string Name, string Value, string? From);
