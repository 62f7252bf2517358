using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>Whether users and devices are registered for an integration.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<EnrollmentView> EnrollmentAsync(Guid integrationId, CancellationToken cancellationToken = default) =>
        GetAsync(
            Routes.Fill(Routes.Enrollment, integrationId),
            PicketApiJson.Default.EnrollmentView,
            cancellationToken
        );

    /// <summary>Switches registering on or off; on asks the UEM first.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="enabled">On or off.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<EnrollmentView> SetEnrollmentAsync(
        Guid integrationId,
        bool enabled,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Put,
            Routes.Fill(Routes.Enrollment, integrationId),
            JsonContent.Create(new SetEnrollment(enabled), PicketApiJson.Default.SetEnrollment),
            PicketApiJson.Default.EnrollmentView,
            cancellationToken
        );

    /// <summary>Announces one device for a user: an import of one line that starts by itself.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="device">The device and its user.</param>
    /// <param name="cancellationToken">Stops waiting; the device may be announced nevertheless.</param>
    public Task<ImportView> RegisterDeviceAsync(
        Guid integrationId,
        RegisterDevice device,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.Registrations, integrationId),
            device,
            PicketApiJson.Default.RegisterDevice,
            PicketApiJson.Default.ImportView,
            cancellationToken
        );

    /// <summary>A CSV file with the header alone.</summary>
    /// <param name="kind">What its lines shall name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<string> ImportTemplateAsync(ImportKind kind, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Fill(Routes.ImportTemplate, kind));
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a CSV file in and checks it. Nothing is written to the UEM.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="kind">What its lines name.</param>
    /// <param name="name">Name of the file, 1 to 200 characters.</param>
    /// <param name="file">The file; read once, to its end.</param>
    /// <param name="cancellationToken">Stops sending; what was taken in is forgotten.</param>
    public Task<ImportView> ImportAsync(
        Guid integrationId,
        ImportKind kind,
        string name,
        Stream file,
        CancellationToken cancellationToken = default
    )
    {
        var body = new StreamContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return SendAsync(
            HttpMethod.Post,
            new Query(Routes.Fill(Routes.IntegrationImports, integrationId))
                .Add("kind", kind)
                .Add("name", name)
                .ToString(),
            body,
            PicketApiJson.Default.ImportView,
            cancellationToken
        );
    }

    /// <summary>The imports, newest first.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<ImportView> Imports(ImportFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () => new Query(Routes.Imports).Add("integrationId", filter?.IntegrationId).Add("state", filter?.State),
            PicketApiJson.Default.ImportPage
        );

    /// <summary>One import.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ImportView> ImportAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Import, id), PicketApiJson.Default.ImportView, cancellationToken);

    /// <summary>The lines of an import, in the order of the file.</summary>
    /// <param name="id">The import.</param>
    /// <param name="filter">Which of them.</param>
    public PagedList<ImportLineView> ImportLines(Guid id, ImportLineFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () => new Query(Routes.Fill(Routes.ImportLines, id)).Add("step", filter?.Step).Add("state", filter?.State),
            PicketApiJson.Default.ImportLinePage
        );

    /// <summary>Copies a CSV file with each line's outcome.</summary>
    /// <param name="id">The import.</param>
    /// <param name="target">Where it is written; stays open.</param>
    /// <param name="cancellationToken">Stops copying.</param>
    public async Task ImportResultAsync(Guid id, Stream target, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Fill(Routes.ImportResult, id));
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        await response.Content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends what was checked.</summary>
    /// <param name="id">The import.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ImportView> StartImportAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.ImportStart, id), PicketApiJson.Default.ImportView, cancellationToken);

    /// <summary>Stops an import before its next write; what was done stays.</summary>
    /// <param name="id">The import.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ImportView> CancelImportAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.ImportCancel, id), PicketApiJson.Default.ImportView, cancellationToken);

    /// <summary>Takes up the lines that failed, are unclear or were not sent: looks each up first.</summary>
    /// <param name="id">The import.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ImportView> RetryImportAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.ImportRetry, id), PicketApiJson.Default.ImportView, cancellationToken);

    /// <summary>Forgets a file and its lines; the ledger stays.</summary>
    /// <param name="id">The import.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveImportAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.Import, id), cancellationToken);
}
