using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Picket.WorkspaceOne.Tests.Support;

/// <summary>Keeps every log line, to look for what must not be in it.</summary>
internal sealed class CollectedLog : ILogger<WorkspaceOneClient>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
}
