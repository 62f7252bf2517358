namespace Picket.Api;

/// <summary>
/// Every address of the REST interface, as route templates. The server maps them, the client fills them with
/// <see cref="Fill"/>. All answers are JSON (camelCase, enumerations as text, times ISO 8601 in UTC); all refusals are
/// problem details (RFC 9457), see <see cref="Problem"/>. Everywhere: 400 for what cannot be read, 401 without a valid
/// token, 403 where the caller's role or the token's scope does not reach that far, or, for a change of an integration, where the
/// caller is not linked to a UEM account that may (law 6), 404 for an unknown id.
/// </summary>
public static class Routes
{
    /// <summary>What every address of version 1 starts with.</summary>
    public const string Prefix = "/api/v1";

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

    /// <summary>GET: page of <see cref="RecoveryView"/>, newest first.</summary>
    public const string IntegrationRecoveries = Integration + "/recoveries";

    /// <summary>POST: says that a recovery was noticed; 204, or 409 while it lasts.</summary>
    public const string IntegrationRecoveryAcknowledge = IntegrationRecoveries + "/{recoveryId}/acknowledge";

    /// <summary>
    /// GET: <see cref="IntegrationView"/> with ETag. PATCH <see cref="ChangeIntegration"/> with If-Match (else 428): 200,
    /// 412 when somebody was faster, 422 when secrets are missing or the doctor finds failures, 409 when the name is taken
    /// or, for a new group, a run is open; 429. DELETE: 204, or 409 while a run is open or devices carry Picket's tags,
    /// unless query <c>keepTags=true</c>; ledger and tag runs are kept.
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
    /// <c>record=true</c> adds the redacted exchanges.
    /// </summary>
    public const string IntegrationDoctor = Integration + "/doctor";

    /// <summary>POST <see cref="CreateIntegration"/>: <see cref="DoctorReport"/> of a draft; nothing is saved; 429. Query <c>record=true</c> as above.</summary>
    public const string Doctor = Prefix + "/doctor";

    /// <summary>
    /// POST <see cref="StartRun"/>: 202 with <see cref="RunView"/>, or 409 with the run that is under way, or without one
    /// while the integration is paused or its credential refused.
    /// </summary>
    public const string IntegrationRuns = Integration + "/runs";

    /// <summary>GET: page of <see cref="RunView"/>, newest first, by <see cref="RunFilter"/>.</summary>
    public const string Runs = Prefix + "/runs";

    /// <summary>GET: <see cref="RunView"/>.</summary>
    public const string Run = Runs + "/{id}";

    /// <summary>POST: asks the run to stop at its next page; 409 when it is held or over.</summary>
    public const string RunCancel = Run + "/cancel";

    /// <summary>POST: lets a held run remove the devices that the UEM no longer lists; 409 when it is not held.</summary>
    public const string RunApprove = Run + "/approve";

    /// <summary>POST: ends a held run and keeps every device; 409 when it is not held.</summary>
    public const string RunDiscard = Run + "/discard";

    /// <summary>GET: <see cref="OverviewView"/>.</summary>
    public const string Overview = Prefix + "/overview";

    /// <summary>
    /// GET: page of <see cref="VerdictHistory"/>, all in one: the verdicts of each integration over the last <c>days</c>
    /// (query; 1 to 400, 30 when absent).
    /// </summary>
    public const string OverviewVerdicts = Overview + "/verdicts";

    /// <summary>GET: page of <see cref="DeviceAtRisk"/>, all in one: the few devices that need attention first, worst first.</summary>
    public const string OverviewDevices = Overview + "/devices";

    /// <summary>GET: page of <see cref="DeviceSummary"/> by <see cref="DeviceFilter"/>.</summary>
    public const string Devices = Prefix + "/devices";

    /// <summary>GET: <see cref="DeviceView"/>.</summary>
    public const string Device = Devices + "/{id}";

    /// <summary>GET: page of <see cref="DeviceAppView"/>; query <c>gone=true</c>: only those that are gone, <c>false</c>: only those that are there.</summary>
    public const string DeviceApps = Device + "/apps";

    /// <summary>GET: page of <see cref="HistoryEntry"/>, newest first; query <c>apps=false</c> leaves out apps that came and went.</summary>
    public const string DeviceHistory = Device + "/history";

    /// <summary>GET: <see cref="DeviceTagsView"/>: the tags that Picket wants on the device, and those that are there.</summary>
    public const string DeviceTags = Device + "/tags";

    /// <summary>GET: page of <see cref="UserView"/> by <see cref="ListFilter"/>.</summary>
    public const string Users = Prefix + "/users";

    /// <summary>GET: page of <see cref="UserGroupView"/> by <see cref="ListFilter"/>.</summary>
    public const string UserGroups = Prefix + "/user-groups";

    /// <summary>GET: page of <see cref="OrganizationGroupView"/> by <see cref="ListFilter"/>.</summary>
    public const string OrganizationGroups = Prefix + "/organization-groups";

