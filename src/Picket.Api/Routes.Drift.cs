namespace Picket.Api;

// What others changed about what is Picket's in a UEM.
public static partial class Routes
{
    /// <summary>GET: page of <see cref="DriftView"/> by <see cref="DriftFilter"/>, newest first.</summary>
    public const string Drift = Prefix + "/drift";

    /// <summary>GET: <see cref="DriftView"/>.</summary>
    public const string DriftOne = Drift + "/{id}";

    /// <summary>GET: page of <see cref="DriftDevice"/>, by the UEM's number; query: <c>cursor</c>, <c>limit</c>.</summary>
    public const string DriftDevices = DriftOne + "/devices";

    /// <summary>
    /// POST: a tag run makes it as it was, under its brakes, or the tag is put back into the smart group; 200 with
    /// <see cref="DriftView"/>. For whoever may approve. 409 where it is repaired by itself, cannot be repaired or is over, and
    /// while nothing may be written.
    /// </summary>
    public const string DriftRepair = DriftOne + "/repair";

    /// <summary>
    /// POST: it stays: devices until their verdict changes, a name until it is changed again, a deleted tag until it is there
    /// again, a smart group until it names the tag again; 200 with <see cref="DriftView"/>. For whoever may approve. 409 where it is over.
    /// </summary>
    public const string DriftAccept = DriftOne + "/accept";

    /// <summary>
    /// GET: <see cref="TagReferencesView"/>. POST: the UEM's smart groups are looked at now; 202 with the view as it is, and 409
    /// while tags are not written or the UEM is not asked. For whoever may operate the integration.
    /// </summary>
    public const string TagReferences = Integration + "/tagging/references";

    /// <summary>
    /// POST: the compliance policies of the UEM, asked for now: <see cref="CompliancePolicyView"/> list; for whoever may operate. 409
    /// while the UEM is not asked, 502 where it cannot be. PUT with <see cref="WatchPolicies"/>: which are watched; 200 with
    /// <see cref="TagReferencesView"/>; for administrators of the integration's organization group.
    /// </summary>
    public const string CompliancePolicies = TagReferences + "/policies";
}
