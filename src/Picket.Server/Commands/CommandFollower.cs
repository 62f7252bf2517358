using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Commands;

/// <summary>
/// Reads a device to see what became of its command: 1 the device, and for a wipe the UEM's log; 2 what that says; 3 its end, or
/// when to look again. A lost answer is settled so, and where it cannot be, a person says it.
/// </summary>
internal sealed class CommandFollower(
    PicketDatabase database,
    UemConnections connections,
    CommandLedger ledger,
    CommandRunner runner,
    CommandOptions options,
    TimeProvider time
)
{
    private static readonly TimeSpan Clocks = TimeSpan.FromMinutes(5);

    public async Task FollowAsync(DeviceCommandRow command, CancellationToken cancellation)
    {
        CommandTrace trace;
        try
        {
            trace = await ReadAsync(command, cancellation); // 1
        }
        catch (WorkspaceOneException failure) when (time.GetUtcNow() < command.FollowUntil)
        {
            await runner.WaitAsync(command, failure);
            return;
        }
        catch (WorkspaceOneException)
        {
            trace = new CommandTrace(null, null, null, null);
        }

        var now = time.GetUtcNow();
        var (sentAt, unclear) = (command.SentAt ?? command.WantedAt, command.State == CommandState.Unclear);
        var says = CommandFollowing.Of(command.Kind, trace, unclear, sentAt, command.FollowUntil ?? now, now); // 2
        await SettleAsync(command, says, trace, now, cancellation); // 3
    }

    private async Task SettleAsync(
        DeviceCommandRow command,
        TraceSays says,
        CommandTrace trace,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        DateTimeOffset? later =
            now
            + CommandFollowing.Pause(
                now - (command.SentAt ?? now),
                TimeSpan.FromMilliseconds(options.FollowEveryMilliseconds)
            );
        var (to, brake, why, next) = says switch
        {
            TraceSays.Done => (CommandState.Confirmed, CommandBrake.None, (string?)null, (DateTimeOffset?)null),
            TraceSays.Rejected => (
                CommandState.NotDone,
                CommandBrake.WipeLock,
                "It did not happen: the UEM held it back by its wipe lock, and somebody rejected it there.",
                null
            ),
            TraceSays.HeldByUem => (
                CommandState.HeldByUem,
                CommandBrake.WipeLock,
                "The UEM holds it back by its wipe lock. An administrator lets it go, or rejects it, in the UEM's console.",
                later
            ),
            TraceSays.Queued => (
                CommandState.Sent,
                CommandBrake.None,
                "The UEM has it. The device takes it when it next reports.",
                later
            ),
            // Nobody can tell, so nothing is said for it: a person settles it.
            TraceSays.TimeIsOver when command.State == CommandState.Unclear => (
                CommandState.Unclear,
                CommandBrake.None,
                "The answer is lost, and reading the device did not show what became of it. Look at the device, and say it.",
                null
            ),
            TraceSays.TimeIsOver when trace.Status is null => (
                CommandState.Unclear,
                CommandBrake.None,
                "The UEM took it, and does not show the device any more, so nothing tells what became of it. Look there, and say it.",
                null
            ),
            TraceSays.TimeIsOver => (
                CommandState.NotDone,
                CommandBrake.None,
                $"It did not happen within {options.FollowHours} hours. The device was last {trace.Status}; it may still take the command when it reports.",
                null
            ),
            _ => (command.State, command.Brake, command.Why, later),
        };
        await ledger.MoveAsync(command, to, brake, why, cancellation, goesOnAt: next);
    }

    private async Task<CommandTrace> ReadAsync(DeviceCommandRow command, CancellationToken cancellation)
    {
        var connection = await connections.OpenAsync(command.IntegrationId, cancellation);
        try
        {
            var device = await DeviceAsync(connection.Client, command.RemoteId, cancellation);
            var wipe =
                command.Kind == CommandKind.EnterpriseWipe && device?.EnrollmentStatus != "Unenrolled"
                    ? await WipeAsync(connection.Client, command, cancellation)
                    : null;
            return new CommandTrace(device?.EnrollmentStatus, device?.LastSeen, device?.LastEnrolledOn, wipe);
        }
        finally
        {
            await connection.SaveQuotaAsync(CancellationToken.None);
        }
    }

    /// <summary>Missing or out of reach is one answer of the UEM's: it says nothing about the command.</summary>
    private static async Task<UemDevice?> DeviceAsync(
        WorkspaceOneClient client,
        int device,
        CancellationToken cancellation
    )
    {
        try
        {
            return await client.Devices.GetAsync(device, cancellation);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    /// <summary>What the UEM's log says of the newest wipe of this device since it was sent; null where it cannot be read.</summary>
    private async Task<string?> WipeAsync(
        WorkspaceOneClient client,
        DeviceCommandRow command,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var top = await db
            .Integrations.Where(row => row.Id == command.IntegrationId)
            .Select(row => row.OrganizationGroupUuid)
            .SingleOrDefaultAsync(cancellation);
        if (top is not { } group || command.SentAt is not { } sentAt)
        {
            return null;
        }

        try
        {
            var wipes = await client.Commands.WipesAsync(group, sentAt - Clocks, cancellation);
            return wipes
                .Where(wipe => wipe.DeviceUuid == command.BoundUuid && wipe.RequestedAt >= sentAt - Clocks)
                .OrderByDescending(wipe => wipe.RequestedAt)
                .FirstOrDefault()
                ?.Status;
        }
        catch (WorkspaceOneException silent)
            when (silent is NotFoundException or OutOfScopeException or PermissionMissingException
                || silent is { Stage: FailureStage.Status, Status: System.Net.HttpStatusCode.NotFound }
            )
        {
            return null;
        }
    }
}
