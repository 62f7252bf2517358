namespace Picket.Core.Response;

/// <summary>A tag of one of the policy's sets that a device is to carry.</summary>
/// <param name="Cause">What made it so at the last judging: the kind of a finding, or a level.</param>
public sealed record WantedTag(string Set, string Tag, string Cause);
