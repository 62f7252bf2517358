using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Enrollment;

/// <summary>
/// Takes up imports that a stopped process left, and those whose wait is over; forgets what old ones say. All of it stands
/// in the database.
/// </summary>
internal sealed class EnrollmentWorker(
    PicketDatabase database,
    IGrainFactory grains,
    IOptions<EnrollmentOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<EnrollmentWorker> log
) : LoneWork(lifetime, lease)
{
    private static readonly TimeSpan LongestUpload = TimeSpan.FromHours(1);

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds), time);
        do
        {
            try
            {
                await PokeAsync(stopping);
                await ForgetAsync(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                EnrollmentLog.LookFailed(log, failure);
            }
        } while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task PokeAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var open = await ImportQueue.Open(db).Select(row => row.IntegrationId).Distinct().ToListAsync(cancellation);
        foreach (var integration in open)
        {
            await grains.GetGrain<IEnrollmentGrain>(integration).PokeAsync();
        }
    }

    /// <summary>Lines name people: once they are old they are forgotten (law 8), and their numbers stay.</summary>
    private async Task ForgetAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var before = now - TimeSpan.FromDays(options.Value.KeepLinesDays);
        await using var db = database.Open();
        var imports = await db.Imports.Where(row => row.ForgottenAt == null).ToListAsync(cancellation);
        foreach (var import in imports)
        {
            if (import.State == ImportState.Receiving && import.MadeAt < now - LongestUpload)
            {
                await ImportRemoval.RemoveAsync(db, import.Id, cancellation); // Its sender is long gone.
            }
            else if ((import.EndedAt ?? (import.State == ImportState.Checked ? import.MadeAt : now)) < before)
            {
                await ImportRemoval.ForgetLinesAsync(db, import.Id, now, cancellation);
            }
        }
    }
}
