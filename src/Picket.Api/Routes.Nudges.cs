namespace Picket.Api;

// Messages through the UEM to the people whose devices lag behind.
public static partial class Routes
{
    /// <summary>
    /// GET: page of <see cref="NudgeView"/>, newest first, by <see cref="NudgeFilter"/>. POST <see cref="CreateNudge"/>: sends a message to each
    /// device that is at the gap by the last reading, at most once, in the background; 202 with <see cref="NudgeView"/>.
    /// A message cannot be taken back. 422 with all mistakes at once, or when there are no such devices or more than 10,000;
    /// 403 when there are more than 200 and the caller may not approve; 409 while deploying is switched off, before the
    /// first reading, and once the app was taken back.
    /// </summary>
    public const string PublicationNudges = Publication + "/nudges";

    /// <summary>GET: <see cref="NudgeView"/>.</summary>
    public const string Nudge = Prefix + "/nudges/{id}";

    /// <summary>GET: page of <see cref="NudgeDeviceView"/> by <see cref="NudgeDeviceFilter"/>.</summary>
    public const string NudgeDevices = Nudge + "/devices";

    /// <summary>POST: no further message goes out; 202 with <see cref="NudgeView"/>, or 409 when it has ended.</summary>
    public const string NudgeStop = Nudge + "/stop";
}
