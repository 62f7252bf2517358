using System.Diagnostics.Metrics;
using Picket.Core.Response;

namespace Picket.Server.Commands;

internal static partial class CommandLog
{
    private static readonly Meter Meter = new("Picket.Commands");
    private static readonly Counter<long> Commands = Meter.CreateCounter<long>(
        "picket.commands",
        description: "Commands to devices that came to an end, by kind and state"
    );

    public static void Tell(ILogger log, DeviceCommandRow command)
    {
        Commands.Add(1, new("kind", command.Kind.ToString()), new("state", command.State.ToString()));
        Ended(log, command.Kind, command.Id, command.State, command.Why);
    }

    [LoggerMessage(1, LogLevel.Information, "Command {Kind} {Command} ended {State}: {Why}")]
    private static partial void Ended(ILogger log, CommandKind kind, Guid command, CommandState state, string? why);

    [LoggerMessage(2, LogLevel.Error, "Command {Command} broke off; it is looked at again later")]
    public static partial void Broke(ILogger log, Guid command, Exception failure);

    [LoggerMessage(3, LogLevel.Error, "Work at the commands of integration {Integration} broke off")]
    public static partial void GrainFailed(ILogger log, Guid integration, Exception failure);

    [LoggerMessage(4, LogLevel.Error, "Commands that are due could not be looked for; that is done again later")]
    public static partial void LookFailed(ILogger log, Exception failure);
}
