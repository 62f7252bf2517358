namespace Picket.Api;

// Integrations: settings, who may change them, the doctor, and what is written through them.
public static partial class Routes
{
    /// <summary>
    /// GET: page of <see cref="IntegrationView"/>. POST <see cref="CreateIntegration"/>: 201, 422 with the doctor's report
    /// or when the creator's UEM account is not proven, 403 when it may not, 502 when the UEM could not be asked, 409 when
    /// the name is taken, or 429: what makes the server call a UEM that the caller names is bounded per minute.
    /// </summary>
    public const string Integrations = Prefix + "/integrations";

    /// <summary>
    /// POST <see cref="AdministratorProof"/>: links the caller to a UEM administrator account; 200 with
    /// <see cref="AdministratorLink"/>, 422 when the UEM refuses it or it cannot be linked, 409 when somebody else is linked
    /// to it, 429 after too many tries, 502 when the UEM could not be asked. DELETE: ends the caller's own link; 204.
    /// </summary>
    public const string IntegrationLink = Integration + "/link";

    /// <summary>GET: page of <see cref="AdministratorLink"/>, everybody who is linked.</summary>
    public const string IntegrationLinks = Integration + "/links";

    /// <summary>DELETE: ends the link of a person; 204. For whom may manage people.</summary>
    public const string IntegrationLinkOf = IntegrationLinks + "/{personId}";

    /// <summary>
    /// GET: page of <see cref="LinkRequest"/>, those that wait. They are made in the console, by a round to the OpenID
    /// Connect provider.
    /// </summary>
    public const string IntegrationLinkRequests = Integration + "/link-requests";

    /// <summary>DELETE: declines a request, or takes one's own back; 204.</summary>
    public const string IntegrationLinkRequest = IntegrationLinkRequests + "/{requestId}";

    /// <summary>
    /// POST: links whoever asked, with <see cref="AdministratorLink"/>. Only by somebody else who may change the integration
    /// (403), and while the provider's account and the UEM account are what they were (409, 422, 502).
    /// </summary>
    public const string IntegrationLinkRequestConfirm = IntegrationLinkRequest + "/confirm";

    /// <summary>GET: <see cref="UemReport"/>: what is wrong with the UEM itself, by the last full run. The UEM is not asked.</summary>
    public const string IntegrationUemFindings = Integration + "/uem-findings";

    /// <summary>GET: page of <see cref="RecoveryView"/>, newest first.</summary>
    public const string IntegrationRecoveries = Integration + "/recoveries";

    /// <summary>POST: says that a recovery was noticed; 204, or 409 while it lasts.</summary>
    public const string IntegrationRecoveryAcknowledge = IntegrationRecoveries + "/{recoveryId}/acknowledge";

    /// <summary>
    /// GET: <see cref="IntegrationView"/> with ETag. PATCH <see cref="ChangeIntegration"/> with If-Match (else 428): 200,
    /// 412 when somebody was faster, 422 when secrets are missing or the doctor finds failures, 409 when the name is taken
    /// or, for a new group, a run is open; 429. DELETE: 204, or 409 while a run is open or devices carry Picket's tags,
    /// or Picket's publications have assigned an app, unless query <c>keepTags=true</c>; ledger and tag runs are kept.
    /// </summary>
    public const string Integration = Integrations + "/{id}";

    /// <summary>
    /// POST <see cref="RotateCredential"/>: the integration with its new credential, tried before the old one is let go;
    /// else 422 with the doctor's report, 409 when the saved secrets of a proxy are lost, or 429.
    /// </summary>
    public const string IntegrationCredential = Integration + "/credential";

    /// <summary>POST: stops the schedule and lets nothing new start.</summary>
    public const string IntegrationPause = Integration + "/pause";

    /// <summary>
    /// POST: takes the schedule up again after a passed doctor; else 422 with its report, or 409 while the credential is
    /// refused or lost.
    /// </summary>
    public const string IntegrationResume = Integration + "/resume";

    /// <summary>POST <see cref="SetWriting"/>: allows or stops writing to the UEM; 409 without an accepted preview.</summary>
    public const string IntegrationWriting = Integration + "/writing";

