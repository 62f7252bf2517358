using Microsoft.Extensions.Time.Testing;

namespace Picket.WorkspaceOne.Tests.Support;

internal static class Patience
{
    /// <summary>Lets fake time pass in steps until the work is done.</summary>
    public static async Task<T> PassUntilDoneAsync<T>(
        this FakeTimeProvider time,
        Task<T> work,
        TimeSpan step,
        CancellationToken cancellationToken
    )
    {
        while (!work.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellationToken);
            time.Advance(step);
        }

        return await work;
    }
}
