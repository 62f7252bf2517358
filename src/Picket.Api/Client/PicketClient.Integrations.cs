namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>The integrations, by name.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<IntegrationView> Integrations(ListFilter? filter = null) =>
        List(filter, Routes.Integrations, PicketApiJson.Default.IntegrationPage);

    /// <summary>One integration.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IntegrationView> IntegrationAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Integration, id), PicketApiJson.Default.IntegrationView, cancellationToken);

    /// <summary>What is wrong with the UEM itself: its version, the account's rights, administrators that nobody uses.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<UemReport> UemFindingsAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.IntegrationUemFindings, id), PicketApiJson.Default.UemReport, cancellationToken);

    /// <summary>Saves a new integration after a passed doctor; else 422 with <see cref="Problem.Doctor"/>.</summary>
    /// <param name="draft">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IntegrationView> CreateIntegrationAsync(
        CreateIntegration draft,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Integrations,
            draft,
            PicketApiJson.Default.CreateIntegration,
            PicketApiJson.Default.IntegrationView,
            cancellationToken
        );

    /// <summary>Changes settings; 412 when somebody changed them since <paramref name="version"/>.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="version">The <see cref="IntegrationView.Version"/> that the change starts from.</param>
    /// <param name="change">The fields to change.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IntegrationView> ChangeIntegrationAsync(
        Guid id,
        string version,
        ChangeIntegration change,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Patch,
            Routes.Fill(Routes.Integration, id),
            System.Net.Http.Json.JsonContent.Create(change, PicketApiJson.Default.ChangeIntegration),
            PicketApiJson.Default.IntegrationView,
            cancellationToken,
            version
        );

    /// <summary>Replaces the credential without a gap.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="credential">The new credential.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IntegrationView> RotateCredentialAsync(
        Guid id,
        Credential credential,
        CancellationToken cancellationToken = default
    ) => RotateCredentialAsync(id, new RotateCredential(credential), cancellationToken);

    /// <summary>Replaces the credential without a gap, and keeps the day on which the new one ends.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="rotation">The new credential, and its last day where somebody knows it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IntegrationView> RotateCredentialAsync(
        Guid id,
        RotateCredential rotation,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.IntegrationCredential, id),
            rotation,
            PicketApiJson.Default.RotateCredential,
            PicketApiJson.Default.IntegrationView,
            cancellationToken
        );

    /// <summary>Stops the schedule.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IntegrationView> PauseIntegrationAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.IntegrationPause, id), PicketApiJson.Default.IntegrationView, cancellationToken);

    /// <summary>Takes the schedule up again.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IntegrationView> ResumeIntegrationAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.IntegrationResume, id), PicketApiJson.Default.IntegrationView, cancellationToken);

    /// <summary>Allows or stops writing to the UEM.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="enabled">True needs an accepted preview (else 409).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IntegrationView> SetWritingAsync(
        Guid id,
        bool enabled,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.IntegrationWriting, id),
            new SetWriting(enabled),
            PicketApiJson.Default.SetWriting,
            PicketApiJson.Default.IntegrationView,
            cancellationToken
        );

    /// <summary>Removes the integration with its inventory; 409 while devices carry Picket's tags. The ledger is kept.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="keepTags">True leaves Picket's tags on the devices; see <see cref="CleanUpTagsAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveIntegrationAsync(Guid id, bool keepTags = false, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.Integration, id) + (keepTags ? "?keepTags=true" : ""), cancellationToken);

    /// <summary>Links the caller to a UEM administrator account at an integration.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="proof">The account and its password.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AdministratorLink> LinkAsync(
        Guid id,
        AdministratorProof proof,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.IntegrationLink, id),
            proof,
            PicketApiJson.Default.AdministratorProof,
            PicketApiJson.Default.AdministratorLink,
            cancellationToken
        );

    /// <summary>Ends the caller's own link.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task UnlinkAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.IntegrationLink, id), cancellationToken);

    /// <summary>Ends the link of a person; for whom may manage people.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="person">The person.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task UnlinkAsync(Guid id, Guid person, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.IntegrationLinkOf, id, person), cancellationToken);

    /// <summary>Who is linked at an integration.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<AdministratorLink> Links(Guid id, string? cursor = null, int? limit = null) =>
        List(
            cursor,
            limit,
            () => new(Routes.Fill(Routes.IntegrationLinks, id)),
            PicketApiJson.Default.AdministratorLinkPage
        );

    /// <summary>Who asks to be linked, on the word of the OpenID Connect provider.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<LinkRequest> LinkRequests(Guid id, string? cursor = null, int? limit = null) =>
        List(
            cursor,
            limit,
            () => new(Routes.Fill(Routes.IntegrationLinkRequests, id)),
            PicketApiJson.Default.LinkRequestPage
        );

    /// <summary>Links whoever asked; for somebody else who may change the integration.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AdministratorLink> ConfirmLinkAsync(
        Guid id,
        Guid request,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.IntegrationLinkRequestConfirm, id, request),
            PicketApiJson.Default.AdministratorLink,
            cancellationToken
        );

    /// <summary>Declines a request, or takes one's own back.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task DeclineLinkAsync(Guid id, Guid request, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.IntegrationLinkRequest, id, request), cancellationToken);

    /// <summary>The recoveries of an integration, newest first.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<RecoveryView> Recoveries(Guid id, string? cursor = null, int? limit = null) =>
        List(
            cursor,
            limit,
            () => new(Routes.Fill(Routes.IntegrationRecoveries, id)),
            PicketApiJson.Default.RecoveryPage
        );

    /// <summary>Says that a recovery was noticed.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="recovery">The recovery.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task AcknowledgeRecoveryAsync(Guid id, Guid recovery, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.IntegrationRecoveryAcknowledge, id, recovery), cancellationToken);

    /// <summary>Checks the preparation of a saved integration.</summary>
    /// <param name="id">The integration.</param>
    /// <param name="record">True adds the redacted exchanges.</param>
    /// <param name="round">Any new uuid, to look on with <see cref="DoctorProgressAsync"/>; null where nobody does.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DoctorReport> DoctorAsync(
        Guid id,
        bool record = false,
        Guid? round = null,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Examination(Routes.Fill(Routes.IntegrationDoctor, id), record, round),
            PicketApiJson.Default.DoctorReport,
            cancellationToken
        );

    /// <summary>Checks the preparation of a draft; nothing is saved.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="record">True adds the redacted exchanges.</param>
    /// <param name="round">Any new uuid, to look on with <see cref="DoctorProgressAsync"/>; null where nobody does.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DoctorReport> DoctorAsync(
        CreateIntegration draft,
        bool record = false,
        Guid? round = null,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Examination(Routes.Doctor, record, round),
            draft,
            PicketApiJson.Default.CreateIntegration,
            PicketApiJson.Default.DoctorReport,
            cancellationToken
        );

    /// <summary>What an examination that the caller began, and that is under way, has shown so far.</summary>
    /// <param name="round">The uuid that it was begun with.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="PicketApiException">404 before it began, and after it ended.</exception>
    public Task<DoctorProgress> DoctorProgressAsync(Guid round, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.DoctorRound, round), PicketApiJson.Default.DoctorProgress, cancellationToken);

    private static string Examination(string path, bool record, Guid? round) =>
        new Query(path).Add("record", record ? "true" : null).Add("round", round).ToString();
}