    /// <summary>
    /// POST: <see cref="DoctorReport"/> of a saved integration; 409 when its saved secrets are lost. Query
    /// <c>record=true</c> adds the redacted exchanges; query <c>round</c>, a uuid of the caller's choosing, lets the
    /// caller look on at <see cref="DoctorRound"/> while it lasts.
    /// </summary>
    public const string IntegrationDoctor = Integration + "/doctor";

    /// <summary>POST <see cref="CreateIntegration"/>: <see cref="DoctorReport"/> of a draft; nothing is saved; 429. Queries as above.</summary>
    public const string Doctor = Prefix + "/doctor";

    /// <summary>
    /// GET: <see cref="DoctorProgress"/> of an examination that the caller began and that is under way; 404 before it
    /// began and after it ended.
    /// </summary>
    public const string DoctorRound = Doctor + "/rounds/{id}";

    /// <summary>
    /// POST <see cref="StartRun"/>: 202 with <see cref="RunView"/>, or 409 with the run that is under way, or without one
    /// while the integration is paused or its credential refused.
    /// </summary>
    public const string IntegrationRuns = Integration + "/runs";

    /// <summary>GET: <see cref="TaggingView"/>.</summary>
    public const string Tagging = Integration + "/tagging";

    /// <summary>
    /// GET: page of <see cref="TagDifference"/> by <see cref="TagDifferenceFilter"/>: the devices that a tag run would touch
    /// now, by what was confirmed last. The UEM is not asked.
    /// </summary>
    public const string TaggingDifferences = Tagging + "/differences";

    /// <summary>POST: <see cref="TagPreview"/>; nothing is written to the UEM; 502 when the UEM could not be asked.</summary>
    public const string TaggingPreview = Tagging + "/preview";

    /// <summary>
    /// POST: accepts a preview: switches writing on and queues the tag run; 202 with <see cref="TagRunView"/>. 409 when
    /// the settings changed since, when more devices would change now than were shown (beyond the brake's share), when a
    /// newer preview or an open tag run is there, or the integration is paused.
    /// </summary>
    public const string TaggingAccept = Tagging + "/previews/{previewId}/accept";

    /// <summary>
    /// POST: 202 with <see cref="TagRunView"/>: a new run, or the open one, which does the same. 409 while writing is off,
    /// the integration is paused, or a run is held.
    /// </summary>
    public const string TaggingRun = Tagging + "/run";

    /// <summary>
    /// POST: switches writing off and takes Picket's tags off all devices; 202 with <see cref="TagRunView"/>. 409 while a
    /// tag run is open or the integration is paused.
    /// </summary>
    public const string TaggingCleanUp = Tagging + "/clean-up";

    /// <summary>GET: page of <see cref="TagRunView"/>, newest first, by <see cref="TagRunFilter"/>.</summary>
    public const string TagRuns = Prefix + "/tagging/runs";

    /// <summary>GET: <see cref="TagRunView"/>.</summary>
    public const string TagRun = TagRuns + "/{id}";

    /// <summary>POST: asks a queued or running tag run to stop before its next write; 202, or 409 when it is neither.</summary>
    public const string TagRunCancel = TagRun + "/cancel";

    /// <summary>
    /// POST <see cref="AdoptTag"/>: Picket may from now on manage this tag that it did not make; 409 when it is not the tag
    /// of a level, 502 when the UEM could not be asked.
    /// </summary>
    public const string TaggingAdopt = Tagging + "/adopt";

    /// <summary>POST: lets a held tag run go on; 202 with <see cref="TagRunView"/>, or 409 when it is not held or writing is off.</summary>
    public const string TaggingHeldApprove = Prefix + "/tagging/held/{id}/approve";

    /// <summary>POST: ends a held tag run without a write: 200 with <see cref="TagRunView"/>, or 409 when it is not held. Picket asks again after the next reading of the fleet.</summary>
    public const string TaggingHeldDiscard = Prefix + "/tagging/held/{id}/discard";

    /// <summary>GET: page of <see cref="LedgerSummary"/>, newest first, by <see cref="LedgerFilter"/>.</summary>
    public const string Ledger = Prefix + "/ledger";

    /// <summary>GET: <see cref="LedgerView"/> with its entries per device.</summary>
    public const string LedgerEntry = Ledger + "/{id}";
}
