using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Sync;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Sync.Stages;

/// <summary>
/// The devices. Pages come in while the ones before are compared, and these while the ones before them are written: some
/// ten pages in one transaction, with the run's figures in the same one.
/// </summary>
internal static class DeviceStage
{
    /// <summary>A device may have reported between the UEM's clock and ours.</summary>
    private static readonly TimeSpan SeenSinceMargin = TimeSpan.FromMinutes(15);
    private const int PagesPerTransaction = 10;

    /// <summary>
    /// Pages that wait for the writer: those that come in while it stores the ten before, so that the network need not
    /// wait for it. More would only fill memory.
    /// </summary>
    private const int PagesWaiting = PagesPerTransaction;

    public static async Task FullAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        var began = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var scope = await DeviceScope.OfAsync(services, run, cancellation);
        var listing = run.Client.Devices.Search(run.OrganizationGroup);
        var listed = await ReadAsync(services, run, listing, scope, cancellation);
        await DeviceLoss.SettleAsync(services, run, listing.Report, listed, scope, cancellation);
        await NoteWholeAsync(services, run, listing.Report, began, cancellation);
    }

    /// <summary>What reported since the last whole listing began. Shows no losses and no administrators' edits.</summary>
    public static async Task SeenSinceAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        var began = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var scope = await DeviceScope.OfAsync(services, run, cancellation);
        var since = run.Integration.DevicesListedAt - SeenSinceMargin;
        var listing = run.Client.Devices.Search(run.OrganizationGroup, since);
        await ReadAsync(services, run, listing, scope, cancellation);
        await NoteWholeAsync(services, run, listing.Report, began, cancellation);
        if (!listing.Report.Complete)
        {
            run.Incomplete("the listing of recent contacts does not add up; some changes may be missing.");
        }
    }

    public static async Task OneAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        var device = await run.Client.Devices.GetAsync(run.Row.DeviceRemoteId!.Value, cancellation);
        await services.GetRequiredService<DeviceWriter>().WriteAsync(run, [device], cancellation);
    }

    /// <summary>Only a listing that was read to its end lets the next incremental run begin after it.</summary>
    private static async Task NoteWholeAsync(
        IServiceProvider services,
        SyncRun run,
        ListingReport report,
        DateTimeOffset began,
        CancellationToken cancellation
    )
    {
        if (report.Complete)
        {
            await using var db = services.GetRequiredService<PicketDatabase>().Open();
            await db
                .Integrations.Where(row => row.Id == run.Integration.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DevicesListedAt, began), cancellation);
        }
    }

    private static async Task<ListedDevices> ReadAsync(
        IServiceProvider services,
        SyncRun run,
        Listing<UemDevice> listing,
        DeviceScope scope,
        CancellationToken cancellation
    )
    {
        var listed = new ListedDevices([], []);
        var pages = Channel.CreateBounded<IReadOnlyList<UemDevice>>(PagesWaiting);
        var writing = WriteAllAsync(services.GetRequiredService<DeviceWriter>(), run, pages, cancellation);
        try
        {
            await foreach (var page in listing.WithCancellation(cancellation))
            {
                run.Row.StageTotal = page.Total;
                var inScope = page.Items.Where(scope.Holds).ToList();
                listed.InScope.AddRange(inScope.Select(device => device.Id));
                if (inScope.Count < page.Items.Count)
                {
                    listed.Outside.AddRange(
                        page.Items.Where(device => !scope.Holds(device)).Select(device => device.Id)
                    );
                }

                await pages.Writer.WriteAsync(inScope, cancellation);
            }
        }
        catch (ChannelClosedException)
        {
            await writing; // It failed, and says why.
        }
        finally
        {
            // What was read before a failure is kept; the failure is the caller's to judge.
            pages.Writer.TryComplete();
            await writing;
        }

        return listed;
    }

    private static async Task WriteAllAsync(
        DeviceWriter writer,
        SyncRun run,
        Channel<IReadOnlyList<UemDevice>> pages,
        CancellationToken cancellation
    )
    {
        var writing = Task.CompletedTask;
        var planned = new List<PlannedDevices>();
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellation))
            {
                // A listing names no device twice, so a page can be compared while those before are written.
                planned.Add(await writer.PlanAsync(run, page, cancellation));
                if (planned.Count == PagesPerTransaction)
                {
                    await WriteNextAsync();
                }
            }

            await WriteNextAsync();
            await writing;
        }
        catch
        {
            pages.Writer.TryComplete(); // Else the reader would wait for room for ever.
            throw;
        }
        finally
        {
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task WriteNextAsync()
        {
            await writing;
            var next = planned;
            planned = [];
            writing = Task.Run(() => writer.WriteAsync(run, next, cancellation), cancellation); // SQLite blocks.
        }
    }
}
