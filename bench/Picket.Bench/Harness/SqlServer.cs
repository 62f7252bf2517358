using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Picket.Server.Storage;

namespace Picket.Bench.Harness;

/// <summary>
/// The server with each statement that a request sends to its database printed: what a list costs shows in its SQL.
/// </summary>
internal static class SqlServer
{
    public const string Prefix = "SQL ";
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";

    public static string Program => typeof(SqlServer).Assembly.Location;

    public static int Run(string[] arguments)
    {
        using var listening = DiagnosticListener.AllListeners.Subscribe(new Listeners());
        string[] given = [.. arguments, "--applicationName=Picket.Server"];
        var ended = typeof(StorageOptions).Assembly.EntryPoint!.Invoke(null, [given]);
        return ended as int? ?? 0;
    }

    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == EntityFramework)
            {
                value.Subscribe(new Commands());
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    private sealed class Commands : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (
                value.Key == RelationalEventId.CommandExecuting.Name
                && value.Value is CommandEventData data
                && IsOfARequest(Activity.Current)
            )
            {
                Console.WriteLine(Prefix + data.Command.CommandText.ReplaceLineEndings(" "));
            }
        }

        // The server's own clocks have statements too, and may strike at any time.
        private static bool IsOfARequest(Activity? activity) =>
            activity is not null && (activity.OperationName == Request || IsOfARequest(activity.Parent));

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
