using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Operations;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne;

/// <summary>
/// Client of the REST API of one Workspace ONE UEM. Thread-safe. Every method throws
/// <see cref="WorkspaceOneException"/> or a subclass when the call fails, and
/// <see cref="OperationCanceledException"/> when the caller cancels. Trust marks in the documentation: W seen on the
/// wire, S the vendor's specification, C relied upon by public clients, I inferred.
/// </summary>
public sealed class WorkspaceOneClient : IDisposable
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;
    private readonly bool owns;

    /// <summary>Makes a client. Nothing is sent yet.</summary>
    /// <param name="options">Address, credential and bounds.</param>
    /// <param name="handler">
    /// Owns connections, certificate trust and proxy; stays the caller's to dispose. It must not follow redirects.
    /// <see cref="WorkspaceOneHandler.Create"/> makes a fitting one.
    /// </param>
    /// <param name="pacer">The budget; null for one with default options.</param>
    /// <param name="time">Clock; null for the system's.</param>
    /// <param name="logger">Log; null for none.</param>
    /// <exception cref="ArgumentException">An option is not usable, or the handler follows redirects.</exception>
    public WorkspaceOneClient(
        WorkspaceOneOptions options,
        HttpMessageHandler handler,
        CallPacer? pacer = null,
        TimeProvider? time = null,
        ILogger<WorkspaceOneClient>? logger = null
    )
        : this(Connect(options, handler, pacer, time, logger), new Caller(CallClass.Background, null), owns: true) { }

    private WorkspaceOneClient(WorkspaceOneConnection connection, Caller caller, bool owns)
    {
        (this.connection, this.caller, this.owns) = (connection, caller, owns);
        OrganizationGroups = new OrganizationGroupOperations(connection, caller);
        Administrators = new AdministratorOperations(connection, caller);
        Users = new UserOperations(connection, caller);
        UserGroups = new UserGroupOperations(connection, caller);
        CompliancePolicies = new CompliancePolicyOperations(connection, caller);
        SmartGroups = new SmartGroupOperations(connection, caller);
        Devices = new DeviceOperations(connection, caller);
        Tags = new TagOperations(connection, caller);
        Apps = new AppOperations(connection, caller);
        AppAssignments = new AppAssignmentOperations(connection, caller);
        InternalApps = new InternalAppOperations(connection, caller);
        AppGroups = new AppGroupOperations(connection, caller);
        PurchasedApps = new PurchasedAppOperations(connection, caller);
        Messages = new MessageOperations(connection, caller);
        Commands = new CommandOperations(connection, caller);
        Interactive =
            caller.Class == CallClass.Interactive
                ? this
                : new WorkspaceOneClient(connection, caller with { Class = CallClass.Interactive }, owns: false);
    }

    /// <summary>The same client for calls that a person waits for: they may spend the reserve of the budget.</summary>
    public WorkspaceOneClient Interactive { get; }

    /// <summary>The same client, over the same connection and budget, whose calls a meter counts.</summary>
    /// <param name="meter">Counts the calls of this view and of its <see cref="Interactive"/>.</param>
    public WorkspaceOneClient Metered(CallMeter meter) => new(connection, caller with { Meter = meter }, owns: false);

    /// <summary>Organization groups.</summary>
    public OrganizationGroupOperations OrganizationGroups { get; }

    /// <summary>Administrator accounts.</summary>
    public AdministratorOperations Administrators { get; }

    /// <summary>Enrolment users.</summary>
    public UserOperations Users { get; }

    /// <summary>User groups.</summary>
    public UserGroupOperations UserGroups { get; }

    /// <summary>Smart groups.</summary>
    public SmartGroupOperations SmartGroups { get; }

    /// <summary>Compliance policies.</summary>
    public CompliancePolicyOperations CompliancePolicies { get; }

    /// <summary>Devices and their parts.</summary>
    public DeviceOperations Devices { get; }

    /// <summary>Tags.</summary>
    public TagOperations Tags { get; }

    /// <summary>The app catalogue.</summary>
    public AppOperations Apps { get; }

    /// <summary>Who gets an app.</summary>
    public AppAssignmentOperations AppAssignments { get; }

    /// <summary>Apps whose file the organization uploads.</summary>
    public InternalAppOperations InternalApps { get; }

    /// <summary>Lists of allowed, denied and required apps.</summary>
    public AppGroupOperations AppGroups { get; }

    /// <summary>Licences of apps that were bought in volume.</summary>
    public PurchasedAppOperations PurchasedApps { get; }

    /// <summary>Messages to the people behind devices.</summary>
    public MessageOperations Messages { get; }

    /// <summary>Commands to single devices.</summary>
    public CommandOperations Commands { get; }

    /// <summary>The budget as last seen.</summary>
    public QuotaSnapshot Quota => connection.Pacer.Snapshot;

    /// <summary>Product and version of the server (trust W).</summary>
    public async Task<SystemInfo> GetSystemInfoAsync(CancellationToken cancellationToken = default) =>
        await connection
            .SendAsync(ApiCall.To(Routes.SystemInfo, caller), WireContext.Default.SystemInfo, cancellationToken)
            .ConfigureAwait(false)
        ?? new SystemInfo();

    /// <summary>
    /// Asks a harmless question, once and without retries, and returns whatever happened as evidence. GET only.
    /// A probe that signs in and is refused stops this client like any other call.
    /// </summary>
    /// <exception cref="ArgumentException">The route is absolute, or <c>api-keys</c>.</exception>
    public Task<ProbeAnswer> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken = default) =>
        Probe.AskAsync(connection, caller, request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (owns)
        {
            connection.Dispose();
        }
    }

    private static WorkspaceOneConnection Connect(
        WorkspaceOneOptions options,
        HttpMessageHandler handler,
        CallPacer? pacer,
        TimeProvider? time,
        ILogger? logger
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        time ??= TimeProvider.System;
        pacer ??= new CallPacer(time: time);
        return new WorkspaceOneConnection(options, handler, pacer, time, logger ?? NullLogger.Instance);
    }
}
