namespace Picket.Api;

// By which rules devices are judged.
public static partial class Routes
{
    /// <summary>GET: <see cref="PolicyVersionView"/> in force, with its text. For whom may read everywhere.</summary>
    public const string Policy = Prefix + "/policy";

    /// <summary>
    /// GET: page of <see cref="PolicyVersionView"/>, newest first; the last 500 are kept. POST <see cref="ApplyPolicy"/>: puts
    /// a document in force; 201 with <see cref="PolicyVersionView"/>, and every device is judged anew. 422 with all mistakes
    /// as <see cref="Problem.PolicyMistakes"/>; 409 when another version than <see cref="ApplyPolicy.BasedOn"/> is in force
    /// meanwhile, or nothing would change.
    /// </summary>
    public const string PolicyVersions = Policy + "/versions";

    /// <summary>GET: <see cref="PolicyVersionView"/> with its text; number 0 is the built-in policy.</summary>
    public const string PolicyVersion = PolicyVersions + "/{number}";

    /// <summary>
    /// POST <see cref="PlanPolicy"/>: <see cref="Api.PolicyPlan"/>; changes nothing. A text that cannot be read gives 200 with its
    /// mistakes.
    /// </summary>
    public const string PolicyPlan = Policy + "/plan";

    /// <summary>GET: page of <see cref="PolicyExceptionView"/>, all in one, those that end first at the top. For whom may read everywhere.</summary>
    public const string PolicyExceptions = Policy + "/exceptions";

    /// <summary>GET: <see cref="DevicePolicyView"/>: which policy holds for the device, and why.</summary>
    public const string DevicePolicy = Device + "/policy";
}
