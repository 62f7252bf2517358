using System.Security.Cryptography.X509Certificates;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Pacing;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>An emulated UEM over TLS and clients of it.</summary>
internal sealed class Uem : IAsyncDisposable
{
    private readonly List<IDisposable> owned = [];

    private Uem(EmulatorHost host) => Host = host;

    public EmulatorHost Host { get; }

    public int Group => Host.OrganizationGroup.Id;

    public WorkspaceOneOptions Options =>
        new()
        {
            Address = Host.Address,
            Credential = new BasicCredential(
                Host.Credentials.Account,
                Host.Credentials.Password,
                Host.Credentials.ApiKey
            ),
            RetryDelay = TimeSpan.FromMilliseconds(5),
            AttemptTimeout = TimeSpan.FromSeconds(20),
            JitterSeed = 1,
        };

    public static async Task<Uem> StartAsync(EmulatorOptions? options = null) =>
        new(
            await EmulatorHost.StartAsync(
                options ?? new EmulatorOptions { Devices = 130 },
                null,
                TestContext.Current.CancellationToken
            )
        );

    public void Break(params FaultRule[] rules) => Host.Faults = FaultScript.Of(rules);

    public WorkspaceOneClient Client(
        WorkspaceOneOptions? options = null,
        CallPacer? pacer = null,
        bool trusted = true,
        TimeProvider? time = null
    )
    {
        var handler = WorkspaceOneHandler.Create(trusted ? new X509Certificate2Collection(Host.CaCertificate) : null);
        var client = new WorkspaceOneClient(options ?? Options, handler, pacer, time);
        owned.Add(handler);
        owned.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        owned.Reverse();
        owned.ForEach(thing => thing.Dispose());
        var asked = Host.RequestLog.ByRoute.Keys.ToList();
        await Host.DisposeAsync();

        // Whatever a test did: these routes delete devices, and show every key.
        Assert.DoesNotContain(
            asked,
            route =>
                route.Contains("devices/bulk", StringComparison.OrdinalIgnoreCase)
                && !route.EndsWith("bulksettings", StringComparison.OrdinalIgnoreCase)
        );
        Assert.DoesNotContain(asked, route => route.Contains("api-keys", StringComparison.OrdinalIgnoreCase));
    }
}
