using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>
/// Commands to one device each. A success (202) says that the UEM has queued the command; the device takes it when it next
/// reports. None is ever repeated by the client: a lost answer is settled by reading back. There is no method for several
/// devices, for wiping a whole device, or for clearing a passcode.
/// </summary>
public sealed class CommandOperations
{
    private const int NewestWipes = 500;
    private const int LongestReason = 255;

    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal CommandOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Has the device report and take what waits for it (trust S).</summary>
    /// <param name="deviceId">Numeric id of the device.</param>
    /// <param name="cancellationToken">Cancels the wait; the command may go nevertheless.</param>
    /// <exception cref="NotFoundException">The device does not exist or cannot be seen.</exception>
    /// <exception cref="NotEnrolledException">It is not enrolled.</exception>
    /// <exception cref="CommandNotSupportedException">It does not know such a command.</exception>
    /// <exception cref="PermissionMissingException">The role lacks the right to send it.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: it may have been queued.</exception>
    public Task SyncAsync(int deviceId, CancellationToken cancellationToken = default) =>
        SendAsync(deviceId, "SyncDevice", null, cancellationToken);

    /// <summary>
    /// Asks the device for all that it reports: details, security, profiles and its list of apps (trust S; what it comprises is
    /// inferred). No route asks for the list of apps alone. As <see cref="SyncAsync"/> in all else.
    /// </summary>
    /// <param name="deviceId">Numeric id of the device.</param>
    /// <param name="cancellationToken">Cancels the wait; the command may go nevertheless.</param>
    public Task QueryAsync(int deviceId, CancellationToken cancellationToken = default) =>
        SendAsync(deviceId, "DeviceQuery", null, cancellationToken);

    /// <summary>Locks the screen (trust W). Whoever knows the passcode opens it again. As <see cref="SyncAsync"/> in all else.</summary>
    /// <param name="deviceId">Numeric id of the device.</param>
    /// <param name="cancellationToken">Cancels the wait; the command may go nevertheless.</param>
    public Task LockAsync(int deviceId, CancellationToken cancellationToken = default) =>
        SendAsync(deviceId, "Lock", null, cancellationToken);

    /// <summary>
    /// Takes the organization's apps, profiles and accounts off the device and unenrolls it (trust W). Cannot be undone. The
    /// UEM may hold it back: see <see cref="IsWipeLockedAsync"/> and <see cref="WipesAsync"/>. As <see cref="SyncAsync"/> in
    /// all else.
    /// </summary>
    /// <param name="deviceId">Numeric id of the device.</param>
    /// <param name="reason">What the UEM keeps with it, at most 255 characters (trust S; the length is inferred).</param>
    /// <param name="cancellationToken">Cancels the wait; the wipe may happen nevertheless.</param>
    public Task EnterpriseWipeAsync(int deviceId, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Length, LongestReason, nameof(reason));
        return SendAsync(deviceId, "EnterpriseWipe", reason, cancellationToken);
    }

    /// <summary>
    /// Whether the UEM holds back wipes below an OG, because there were too many: an administrator lets them go in its console
    /// (trust S).
    /// </summary>
    /// <param name="organizationGroupUuid">Unique id of the OG.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OutOfScopeException">The OG does not exist or cannot be seen (404, 5177).</exception>
    public async Task<bool> IsWipeLockedAsync(Guid organizationGroupUuid, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.WipeLock, caller, organizationGroupUuid.ToString("D"));
        var answer = Reader.Required(
            await connection
                .SendAsync(call, WireContext.Default.WipeLockAnswer, cancellationToken)
                .ConfigureAwait(false),
            answer => answer.State is not null,
            call
        );
        return !string.Equals(answer.State, "UNLOCKED", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Enterprise wipes below an OG, the newest 500, newest first (trust S).</summary>
    /// <param name="organizationGroupUuid">Unique id of the OG.</param>
    /// <param name="since">Only those that were asked for after this moment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OutOfScopeException">The OG does not exist or cannot be seen (404, 6008).</exception>
    public async Task<IReadOnlyList<UemWipe>> WipesAsync(
        Guid organizationGroupUuid,
        DateTimeOffset since,
        CancellationToken cancellationToken = default
    )
    {
        var call = ApiCall
            .To(Routes.Wipes, caller, organizationGroupUuid.ToString("D"))
            .With(
                ("start_date", Reader.Date(since)),
                ("wipe_type", "ENTERPRISE_WIPE"),
                ("sort_direction", "DESC"),
                ("page", "0"),
                ("page_size", Reader.Number(NewestWipes))
            );
        var answer = await connection
            .SendAsync(call, WireContext.Default.WipesAnswer, cancellationToken)
            .ConfigureAwait(false);
        return answer?.Wipes.WithoutNulls() ?? [];
    }

    private Task SendAsync(int deviceId, string command, string? reason, CancellationToken cancellationToken) =>
        connection.DoAsync(
            ApiCall
                .To(Routes.DeviceCommand, caller, Reader.Number(deviceId))
                .With(("command", command), ("reason", reason)),
            cancellationToken
        );
}
