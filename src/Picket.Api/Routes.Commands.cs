namespace Picket.Api;

// Commands to devices, and what waits for a person's word.
public static partial class Routes
{
    /// <summary>
    /// POST <see cref="CreateCommand"/>: sync, query, request of apps or lock, in the background and at most once; 202 with
    /// <see cref="CommandView"/>. A lock needs a reason and a person. 409 with the brake that holds it, or while the same is
    /// under way for the device; 422 with all mistakes at once.
    /// </summary>
    public const string DeviceCommands = Device + "/commands";

    /// <summary>
    /// GET: <see cref="WipePreview"/>, what an enterprise wipe would take from the device, and what holds it. The UEM is not
    /// asked. POST <see cref="RequestWipe"/>: asks for one, which another person approves; 202 with <see cref="CommandView"/>.
    /// For people alone, with their second factor; 403 for who does not count, 409 with the brake that holds it.
    /// </summary>
    public const string DeviceWipe = Device + "/wipe";

    /// <summary>
    /// GET: <see cref="MessagePreview"/>, by <see cref="MessageFilter"/>: what the device's user would be sent about a finding.
    /// POST <see cref="SendMessage"/>: sends it, in the background and at most once; 202 with <see cref="CommandView"/>. For
    /// people alone. 409 with the brake that holds it, or when the text is not that of the preview any more; 403 for who may
    /// not insist; 422 with the mistake.
    /// </summary>
    public const string DeviceMessage = Device + "/message";

    /// <summary>GET: page of <see cref="CommandView"/>, newest first, by <see cref="CommandFilter"/>.</summary>
    public const string Commands = Prefix + "/commands";

    /// <summary>GET: <see cref="CommandView"/>.</summary>
    public const string Command = Commands + "/{id}";

    /// <summary>
    /// POST <see cref="ApproveCommand"/>: lets a wipe go, after its delay; 202 with <see cref="CommandView"/>. For a person other
    /// than the one who asked, with their second factor; 403 for who does not count, 409 once it does not wait any more.
    /// </summary>
    public const string CommandApprove = Command + "/approve";

    /// <summary>POST: declines a wipe; 200 with <see cref="CommandView"/>, 409 once it does not wait any more.</summary>
    public const string CommandDecline = Command + "/decline";

    /// <summary>
    /// POST: nothing of it is sent; 200 with <see cref="CommandView"/>, 409 once it was. For whoever may operate or approve at
    /// the integration.
    /// </summary>
    public const string CommandCancel = Command + "/cancel";

    /// <summary>
    /// POST <see cref="SettleCommand"/>: a person says what became of a command whose answer is lost; 200 with
    /// <see cref="CommandView"/>, 409 where it is known.
    /// </summary>
    public const string CommandSettle = Command + "/settle";

    /// <summary>
    /// POST <see cref="DecideMessages"/>: lets the first messages go that a version of the policy would send, or none of them;
    /// 204. For people who may approve; 409 when others wait than were seen.
    /// </summary>
    public const string PolicyMessages = IntegrationCommands + "/messages";

    /// <summary>GET: <see cref="ApprovalsView"/>: wipes and held tag runs that wait for a person's word.</summary>
    public const string Approvals = Prefix + "/approvals";

    /// <summary>
    /// GET: <see cref="CommandSettingsView"/>. PUT <see cref="SetCommands"/>: the same; the UEM says who may (law 6).
    /// </summary>
    public const string IntegrationCommands = Integration + "/commands";

    /// <summary>
    /// PUT <see cref="RotateCredential"/>: a credential that signs in for enterprise wipes alone, tried first;
    /// <see cref="CommandSettingsView"/>, 422 when the UEM refuses it. DELETE: wipes go by the integration's own again. Changing
    /// the way to the UEM forgets it and switches wipes off. Law 6 holds for both.
    /// </summary>
    public const string WipeCredential = IntegrationCommands + "/wipe-credential";
}
