using System.Net.Http.Json;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>The organization's own indicators, oldest first, with those that have ended.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<OwnIndicatorView> OwnIndicators(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.OwnIndicators), PicketApiJson.Default.OwnIndicatorPage);

    /// <summary>One own indicator.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<OwnIndicatorView> OwnIndicatorAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.OwnIndicator, id), PicketApiJson.Default.OwnIndicatorView, cancellationToken);

    /// <summary>Adds an own indicator. The devices that it matches are judged again at once.</summary>
    /// <param name="wish">What it shall say. A wrong value gives 400 with the field's mistakes; a second one of the same kind, value and platform too.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<OwnIndicatorView> AddOwnIndicatorAsync(
        SaveOwnIndicator wish,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.OwnIndicators,
            wish,
            PicketApiJson.Default.SaveOwnIndicator,
            PicketApiJson.Default.OwnIndicatorView,
            cancellationToken
        );

    /// <summary>Changes an own indicator as a whole; one that had ended counts again when its end lies ahead.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="wish">What it shall say from now on.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<OwnIndicatorView> ChangeOwnIndicatorAsync(
        Guid id,
        SaveOwnIndicator wish,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Put,
            Routes.Fill(Routes.OwnIndicator, id),
            JsonContent.Create(wish, PicketApiJson.Default.SaveOwnIndicator),
            PicketApiJson.Default.OwnIndicatorView,
            cancellationToken
        );

    /// <summary>Removes an own indicator; its findings end at the next judging, which follows at once.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveOwnIndicatorAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.OwnIndicator, id), cancellationToken);
}