    /// <summary>GET: page of <see cref="SmartGroupView"/> by <see cref="ListFilter"/>.</summary>
    public const string SmartGroups = Prefix + "/smart-groups";

    /// <summary>GET: page of <see cref="AdministratorView"/> by <see cref="ListFilter"/>.</summary>
    public const string Administrators = Prefix + "/administrators";

    /// <summary>GET: page of <see cref="TagView"/> by <see cref="ListFilter"/>.</summary>
    public const string Tags = Prefix + "/tags";

    /// <summary>GET: page of <see cref="FindingView"/> by <see cref="FindingFilter"/>.</summary>
    public const string Findings = Prefix + "/findings";

    /// <summary>GET: page of <see cref="FindingKindView"/>, all in one: every kind of finding that this server knows.</summary>
    public const string FindingKinds = Findings + "/kinds";

    /// <summary>GET: page of <see cref="AppView"/> by <see cref="ListFilter"/>.</summary>
    public const string Apps = Prefix + "/apps";

    /// <summary>GET: page of <see cref="AppHolder"/> by <see cref="HolderFilter"/>; the id is the bundle or package id, and an unknown one has no rows.</summary>
    public const string AppDevices = Apps + "/{appId}/devices";

    /// <summary>
    /// GET: page of <see cref="FeedView"/>. POST the file as raw body, query <c>name</c>, <c>format</c>
    /// (see <see cref="FeedFormats"/>), <c>fileName</c>: 201 with <see cref="FeedView"/>, also for the next version of a
    /// feed; 422 with <see cref="Problem.FeedErrors"/>, or 413 above 32 MiB.
    /// </summary>
    public const string Feeds = Prefix + "/feeds";

    /// <summary>GET: <see cref="FeedView"/>. DELETE: 204; its findings end at the next judging.</summary>
    public const string Feed = Feeds + "/{id}";

    /// <summary>GET: page of <see cref="FeedVersion"/>, newest first.</summary>
    public const string FeedVersions = Feed + "/versions";

    /// <summary>POST: puts the version before the present one in force; 409 when there is none.</summary>
    public const string FeedRollback = Feed + "/rollback";

    /// <summary>GET: page of <see cref="IndicatorView"/> of the version in force.</summary>
    public const string FeedIndicators = Feed + "/indicators";

    /// <summary>GET: <see cref="TaggingView"/>.</summary>
    public const string Tagging = Integration + "/tagging";

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

    /// <summary>GET: page of <see cref="AuditEntry"/>, newest first, by <see cref="AuditFilter"/>.</summary>
    public const string Audit = Prefix + "/audit";

    /// <summary>GET: <see cref="AuditHeadView"/>, the signed end of the audit's chain; 409 when its key is lost.</summary>
    public const string AuditHead = Audit + "/head";

    /// <summary>GET: the whole audit as lines of <see cref="AuditExportLine"/>, the signed head last; 409 as above.</summary>
    public const string AuditExport = Audit + "/export";

    /// <summary>
    /// GET: page of <see cref="TokenView"/>: the caller's own, or all for whom may manage tokens. POST
    /// <see cref="CreateToken"/>: 201 with <see cref="CreatedToken"/>. For people; a service's token is made by who may
    /// manage tokens.
    /// </summary>
    public const string Tokens = Prefix + "/tokens";

    /// <summary>DELETE: revokes the token at once; 204, or 404 when it is revoked already.</summary>
    public const string Token = Tokens + "/{id}";

    /// <summary>
    /// POST <see cref="ClaimLink"/>: uses the one-time link of the first start or of an invitation; 201 with
    /// <see cref="SignedIn"/>, 400 for a name, address or password that cannot be taken, 403 when the code is unknown, used
    /// or expired, 429. Needs no token.
    /// </summary>
    public const string ClaimLink = Prefix + "/one-time-links/claim";

    /// <summary>
    /// POST <see cref="SignIn"/>: <see cref="SignedIn"/> with a token for 12 hours; 401 for a wrong name, password or second
    /// factor, and for an account that is closed for a while after ten wrong ones; 429. Needs no token.
    /// </summary>
    public const string SignIn = Prefix + "/sign-in";

    /// <summary>
    /// POST <see cref="Api.SetPassword"/>: chooses a new password by a one-time link that was made for that; 204, 400 for a
    /// password that cannot be taken, 403 when the code is unknown, used or expired, 429. Needs no token. All sessions,
    /// personal tokens and links to UEM accounts of the person end.
    /// </summary>
    public const string SetPassword = Prefix + "/one-time-links/password";

    /// <summary>
    /// GET: page of <see cref="PersonView"/>, for who manages people or reads the audit: everybody, or who has a role where
    /// the caller has that right.
    /// </summary>
    public const string People = Prefix + "/people";

