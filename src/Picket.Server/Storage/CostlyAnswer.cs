namespace Picket.Server.Storage;

/// <summary>
/// An answer that is read row by row, and so remembered for all who ask: for twenty times as long as the reading took, a
/// minute at most. Who asks while somebody reads waits for that reading.
/// </summary>
internal sealed class CostlyAnswer<T>(TimeProvider time) : IDisposable
{
    private const int TimesItsCost = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim gate = new(1);
    private (DateTimeOffset Until, T Answer)? known;

    public async Task<T> GetAsync(Func<Task<T>> read, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (known is { } earlier && time.GetUtcNow() < earlier.Until)
            {
                return earlier.Answer;
            }

            var started = time.GetTimestamp();
            var answer = await read();
            var worth = TimesItsCost * time.GetElapsedTime(started);
            known = (time.GetUtcNow() + (worth < Longest ? worth : Longest), answer);
            return answer;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
