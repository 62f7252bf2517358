using System.Globalization;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>What keeps Picket from writing now, and what waits.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<BrakesView> BrakesAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Brakes, PicketApiJson.Default.BrakesView, cancellationToken);

    /// <summary>Stops all writes to every UEM. None begins once this has returned.</summary>
    /// <param name="reason">Why; 1 to 500 characters.</param>
    /// <param name="cancellationToken">Stops waiting; they are stopped all the same.</param>
    public Task<WritesStopped> StopWritesAsync(string reason, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.WriteStop,
            new StopWrites(reason),
            PicketApiJson.Default.StopWrites,
            PicketApiJson.Default.WritesStopped,
            cancellationToken
        );

    /// <summary>Releases all writes: what waits goes on by itself.</summary>
    /// <param name="number">The stop that was seen; null for whichever is in force.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<WriteStopView> ReleaseWritesAsync(long? number = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Delete,
            number is { } seen
                ? string.Create(CultureInfo.InvariantCulture, $"{Routes.WriteStop}?number={seen}")
                : Routes.WriteStop,
            null,
            PicketApiJson.Default.WriteStopView,
            cancellationToken
        );

    /// <summary>When all writes were stopped, newest first.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<WriteStopView> WriteStops(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.WriteStops), PicketApiJson.Default.WriteStopPage);

    /// <summary>Tag runs that the brake held, newest first.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<HeldRunView> HeldRuns(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.HeldRuns), PicketApiJson.Default.HeldRunPage);

    /// <summary>The never-touch list: entries for all integrations, and those of visible ones.</summary>
    /// <param name="integrationId">Only those that hold for this integration.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<NeverTouchView> NeverTouch(Guid? integrationId = null, string? cursor = null, int? limit = null) =>
        List(
            cursor,
            limit,
            () => new Query(Routes.NeverTouch).Add("integrationId", integrationId),
            PicketApiJson.Default.NeverTouchPage
        );

    /// <summary>Puts devices onto the never-touch list.</summary>
    /// <param name="draft">Which, where and why.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NeverTouchView> AddNeverTouchAsync(
        NeverTouchDraft draft,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.NeverTouch,
            draft,
            PicketApiJson.Default.NeverTouchDraft,
            PicketApiJson.Default.NeverTouchView,
            cancellationToken
        );

    /// <summary>Takes an entry off the never-touch list.</summary>
    /// <param name="id">The entry.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveNeverTouchAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.NeverTouchEntry, id), cancellationToken);
}