    /// <summary>
    /// GET: <see cref="PersonView"/>. DELETE: erases the person; 204. Their sessions, tokens, roles and links go, and nobody
    /// can tell any more whose entries of the audit theirs were. 409 for the last owner.
    /// </summary>
    public const string Person = People + "/{id}";

    /// <summary>
    /// POST <see cref="RoleGiven"/>: gives a role, in place of the one at the same integration. DELETE with
    /// <c>?integrationId=</c>, or without for the role at all integrations: takes it. Both answer with
    /// <see cref="PersonView"/>; 403 for a role that is not the caller's to give, 409 for the last owner's.
    /// </summary>
    public const string PersonRoles = Person + "/roles";

    /// <summary>POST: shuts a person out at once, tokens too; <see cref="PersonView"/>; 409 for the last owner.</summary>
    public const string PersonDeactivate = Person + "/deactivate";

    /// <summary>POST: lets a person in again; <see cref="PersonView"/>.</summary>
    public const string PersonReactivate = Person + "/reactivate";

    /// <summary>
    /// POST: 201 with <see cref="CreatedLink"/>, good for a day, by which the person chooses a new password. Until it is used
    /// the old one stays good.
    /// </summary>
    public const string PersonPasswordLink = Person + "/password-link";

    /// <summary>POST: takes the second factor off a person who has lost it; <see cref="PersonView"/>.</summary>
    public const string PersonSecondFactorReset = Person + "/second-factor/reset";

    /// <summary>
    /// GET: page of <see cref="InvitationView"/>: those that are open, where the caller manages people. POST
    /// <see cref="Invite"/>: 201 with <see cref="CreatedLink"/>.
    /// </summary>
    public const string Invitations = Prefix + "/invitations";

    /// <summary>DELETE: withdraws an invitation; 204, or 404 when it is used or over.</summary>
    public const string Invitation = Invitations + "/{id}";

    /// <summary>GET: <see cref="MeView"/>, who the caller is.</summary>
    public const string Me = Prefix + "/me";

    /// <summary>GET: <see cref="AccountView"/>, how the caller signs in. For people.</summary>
    public const string MyAccount = Me + "/account";

    /// <summary>
    /// DELETE: the account of the OpenID Connect provider signs the caller in no more; 204, 404 where none is linked, 409
    /// where nothing else would.
    /// </summary>
    public const string MyProvider = Me + "/provider";

    /// <summary>
    /// POST <see cref="ChangePassword"/>: 204; 422 when the current one is wrong, 400 for one that cannot be taken. All other
    /// sessions end.
    /// </summary>
    public const string MyPassword = Me + "/password";

    /// <summary>GET: page of <see cref="SessionView"/>, newest first. DELETE: ends all but the one that asks; 204.</summary>
    public const string MySessions = Me + "/sessions";

    /// <summary>DELETE: ends a session of the caller's; 204, or 404 when it has ended.</summary>
    public const string MySession = MySessions + "/{id}";

    /// <summary>
    /// POST: <see cref="AuthenticatorSecret"/>, a new one; it counts once it is confirmed. 409 where a second factor is on.
    /// </summary>
    public const string MySecondFactor = Me + "/second-factor";

    /// <summary>
    /// POST <see cref="SecondFactorCode"/>: switches the second factor on; <see cref="Api.RecoveryCodes"/>. 422 for a wrong code.
    /// </summary>
    public const string MySecondFactorConfirm = MySecondFactor + "/confirm";

    /// <summary>POST <see cref="SecondFactorCode"/>: switches the second factor off; 204, 422 for a wrong code.</summary>
    public const string MySecondFactorRemove = MySecondFactor + "/remove";

    /// <summary>
    /// POST <see cref="SecondFactorCode"/>: <see cref="Api.RecoveryCodes"/>, new ones; the old ones end. 422 for a wrong code.
    /// </summary>
    public const string MyRecoveryCodes = Me + "/recovery-codes";

    /// <summary>GET: 200 while the process runs. No sign-in.</summary>
    public const string Live = "/health/live";

    /// <summary>GET: 200 when requests can be served, 503 before. No sign-in.</summary>
    public const string Ready = "/health/ready";

    /// <summary>GET: the OpenAPI document of version 1.</summary>
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>Fills the placeholders of a template from left to right, each value escaped for a path.</summary>
    /// <param name="template">One of the constants of this class.</param>
    /// <param name="values">As many values as the template has placeholders.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the placeholders.</exception>
    public static string Fill(string template, params ReadOnlySpan<object> values)
    {
        var segments = template.Split('/');
        var used = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            if (!segments[i].StartsWith('{'))
                continue;
            if (used == values.Length)
                throw new ArgumentException($"{template} has more placeholders than the {values.Length} given values.");
            segments[i] = Uri.EscapeDataString(
                Convert.ToString(values[used++], System.Globalization.CultureInfo.InvariantCulture)!
            );
        }
        return used == values.Length
            ? string.Join('/', segments)
            : throw new ArgumentException($"{template} has fewer placeholders than the {values.Length} given values.");
    }
}
