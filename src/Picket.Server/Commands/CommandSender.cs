using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Commands;

/// <summary>
/// Sends one command: 1 not after its time; 2 for a wipe, the device is read anew, and the UEM's wipe lock; 3 the brakes once
/// more, and the durable mark; 4 the call; 5 what came of it.
/// </summary>
internal sealed class CommandSender(
    PicketDatabase database,
    UemConnections connections,
    CommandLedger ledger,
    CommandRunner runner,
    TimeProvider time
)
{
    /// <summary>The right whose absence most likely refused a command.</summary>
    private const string Right = "rest-devices-edit";
    private const string WipeRight = "enterprise-wipe";

    public async Task SendAsync(DeviceCommandRow command, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (command.ExpiresAt <= now) // 1
        {
            await EndAsync(
                command,
                CommandState.Expired,
                command.Brake,
                $"It could not be sent in time. {command.Why}".TrimEnd()
            );
            return;
        }

        if (await IntegrationAsync(command, cancellation) is not { } integration)
        {
            await EndAsync(command, CommandState.Refused, CommandBrake.CommandsOff, "The integration was removed.");
            return;
        }

        if ((integration.WhyNotAsked ?? RefusedAccount(command, integration)) is { } why)
        {
            await runner.WaitAsync(command, CommandBrake.None, why, now.AddMinutes(1));
            return;
        }

        try
        {
            var connection = await connections.OpenAsync(integration.Id, cancellation);
            // What a person asked for may use the part of the day's calls that is kept for people; programs may not.
            var client = command.WantedByPerson is null ? connection.Client : connection.Client.Interactive;
            var read = command.Kind.NeedsTwoPeople()
                ? await ReadAsync(client, integration, command, cancellation) // 2
                : null;
            await connection.SaveQuotaAsync(cancellation);
            if (await ledger.MarkSentAsync(command, read, cancellation) is { } key) // 3
            {
                await CallAsync(client, integration, command, key, cancellation);
            }
        }
        catch (CommandHeldException held)
        {
            // What the policy wants may be wanted again when the brake is off: then it is made anew, under the same word.
            var state =
                command.PolicyVersion is not null && CommandBrakes.MayPass(held.Brake)
                    ? CommandState.Expired
                    : CommandState.Refused;
            await EndAsync(command, state, held.Brake, CommandWords.Of(held.Brake, integration));
        }
        catch (CommandWaitsException waits)
        {
            await runner.WaitAsync(command, waits.Brake, waits.Message, waits.Until);
        }
        catch (WritesStoppedException stopped)
        {
            // Whoever releases has it taken up again.
            await runner.WaitAsync(command, CommandBrake.Stop, stopped.Reason, now.AddMinutes(1));
        }
        catch (WorkspaceOneException failure)
        {
            await runner.WaitAsync(command, failure);
        }
    }

    /// <exception cref="CommandHeldException">It is not the device any more that was approved, or the UEM holds wipes back.</exception>
    private static async Task<UemDevice> ReadAsync(
        WorkspaceOneClient client,
        IntegrationRow integration,
        DeviceCommandRow command,
        CancellationToken cancellation
    )
    {
        UemDevice device;
        try
        {
            device = await client.Devices.GetAsync(command.RemoteId, cancellation);
        }
        catch (NotFoundException)
        {
            throw new CommandHeldException(CommandBrake.Gone);
        }

        if (!command.Binding.Holds(CommandGate.BindingOf(device)))
        {
            throw new CommandHeldException(CommandBrake.AnotherEnrollment);
        }

        if (integration.OrganizationGroupUuid is { } group && await IsLockedAsync(client, group, cancellation))
        {
            throw new CommandHeldException(CommandBrake.WipeLock);
        }

        return device;
    }

    /// <summary>
    /// A UEM that does not know the route, or whose role does not show it, tells nothing: it holds a wipe back by itself then.
    /// </summary>
    private static async Task<bool> IsLockedAsync(WorkspaceOneClient client, Guid group, CancellationToken cancellation)
    {
        try
        {
            return await client.Commands.IsWipeLockedAsync(group, cancellation);
        }
        catch (WorkspaceOneException silent)
            when (silent is NotFoundException or OutOfScopeException or PermissionMissingException
                || silent is { Stage: FailureStage.Status, Status: System.Net.HttpStatusCode.NotFound }
            )
        {
            return false;
        }
    }

    private async Task CallAsync(
        WorkspaceOneClient client,
        IntegrationRow integration,
        DeviceCommandRow command,
        string key,
        CancellationToken cancellation
    )
    {
        try
        {
            await SendAsync(client, integration, command, key, cancellation); // 4
        }
        catch (WorkspaceOneException failure)
        {
            await FailedAsync(command, failure); // 5
            return;
        }

        // What is known is kept, even while the process stops.
        var followed = command.Kind.IsFollowed();
        await ledger.MoveAsync(
            command,
            followed ? CommandState.Sent : CommandState.Taken,
            CommandBrake.None,
            null,
            CancellationToken.None,
            goesOnAt: followed ? time.GetUtcNow() : null
        );
    }

    private async Task SendAsync(
        WorkspaceOneClient client,
        IntegrationRow integration,
        DeviceCommandRow command,
        string key,
        CancellationToken cancellation
    )
    {
        switch (command.Kind)
        {
            case CommandKind.Sync:
                await client.Commands.SyncAsync(command.RemoteId, cancellation);
                return;
            case CommandKind.Query or CommandKind.RequestApps:
                await client.Commands.QueryAsync(command.RemoteId, cancellation);
                return;
            case CommandKind.Lock:
                await client.Commands.LockAsync(command.RemoteId, cancellation);
                return;
            case CommandKind.Message when command.MessageBy == MessageChannel.Email:
                await client.Messages.MailAsync(
                    command.RemoteId,
                    FindingMessage.Subject,
                    command.MessageText!,
                    cancellationToken: cancellation
                );
                return;
            case CommandKind.Message:
                await client.Messages.PushAsync(command.RemoteId, command.MessageText!, cancellation);
                return;
            case CommandKind.EnterpriseWipe:
                // The UEM keeps our key with the wipe, and nobody's words.
                await WipeAsync(client, integration, command.RemoteId, $"Picket {key}", cancellation);
                return;
            default:
                throw new InvalidOperationException(LedgerKinds.Unknown(command.Kind));
        }
    }

    private async Task WipeAsync(
        WorkspaceOneClient client,
        IntegrationRow integration,
        int device,
        string reason,
        CancellationToken cancellation
    )
    {
        if (connections.ForWipes(integration) is not { } own)
        {
            await client.Commands.EnterpriseWipeAsync(device, reason, cancellation);
            return;
        }

        using (own.Handler)
        using (own.Client)
        {
            await own.Client.Interactive.Commands.EnterpriseWipeAsync(device, reason, cancellation);
        }
    }

    private async Task FailedAsync(DeviceCommandRow command, WorkspaceOneException failure)
    {
        switch (WriteFailure.Of(failure))
        {
            case WriteFate.Unclear:
                await ledger.MoveAsync(
                    command,
                    CommandState.Unclear,
                    CommandBrake.None,
                    command.Kind.IsFollowed()
                        ? "The answer is lost. The device is read to see what became of it; it is never sent again."
                        : MessageWords.MayHaveGoneOut,
                    CancellationToken.None,
                    failure,
                    goesOnAt: command.Kind.IsFollowed() ? time.GetUtcNow() : null
                );
                return;
            case WriteFate.NotSent when failure is not PermissionMissingException:
                await ledger.NotSentAsync(command, failure, runner.Next(command, failure), CancellationToken.None);
                return;
            default:
                var why =
                    failure is not PermissionMissingException missing ? failure.Message
                    : command.Kind == CommandKind.Lock ? CommandWords.LockRightMissing(missing)
                    : MissingRight.Explain(missing, RightOf(command.Kind), "then ask anew");
                await EndAsync(command, CommandState.Refused, CommandBrake.None, why, failure);
                return;
        }
    }

    /// <summary>Nobody signs in with it again until it is set anew (law 10); the wipe waits for that, unless it expires.</summary>
    private static string? RefusedAccount(DeviceCommandRow command, IntegrationRow integration) =>
        command.Kind == CommandKind.EnterpriseWipe && integration.ProtectedWipeSecrets is not null
            ? integration.WipeAccountRefused
            : null;

    private static string RightOf(CommandKind kind) => kind == CommandKind.EnterpriseWipe ? WipeRight : Right;

    private Task<bool> EndAsync(
        DeviceCommandRow command,
        CommandState state,
        CommandBrake brake,
        string why,
        WorkspaceOneException? failure = null
    ) => ledger.MoveAsync(command, state, brake, why, CancellationToken.None, failure);

    private async Task<IntegrationRow?> IntegrationAsync(DeviceCommandRow command, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == command.IntegrationId, cancellation);
    }
}
