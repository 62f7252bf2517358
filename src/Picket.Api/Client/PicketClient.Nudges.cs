namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>Sends a message to the people whose devices are at a gap. It cannot be taken back.</summary>
    /// <param name="publicationId">The publication.</param>
    /// <param name="nudge">To whom, and what it says.</param>
    /// <param name="cancellationToken">Stops waiting; the messages may go nevertheless.</param>
    public Task<NudgeView> NudgeAsync(
        Guid publicationId,
        CreateNudge nudge,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.PublicationNudges, publicationId),
            nudge,
            PicketApiJson.Default.CreateNudge,
            PicketApiJson.Default.NudgeView,
            cancellationToken
        );

    /// <summary>The nudges of a publication, newest first.</summary>
    /// <param name="publicationId">The publication.</param>
    /// <param name="filter">Which of them.</param>
    public PagedList<NudgeView> Nudges(Guid publicationId, NudgeFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () => new Query(Routes.Fill(Routes.PublicationNudges, publicationId)),
            PicketApiJson.Default.NudgePage
        );

    /// <summary>One nudge.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NudgeView> NudgeAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Nudge, id), PicketApiJson.Default.NudgeView, cancellationToken);

    /// <summary>The devices of a nudge, and what became of their messages.</summary>
    /// <param name="id">The nudge.</param>
    /// <param name="filter">Which of them.</param>
    public PagedList<NudgeDeviceView> NudgeDevices(Guid id, NudgeDeviceFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () => new Query(Routes.Fill(Routes.NudgeDevices, id)).Add("state", filter?.State),
            PicketApiJson.Default.NudgeDevicePage
        );

    /// <summary>Lets no further message go out; what was sent is sent.</summary>
    /// <param name="id">The nudge.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NudgeView> StopNudgeAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.NudgeStop, id), PicketApiJson.Default.NudgeView, cancellationToken);
}
