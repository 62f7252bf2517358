namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>Judges the fleet as if a change were made. Changes nothing; of 100,000 devices it takes some seconds.</summary>
    /// <param name="wish">The change.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<WhatIfView> WhatIfAsync(WhatIfWish wish, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.WhatIfs,
            wish,
            PicketApiJson.Default.WhatIfWish,
            PicketApiJson.Default.WhatIfView,
            cancellationToken
        );

    /// <summary>A trial of the last hour.</summary>
    /// <param name="id">The trial.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<WhatIfView> WhatIfAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.WhatIf, id), PicketApiJson.Default.WhatIfView, cancellationToken);

    /// <summary>The devices on which the change of a trial tells.</summary>
    /// <param name="id">The trial.</param>
    /// <param name="filter">Which of them; null for all.</param>
    public PagedList<WhatIfDevice> WhatIfDevices(Guid id, WhatIfFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Fill(Routes.WhatIfDevices, id))
                    .Add("before", filter?.Before)
                    .Add("after", filter?.After)
                    .Add("kind", filter?.Kind)
                    .Add("tag", filter?.Tag)
                    .Add("integrationId", filter?.IntegrationId),
            PicketApiJson.Default.WhatIfDevicePage
        );
}
