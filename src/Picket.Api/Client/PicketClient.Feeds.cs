using System.Net.Http.Headers;
using System.Net.Http.Json;

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
    /// <param name="accept">Whether it shall come into force however much it changes; else it may wait: see <see cref="FeedView.Aside"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedView> ImportFeedAsync(
        string name,
        Stream file,
        string format = FeedFormats.Auto,
        string? fileName = null,
        bool accept = false,
        CancellationToken cancellationToken = default
    )
    {
        fileName ??= file is FileStream onDisk ? Path.GetFileName(onDisk.Name) : null;
        var body = new StreamContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return SendAsync(
            HttpMethod.Post,
            new Query(Routes.Feeds)
                .Add("name", name)
                .Add("format", format)
                .Add("fileName", fileName)
                .Add("accept", accept ? "true" : null)
                .ToString(),
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

    /// <summary>Puts a version that was set aside in force.</summary>
    /// <param name="id">The feed.</param>
    /// <param name="version">The version that waits.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedView> AcceptFeedAsync(Guid id, Guid version, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.FeedAccept, id, version), PicketApiJson.Default.FeedView, cancellationToken);

    /// <summary>Decides against a version that was set aside; the one in force stays.</summary>
    /// <param name="id">The feed.</param>
    /// <param name="version">The version that waits.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedView> RejectFeedAsync(Guid id, Guid version, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.FeedReject, id, version), PicketApiJson.Default.FeedView, cancellationToken);

    /// <summary>The public sources that Picket knows, and whether they are followed.</summary>
    public PagedList<KnownFeed> FeedCatalogue() =>
        List(null, null, () => new(Routes.FeedCatalogue), PicketApiJson.Default.KnownFeedPage);

    /// <summary>The sources that are followed.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<FeedSourceView> FeedSources(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.FeedSources), PicketApiJson.Default.FeedSourcePage);

    /// <summary>One source.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedSourceView> FeedSourceAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.FeedSource, id), PicketApiJson.Default.FeedSourceView, cancellationToken);

    /// <summary>Follows a source; it is looked at at once.</summary>
    /// <param name="source">Which.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedSourceView> FollowFeedAsync(
        FeedSourceDraft source,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.FeedSources,
            source,
            PicketApiJson.Default.FeedSourceDraft,
            PicketApiJson.Default.FeedSourceView,
            cancellationToken
        );

    /// <summary>Changes the settings of a source: all of them, as given.</summary>
    /// <param name="id">The source.</param>
    /// <param name="source">Its settings; its name stays.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedSourceView> ChangeFeedSourceAsync(
        Guid id,
        FeedSourceDraft source,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Put,
            Routes.Fill(Routes.FeedSource, id),
            JsonContent.Create(source, PicketApiJson.Default.FeedSourceDraft),
            PicketApiJson.Default.FeedSourceView,
            cancellationToken
        );

    /// <summary>Lets a source be looked at now.</summary>
    /// <param name="id">The source.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<FeedSourceView> CheckFeedSourceAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.FeedSourceCheck, id), PicketApiJson.Default.FeedSourceView, cancellationToken);

    /// <summary>Follows a source no more; its feed stays as it is.</summary>
    /// <param name="id">The source.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task UnfollowFeedAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.FeedSource, id), cancellationToken);
}
