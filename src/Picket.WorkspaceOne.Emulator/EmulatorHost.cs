using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Events;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Hosting;
using Picket.WorkspaceOne.Emulator.Life;
using Picket.WorkspaceOne.Emulator.Record;
using Picket.WorkspaceOne.Emulator.State;
using Picket.WorkspaceOne.Emulator.Tags;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator;

/// <summary>One running emulated UEM, with handles on everything that may change while it runs.</summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Uem uem;
    private readonly DataFolder folder;

    private EmulatorHost(
        WebApplication app,
        Uem uem,
        DataFolder folder,
        X509Certificate2 ca,
        EmulatorCredentials credentials
    )
    {
        this.app = app;
        this.uem = uem;
        this.folder = folder;
        CaCertificate = ca;
        Credentials = credentials;
        OrganizationGroup = Preparation.Group(uem);
    }

    /// <summary>Ends with /API.</summary>
    public Uri Address => uem.Address;

    /// <summary>Where OAuth clients get their tokens.</summary>
    public Uri TokenAddress => new(uem.Address, "/oauth/token");

    /// <summary>Where administrators sign in with a browser.</summary>
    public Uri ConsoleAddress => new(uem.Address, "/console");

    public string CaFile => EmulatorCertificates.CaFile(folder.Path);

    /// <summary>The CA's certificate, without its key.</summary>
    public X509Certificate2 CaCertificate { get; }

    public EmulatorCredentials Credentials { get; }

    /// <summary>The group of the prepared administrator.</summary>
    public OrganizationGroup OrganizationGroup { get; }

    public OrganizationTree Groups => uem.Tenant.Tree;

    public DeviceFleet Fleet => uem.Tenant.Fleet;

    public AccessControl Access => uem.Access;

    public TagStore Tags => uem.Tags;

    /// <summary>Lists of allowed, denied and required apps.</summary>
    public AppGroupStore AppGroups => uem.AppGroups;

    /// <summary>Compliance policies, to change them as an administrator would.</summary>
    public CompliancePolicyStore CompliancePolicies => uem.CompliancePolicies;

    /// <summary>Sign-in names of the enrolment users.</summary>
    public IEnumerable<string> UserNames => Users.Select(user => user.UserName);

    /// <summary>The enrolment users.</summary>
    public IEnumerable<EnrollmentUser> Users =>
        Enumerable.Range(0, uem.Tenant.People.UserCount).Where(uem.Tenant.People.Exists).Select(uem.Tenant.People.User);

    /// <summary>Serial numbers and user names of the devices that are announced.</summary>
    public IEnumerable<(string SerialNumber, string UserName)> AnnouncedDevices =>
        uem.Registrations.All.Select(row => (row.SerialNumber, uem.Tenant.People.NameOf(row.User)));

    /// <summary>The user groups of this name that were made by hand, each with its members' names.</summary>
    public IEnumerable<IReadOnlyList<string>> CustomGroups(string name) =>
        uem
            .Tenant.UserGroups.All.Where(group => group.Custom && group.Name == name)
            .Select(group => uem.Tenant.UserGroups.Members(group).Select(uem.Tenant.People.NameOf).ToList());

    public Quota Quota => uem.Quota;

    public RequestLog RequestLog => uem.Log;

    public EmulatorClock Clock => uem.Clock;

    public CommandQueue Commands => uem.Commands;

    public BulkLimits BulkLimits => uem.BulkLimits;

    public WipeLock WipeLock => uem.WipeLock;

    public DeviceLife Life => uem.Life;

    /// <summary>Lets installing an app go wrong on some devices, from now on.</summary>
    public void FailInstalls(InstallFailures failures) => uem.Apps.Fail(failures);

    public EventSubscriptions Subscriptions => uem.Subscriptions;

    public IReadOnlyList<EventDelivery> Deliveries => uem.Post.Deliveries;

    /// <summary>What goes wrong from now on; setting it starts the counts anew.</summary>
    public FaultScript Faults
    {
        get => uem.Faults.Script;
        set => uem.Faults.Script = value;
    }

    /// <summary>How often each rule of <see cref="Faults"/> has hit.</summary>
    public IReadOnlyList<int> FaultHits => uem.Faults.Hits;

    public static async Task<EmulatorHost> StartAsync(
        EmulatorOptions options,
        TimeProvider? time = null,
        CancellationToken ct = default
    )
    {
        var listen = EmulatorServer.CheckListen(options);
        var saved = options.State is { } file ? StateFile.Parse(await File.ReadAllTextAsync(file, ct)) : null;
        options = saved is null ? options : options with { Seed = saved.Seed, Devices = saved.Devices };
        var folder = DataFolder.Open(options.Data);
        var credentials = EmulatorCredentials.Ensure(folder.Path, options);
        credentials = saved is null ? credentials : saved.Credentials with { ControlToken = credentials.ControlToken };
        // Certificates live in real time, whatever clock the fleet goes by.
        var ca = EmulatorCertificates.EnsureCa(folder.Path, TimeProvider.System);
        var uem = new Uem(options, time ?? TimeProvider.System);
        Preparation.Prepare(uem, credentials);
        saved?.LoadInto(uem);
        var app = EmulatorServer.Build(uem, listen, ca, credentials);
        await app.StartAsync(ct);
        uem.Address = AddressOf(app, listen);
        var publicCa = X509CertificateLoader.LoadCertificate(ca.RawData);
        ca.Dispose();
        return new EmulatorHost(app, uem, folder, publicCa, credentials);
    }

    /// <summary>Everything that differs from what the seed gives, passwords and keys included, as one JSON document.</summary>
    public string SaveState() => JsonSerializer.Serialize(StateFile.Of(uem, Credentials), StateFile.Json);

    /// <summary>Takes up a saved state of the same seed and size.</summary>
    /// <exception cref="FormatException">The state is of another fleet, another version, or incomplete.</exception>
    public void LoadState(string json) => StateFile.Parse(json).LoadInto(uem);

    /// <summary>Completes when the process was asked to end.</summary>
    public Task WaitForShutdownAsync(CancellationToken ct = default) => app.WaitForShutdownAsync(ct);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        try
        {
            // Calls that a fault script holds would delay the end; nobody needs their answers.
            await app.StopAsync(now.Token);
        }
        finally
        {
            await app.DisposeAsync();
            await uem.DisposeAsync();
            CaCertificate.Dispose();
            folder.Dispose();
        }
    }

    internal FirstLine Describe() =>
        new(
            Address.ToString(),
            uem.Options.Http ? null : CaFile,
            OrganizationGroup.Id,
            Credentials.ApiKey,
            Credentials.Account,
            Credentials.Password,
            OrganizationGroup.Uuid,
            OrganizationGroup.Name,
            OrganizationGroup.GroupId,
            TokenAddress.ToString(),
            Credentials.ClientId,
            Credentials.ClientSecret,
            Credentials.EnrollmentUserApiKey,
            Credentials.OtherTreeApiKey,
            uem.Options.Control ? Credentials.ControlToken : null,
            uem.Options.Control ? new Uri(uem.Address, "/_emulator").ToString() : null,
            ConsoleAddress.ToString(),
            Credentials.ConsoleAccount,
            Credentials.ConsolePassword
        );

    private static Uri AddressOf(WebApplication app, IPAddress listen)
    {
        var bound = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        var uri = new Uri(bound);
        var host = IPAddress.IsLoopback(listen) || listen.Equals(IPAddress.Any) ? "localhost" : uri.Host;
        return new Uri($"{uri.Scheme}://{host}:{uri.Port}/API");
    }
}
