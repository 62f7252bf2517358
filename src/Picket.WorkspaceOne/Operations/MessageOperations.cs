using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>
/// Messages to the people behind devices. A message cannot be taken back or seen afterwards, so a lost answer is never
/// settled by sending again.
/// </summary>
public sealed class MessageOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal MessageOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Pushes a message to a device; 202 says that it waits for it (trust S). Never repeated by the client.</summary>
    /// <param name="deviceId">Numeric id of the device.</param>
    /// <param name="text">What it says.</param>
    /// <param name="cancellationToken">Cancels the wait; the message may go nevertheless.</param>
    /// <exception cref="NotFoundException">The device does not exist or cannot be seen.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit devices.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: nobody can tell whether the message goes.</exception>
    /// <exception cref="WorkspaceOneException">The device is not enrolled (400).</exception>
    public Task PushAsync(int deviceId, string text, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var call = ApiCall
            .To(Routes.PushMessage, caller, Reader.Number(deviceId))
            .WithBody(new PushBody(text, "Push"), WriteContext.Default.PushBody);
        return connection.DoAsync(call, cancellationToken);
    }

    /// <summary>Sends a mail about a device (trust S). As <see cref="PushAsync"/> in all else.</summary>
    /// <param name="deviceId">Numeric id of the device.</param>
    /// <param name="subject">Subject.</param>
    /// <param name="text">What it says.</param>
    /// <param name="toAddress">Where to; null for the address of the device's user (trust I).</param>
    /// <param name="cancellationToken">Cancels the wait; the mail may go nevertheless.</param>
    public Task MailAsync(
        int deviceId,
        string subject,
        string text,
        string? toAddress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var call = ApiCall
            .To(Routes.MailMessage, caller, Reader.Number(deviceId))
            .WithBody(new MailBody(subject, text, toAddress), WriteContext.Default.MailBody);
        return connection.DoAsync(call, cancellationToken);
    }
}
