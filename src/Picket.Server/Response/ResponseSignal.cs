using System.Collections.Concurrent;
using Picket.Server.Hosting;

namespace Picket.Server.Response;

/// <summary>Says that verdicts of an integration changed.</summary>
public sealed class ResponseSignal : Signal
{
    private readonly ConcurrentDictionary<Guid, bool> wholly = [];

    /// <summary>Something else changed that may have another tag wanted: all devices are to be compared.</summary>
    public void RaiseWholly(Guid integration)
    {
        wholly[integration] = true;
        Raise(integration);
    }

    /// <summary>The integrations that were named so until now.</summary>
    internal IReadOnlyCollection<Guid> TakeWholly() => [.. wholly.Keys.Where(id => wholly.TryRemove(id, out _))];
}
