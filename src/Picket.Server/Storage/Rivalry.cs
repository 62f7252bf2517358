namespace Picket.Server.Storage;

/// <summary>Writes that PostgreSQL may give up for another transaction's.</summary>
internal static class Rivalry
{
    private const int Tries = 5;

    /// <summary>
    /// Does it again while it is given up: nothing of it was written, and the other one's rows are by now. So it begins from
    /// what is stored, on a context of its own.
    /// </summary>
    /// <param name="givenUp">Takes back what was noted in memory meanwhile.</param>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> write, Action? givenUp = null)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await write();
            }
            catch (Exception failure) when (tried < Tries && failure.IsGivenUpForAnother())
            {
                givenUp?.Invoke();
            }
        }
    }
}
