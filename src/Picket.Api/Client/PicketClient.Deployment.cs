using System.Net.Http.Json;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>Whether apps are published for an integration.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DeploymentView> DeploymentAsync(Guid integrationId, CancellationToken cancellationToken = default) =>
        GetAsync(
            Routes.Fill(Routes.Deployment, integrationId),
            PicketApiJson.Default.DeploymentView,
            cancellationToken
        );

    /// <summary>Switches publishing on or off; on asks the UEM first.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="enabled">On or off.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DeploymentView> SetDeploymentAsync(
        Guid integrationId,
        bool enabled,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Put,
            Routes.Fill(Routes.Deployment, integrationId),
            JsonContent.Create(new SetDeployment(enabled), PicketApiJson.Default.SetDeployment),
            PicketApiJson.Default.DeploymentView,
            cancellationToken
        );

    /// <summary>What the configuration of an app begins with, and what can stand in it.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="template">For which platform and app.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ConfigurationTemplateView> ConfigurationTemplateAsync(
        Guid integrationId,
        ConfigurationTemplateFilter template,
        CancellationToken cancellationToken = default
    ) =>
        GetAsync(
            new Query(Routes.Fill(Routes.DeploymentTemplate, integrationId))
                .Add("platform", template.Platform)
                .Add("app", template.App)
                .Add("server", template.Server)
                .ToString(),
            PicketApiJson.Default.ConfigurationTemplateView,
            cancellationToken
        );

    /// <summary>All mistakes of an app's configuration at once; writes nothing.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="configuration">What to look through.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ConfigurationCheck> CheckConfigurationAsync(
        Guid integrationId,
        CheckConfiguration configuration,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.DeploymentCheck, integrationId),
            configuration,
            PicketApiJson.Default.CheckConfiguration,
            PicketApiJson.Default.ConfigurationCheck,
            cancellationToken
        );

    /// <summary>Makes a draft. Nothing is written to the UEM.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="publication">The app, and who gets it.</param>
    /// <param name="cancellationToken">Stops waiting; the draft may be made nevertheless.</param>
    public Task<PublicationView> CreatePublicationAsync(
        Guid integrationId,
        CreatePublication publication,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.IntegrationPublications, integrationId),
            publication,
            PicketApiJson.Default.CreatePublication,
            PicketApiJson.Default.PublicationView,
            cancellationToken
        );

    /// <summary>The publications, newest first.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<PublicationView> Publications(PublicationFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Publications).Add("integrationId", filter?.IntegrationId).Add("state", filter?.State),
            PicketApiJson.Default.PublicationPage
        );

    /// <summary>One publication.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PublicationView> PublicationAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Publication, id), PicketApiJson.Default.PublicationView, cancellationToken);

    /// <summary>What a publication would do in the UEM as it is now; writes nothing.</summary>
    /// <param name="id">The publication.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PublicationPreview> PreviewPublicationAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Fill(Routes.PublicationPreview, id),
            PicketApiJson.Default.PublicationPreview,
            cancellationToken
        );

    /// <summary>Begins with the first ring.</summary>
    /// <param name="id">The publication.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PublicationView> StartPublicationAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.PublicationStart, id), PicketApiJson.Default.PublicationView, cancellationToken);

    /// <summary>Lets no further ring begin; what is assigned stays.</summary>
    /// <param name="id">The publication.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PublicationView> PausePublicationAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.PublicationPause, id), PicketApiJson.Default.PublicationView, cancellationToken);

    /// <summary>Goes on with a publication that is paused.</summary>
    /// <param name="id">The publication.</param>
    /// <param name="how">How; null for: as it was.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PublicationView> ResumePublicationAsync(
        Guid id,
        ResumePublication? how = null,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.PublicationResume, id),
            how ?? new ResumePublication(),
            PicketApiJson.Default.ResumePublication,
            PicketApiJson.Default.PublicationView,
            cancellationToken
        );

    /// <summary>Takes out of the UEM what Picket added, and nothing else.</summary>
    /// <param name="id">The publication.</param>
    /// <param name="touched">What to do where somebody changed what Picket added.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PublicationView> UndoPublicationAsync(
        Guid id,
        TouchedByOthers touched = TouchedByOthers.Stop,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.PublicationUndo, id),
            new UndoPublication(touched),
            PicketApiJson.Default.UndoPublication,
            PicketApiJson.Default.PublicationView,
            cancellationToken
        );

    /// <summary>Forgets a publication that never started or was taken back; the ledger stays.</summary>
    /// <param name="id">The publication.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemovePublicationAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.Publication, id), cancellationToken);

    /// <summary>How far the devices have come, from the last reading.</summary>
    /// <param name="id">The publication.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FunnelView> PublicationFunnelAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.PublicationFunnel, id), PicketApiJson.Default.FunnelView, cancellationToken);

    /// <summary>The devices behind a number of the funnel.</summary>
    /// <param name="id">The publication.</param>
    /// <param name="filter">Which of them.</param>
    public PagedList<PublicationDeviceView> PublicationDevices(Guid id, PublicationDeviceFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Fill(Routes.PublicationDevices, id))
                    .Add("stage", filter?.Stage)
                    .Add("reached", filter?.Reached)
                    .Add("gap", filter?.Gap)
                    .Add("ring", filter?.Ring)
                    .Add("worsened", filter?.Worsened),
            PicketApiJson.Default.PublicationDevicePage
        );
}
