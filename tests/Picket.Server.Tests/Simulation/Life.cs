using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Picket.Server.Tests.Simulation;

/// <summary>The process is gone: nothing of it goes on, whatever catches this.</summary>
internal sealed class DiedException(string where) : Exception($"The process died {where}.");

/// <summary>
/// The life of one simulated process. It ends before or after a step that changes something outside of its memory: a
/// statement, a commit, a request. From then on nothing of it reaches the database or the wire.
/// </summary>
internal sealed class Life
{
    private static readonly AsyncLocal<Life?> Present = new();
    private int steps;

    static Life() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    /// <summary>
    /// From now on each statement is told of. EF Core asks but once a second whether anybody listens: who says no for a
    /// moment, for what another does, misses all that a simulated process does in that second.
    /// </summary>
    public static void Watch() => RuntimeHelpers.RunClassConstructor(typeof(Life).TypeHandle);

    /// <summary>At which step it ends; null for never.</summary>
    public int? EndsAt { get; set; }

    /// <summary>After the answer to which call it ends, by the end of its path; null for never.</summary>
    public string? EndsAfter { get; set; }

    /// <summary>Where it ended; null while it lasts.</summary>
    public string? End { get; private set; }

    public bool IsOver => End is not null;

    /// <summary>What is done until it is disposed, it does.</summary>
    public IDisposable Live() => new Living(this);

    public void Step(string where)
    {
        ThrowIfOver(where);
        if (++steps == EndsAt || IsAfter(where))
        {
            End = $"the process died {where}";
            throw new DiedException(where);
        }
    }

    public void ThrowIfOver(string where)
    {
        if (IsOver)
        {
            throw new DiedException($"before, and was {where}");
        }
    }

    private bool IsAfter(string where) =>
        EndsAfter is { } call
        && where.StartsWith("after ", StringComparison.Ordinal)
        && where.EndsWith(call, StringComparison.Ordinal);

    private sealed class Living : IDisposable
    {
        public Living(Life life) => Present.Value = life;

        public void Dispose() => Present.Value = null;
    }

    /// <summary>All statements of this program come here; those of other tests pass unseen.</summary>
    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.EntityFrameworkCore")
            {
                value.Subscribe(new Statements(), (name, _, _) => Statements.Names.Contains(name));
            }
        }

        public void OnError(Exception error) { }

        public void OnCompleted() { }
    }

    private sealed class Statements : IObserver<KeyValuePair<string, object?>>
    {
        public static readonly HashSet<string> Names =
        [
            RelationalEventId.CommandExecuting.Name!,
            RelationalEventId.CommandExecuted.Name!,
            RelationalEventId.TransactionStarting.Name!,
            RelationalEventId.TransactionCommitting.Name!,
            RelationalEventId.TransactionCommitted.Name!,
        ];

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Present.Value is not { } life)
            {
                return;
            }

            switch (value.Value)
            {
                case CommandExecutedEventData { Command: { } done } when Writes(done.CommandText):
                    life.Step($"after {done.CommandText}");
                    break;
                case CommandExecutedEventData:
                    break;
                case CommandEventData { Command: { } begun } when Writes(begun.CommandText):
                    life.Step($"before {begun.CommandText}");
                    break;
                case TransactionStartingEventData or CommandEventData:
                    life.ThrowIfOver("asking the database");
                    break;
                case TransactionEndEventData:
                    life.Step("after a commit");
                    break;
                case TransactionEventData:
                    life.Step("before a commit");
                    break;
            }
        }

        public void OnError(Exception error) { }

        public void OnCompleted() { }

        private static bool Writes(string sql) =>
            sql.StartsWith("UPDATE", StringComparison.Ordinal)
            || sql.StartsWith("INSERT", StringComparison.Ordinal)
            || sql.StartsWith("DELETE", StringComparison.Ordinal);
    }
}
