using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Picket.Server.Tests.Inventory;

/// <summary>The database commands of this process that have one of the given texts in a parameter.</summary>
internal sealed class SqlLog : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>A context that found nobody listening does not look again for a second; contexts are kept.</summary>
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(1.2);

    private readonly ConcurrentQueue<string> commands = new();
    private readonly ConcurrentBag<IDisposable> subscriptions = [];
    private readonly string[] marks;

    private SqlLog(string[] marks)
    {
        this.marks = marks;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public static async Task<SqlLog> ListenAsync(params string[] marks)
    {
        var log = new SqlLog(marks);
        await Task.Delay(Unheard, TimeProvider.System);
        return log;
    }

    public IReadOnlyCollection<string> Commands => commands;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData executed && IsMarked(executed.Command))
        {
            commands.Enqueue(executed.Command.CommandText);
        }
    }

    public void OnError(Exception error) { }

    public void OnCompleted() { }

    public void Dispose()
    {
        foreach (var subscription in subscriptions)
        {
            subscription.Dispose();
        }
    }

    private bool IsMarked(DbCommand command) =>
        command
            .Parameters.Cast<DbParameter>()
            .Any(parameter =>
                marks.Any(mark => $"{parameter.Value}".Contains(mark, StringComparison.OrdinalIgnoreCase))
            );
}
