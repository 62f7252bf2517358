namespace Picket.Api;

// Apps that are published through the UEM, ring by ring.
public static partial class Routes
{
    /// <summary>
    /// GET: <see cref="DeploymentView"/>. PUT <see cref="SetDeployment"/>: the same; only for whom may change the integration
    /// (403); 422 when the account may not read what it has to, 502 when the UEM could not be asked.
    /// </summary>
    public const string Deployment = Integration + "/deployment";

    /// <summary>
    /// GET: page of <see cref="CatalogueAppView"/> by <see cref="CatalogueFilter"/>, in the order of names, from the UEM as it
    /// is now: one to three searches of the UEM for each page. <see cref="Page{T}.Note"/> tells when more apps are there
    /// than are read. 409 while the integration is paused, 422 when the account may not read it, 502 when the UEM could
    /// not be asked. POST <see cref="AddStoreApp"/>: 201 with <see cref="CatalogueChange"/>, 200 when the app is there
    /// already; 422 with all mistakes at once, or when the UEM refuses it or the account lacks the right; 409 while deploying
    /// is off; 502 when it could not be sent, or the answer is lost and the app is not listed.
    /// </summary>
    public const string Catalogue = Integration + "/catalogue";

    /// <summary>
    /// GET: <see cref="ConfigurationTemplateView"/> by <see cref="ConfigurationTemplateFilter"/>. Asks the UEM; when that
    /// cannot be, the answer says so and holds the rest.
    /// </summary>
    public const string DeploymentTemplate = Deployment + "/template";

    /// <summary>
    /// POST <see cref="CheckConfiguration"/>: <see cref="ConfigurationCheck"/>; writes nothing. Names in braces are compared
    /// with those of the UEM; when it cannot be asked, the answer says so.
    /// </summary>
    public const string DeploymentCheck = Deployment + "/check";

    /// <summary>
    /// POST of a file (<c>application/octet-stream</c>, its length told) by <see cref="UploadAppFilter"/>: makes a version of
    /// an internal app of it. 201 with <see cref="CatalogueChange"/>, 200 when that version is there already; 411 without a
    /// length, 413 when it is too large, 403 for <see cref="UploadAppFilter.CarryOver"/> without the right to approve; else as
    /// for a store app. An upload that breaks off makes nothing.
    /// </summary>
    public const string CatalogueUpload = Catalogue + "/upload";

    /// <summary>
    /// POST: retires a version of an internal app, by the UEM's numeric id: it is taken off the devices. 200 with
    /// <see cref="CatalogueChange"/>; 404 when the catalogue has no such internal app; else as for a store app.
    /// </summary>
    public const string CatalogueRetire = Catalogue + "/{app}/retire";

    /// <summary>POST: brings a retired version back; as <see cref="CatalogueRetire"/>.</summary>
    public const string CatalogueUnretire = Catalogue + "/{app}/unretire";

    /// <summary>
    /// POST <see cref="CreatePublication"/>: a draft; nothing is written to the UEM. 201 with <see cref="PublicationView"/>;
    /// 422 with all mistakes at once, 409 while the integration is paused, 502 when the UEM could not be asked.
    /// </summary>
    public const string IntegrationPublications = Integration + "/publications";

    /// <summary>GET: page of <see cref="PublicationView"/>, newest first, by <see cref="PublicationFilter"/>.</summary>
    public const string Publications = Prefix + "/publications";

    /// <summary>
    /// GET: <see cref="PublicationView"/>. DELETE: forgets one that never started or was taken back; 204, else 409. The
    /// ledger stays.
    /// </summary>
    public const string Publication = Publications + "/{id}";

    /// <summary>POST: <see cref="PublicationPreview"/>, from the UEM as it is now; writes nothing. 502 when it could not be asked.</summary>
    public const string PublicationPreview = Publication + "/preview";

    /// <summary>
    /// POST: begins with the first ring; 202 with <see cref="PublicationView"/>. 409 when it began before, or deploying is
    /// switched off.
    /// </summary>
    public const string PublicationStart = Publication + "/start";

    /// <summary>POST: no further ring begins; what is assigned stays. 202 with <see cref="PublicationView"/>, or 409.</summary>
    public const string PublicationPause = Publication + "/pause";

    /// <summary>
    /// POST <see cref="ResumePublication"/>: goes on with one that is paused; 202 with <see cref="PublicationView"/>, or 409.
    /// </summary>
    public const string PublicationResume = Publication + "/resume";

    /// <summary>
    /// POST <see cref="UndoPublication"/>: takes out of the UEM what Picket added, and nothing else; 202 with
    /// <see cref="PublicationView"/>, or 409.
    /// </summary>
    public const string PublicationUndo = Publication + "/undo";

    /// <summary>GET: <see cref="FunnelView"/>, from the last reading.</summary>
    public const string PublicationFunnel = Publication + "/funnel";

    /// <summary>GET: page of <see cref="PublicationDeviceView"/> by <see cref="PublicationDeviceFilter"/>, from the last reading.</summary>
    public const string PublicationDevices = Publication + "/devices";
}
