using System.Runtime.CompilerServices;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Hosting;

public sealed class ReleaseTests
{
    /// <summary>
    /// A timer of a limiter once kept each server of a process for ever. The first may stay: libraries start something
    /// of the whole process with it.
    /// </summary>
    [Fact]
    public async Task Servers_that_ended_are_let_go_of()
    {
        WeakReference<PicketDatabase>[] ended =
        [
            await StartAndEndAsync(),
            await StartAndEndAsync(),
            await StartAndEndAsync(),
        ];

        // What was asked to wait ends by itself within seconds.
        for (var second = 0; second < 60 && Kept() > 1; second++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(Kept(), 0, 1);
        int Kept() => ended.Count(server => server.TryGetTarget(out _));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference<PicketDatabase>> StartAndEndAsync()
    {
        await using var picket = await PicketApplication.StartAsync();
        return new WeakReference<PicketDatabase>(picket.Service<PicketDatabase>());
    }
}
