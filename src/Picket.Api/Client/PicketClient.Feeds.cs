using System.Net.Http.Headers;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>The feeds.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<FeedView> Feeds(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.Feeds), PicketApiJson.Default.FeedPage);

    /// <summary>
    /// Imports a file as a new feed, or as the next version of the feed with this name. A file that cannot be read gives
    /// 422 with <see cref="Problem.FeedErrors"/>, and the old version stays in force.
    /// </summary>
    /// <param name="name">Name of the feed.</param>
    /// <param name="file">The file; read once, to its end. The name of a <see cref="FileStream"/> is sent along: some formats say only there what they are about.</param>
    /// <param name="format">One of <see cref="FeedFormats"/>.</param>
    /// <param name="fileName">Name of the file, where the stream does not know it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedView> ImportFeedAsync(
        string name,
        Stream file,
        string format = FeedFormats.Auto,
        string? fileName = null,
        CancellationToken cancellationToken = default
    )
    {
        fileName ??= file is FileStream onDisk ? Path.GetFileName(onDisk.Name) : null;
        var body = new StreamContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return SendAsync(
            HttpMethod.Post,
            new Query(Routes.Feeds).Add("name", name).Add("format", format).Add("fileName", fileName).ToString(),
            body,
            PicketApiJson.Default.FeedView,
            cancellationToken
        );
    }

    /// <summary>One feed.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedView> FeedAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Feed, id), PicketApiJson.Default.FeedView, cancellationToken);

    /// <summary>The versions of a feed, newest first.</summary>
    /// <param name="id">The feed.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<FeedVersion> FeedVersions(Guid id, string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.Fill(Routes.FeedVersions, id)), PicketApiJson.Default.FeedVersionPage);

    /// <summary>The indicators of the version in force.</summary>
    /// <param name="id">The feed.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<IndicatorView> FeedIndicators(Guid id, string? cursor = null, int? limit = null) =>
        FeedIndicators(id, new IndicatorFilter { Cursor = cursor, Limit = limit });

    /// <summary>The entries of a version of a feed, or what it added or removed.</summary>
    /// <param name="id">The feed.</param>
    /// <param name="filter">Which of them.</param>
    public PagedList<IndicatorView> FeedIndicators(Guid id, IndicatorFilter filter) =>
        List(
            filter.Cursor,
            filter.Limit,
            () =>
                new Query(Routes.Fill(Routes.FeedIndicators, id))
                    .Add("version", filter.Version)
                    .Add("change", filter.Change),
            PicketApiJson.Default.IndicatorPage
        );

    /// <summary>Puts the version before the present one in force.</summary>
    /// <param name="id">The feed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedView> RollbackFeedAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.FeedRollback, id), PicketApiJson.Default.FeedView, cancellationToken);

    /// <summary>Removes a feed; its findings end at the next judging.</summary>
    /// <param name="id">The feed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveFeedAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.Feed, id), cancellationToken);
}
