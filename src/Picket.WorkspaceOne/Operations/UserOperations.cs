using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Enrolment users.</summary>
public sealed class UserOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal UserOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Users of an OG and below, v1 (trust S).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="username">Sign-in name; null for all.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<UemUser> Search(
        int? organizationGroupId = null,
        string? username = null,
        PagingOptions? paging = null
    ) =>
        connection.List<UemUser, UsersEnvelope>(
            ApiCall
                .To(Routes.UserSearch, caller)
                .With(
                    ("locationgroupId", Reader.Number(organizationGroupId)),
                    ("username", username),
                    ("orderby", "EnrollmentUserID")
                ),
            WireContext.Default.UsersEnvelope,
            user => user.Id,
            paging
        );

    /// <summary>Makes an enrolment user and returns the numeric id (trust S). Never repeated by the client.</summary>
    /// <param name="user">Name, and what else is known.</param>
    /// <param name="cancellationToken">Cancels the wait; the user may be made nevertheless.</param>
    /// <exception cref="AlreadyThereException">There is a user of that name (7), perhaps out of the account's reach.</exception>
    /// <exception cref="OutOfScopeException">The organization group is not there, or out of reach.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit users.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: search for the user by name before you try again.</exception>
    /// <exception cref="WorkspaceOneException">Something is missing or malformed (6); the message says what.</exception>
    public async Task<int> AddAsync(NewUser user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentException.ThrowIfNullOrWhiteSpace(user.UserName, nameof(user));
        if (user.Security == UserSecurity.Directory && user.Password is not null)
        {
            throw new ArgumentException("A directory keeps its own passwords.", nameof(user));
        }

        var body = new UserBody
        {
            UserName = user.UserName,
            Password = user.Password,
            FirstName = user.FirstName,
            LastName = user.LastName,
            Email = user.Email,
            MobileNumber = user.MobileNumber,
            SecurityType = user.Security == UserSecurity.Basic ? "basic" : "directory",
            LocationGroupId = Reader.Number(user.OrganizationGroupId),
            MessageType = Message(user.Message),
        };
        var call = ApiCall.To(Routes.AddUser, caller).WithBody(body, WriteContext.Default.UserBody);
        return await connection.MakeAsync(call, "user", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a user; what is null stays (trust S). Repeated by the client after a lost answer.</summary>
    /// <param name="userId">Numeric id of the user.</param>
    /// <param name="change">What is to be otherwise.</param>
    /// <param name="cancellationToken">Cancels the wait; the user may be changed nevertheless.</param>
    /// <exception cref="NotFoundException">The user does not exist, or lies out of reach.</exception>
    /// <exception cref="OutOfScopeException">The same, where the server speaks of the user's organization group.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit users.</exception>
    public Task ChangeAsync(int userId, UserChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var body = new UserBody
        {
            FirstName = change.FirstName,
            LastName = change.LastName,
            Email = change.Email,
            MobileNumber = change.MobileNumber,
        };
        var call = ApiCall
            .To(Routes.UpdateUser, caller, Reader.Number(userId))
            .WithBody(body, WriteContext.Default.UserBody);
        return connection.DoAsync(call, cancellationToken);
    }

    /// <summary>Announces a device of a user before it enrols (trust S). Never repeated by the client.</summary>
    /// <param name="userId">Numeric id of the user.</param>
    /// <param name="device">What is known of the device.</param>
    /// <param name="cancellationToken">Cancels the wait; the device may be announced nevertheless.</param>
    /// <exception cref="AlreadyThereException">A device of that serial number, UDID or IMEI is enrolled (6181); perhaps also one that is announced.</exception>
    /// <exception cref="NotFoundException">The user does not exist, or lies out of reach.</exception>
    /// <exception cref="OutOfScopeException">The organization group is not there, or out of reach.</exception>
    /// <exception cref="PermissionMissingException">The role may not add devices.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: look among <see cref="RegisteredDevicesAsync"/> before you try again. The list tells no IMEI: give a serial number or UDID.</exception>
    public Task RegisterDeviceAsync(
        int userId,
        DeviceRegistration device,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(device);
        var body = new RegistrationBody
        {
            LocationGroupId = device.OrganizationGroupId,
            FriendlyName = device.FriendlyName,
            Ownership = device.Ownership,
            PlatformId = device.PlatformId,
            ModelId = device.ModelId,
            SerialNumber = device.SerialNumber,
            Imei = device.Imei,
            Udid = device.Udid,
            AssetNumber = device.AssetNumber,
            MessageType = Message(device.Message),
            ToEmailAddress = device.ToEmail,
            ToPhoneNumber = device.ToPhone,
        };
        var call = ApiCall
            .To(Routes.RegisterDevice, caller, Reader.Number(userId))
            .WithBody(body, WriteContext.Default.RegistrationBody);
        return connection.DoAsync(call, cancellationToken);
    }

    /// <summary>Devices that are announced and not enrolled, of an OG and below, in one call without paging (trust S).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<UemRegisteredDevice>> RegisteredDevicesAsync(
        int? organizationGroupId = null,
        CancellationToken cancellationToken = default
    )
    {
        var call = ApiCall
            .To(Routes.RegisteredDevices, caller)
            .With(("organizationgroupid", Reader.Number(organizationGroupId)));
        var answer = await connection
            .SendAsync(call, WireContext.Default.RegisteredDevicesEnvelope, cancellationToken)
            .ConfigureAwait(false);
        return answer?.RegisteredDeviceInfoList.WithoutNulls() ?? [];
    }

    private static string Message(UserMessage message) =>
        message switch
        {
            UserMessage.Email => "Email",
            UserMessage.Sms => "SMS",
            _ => "None",
        };
}
