using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Picket.Server.Brakes;
using Picket.Server.Deployment;
using Picket.Server.Drift;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// One process of the server, without its host: the slices that write to the UEM, over the real database and the modelled
/// wire. What it holds in memory goes with it.
/// </summary>
internal sealed class SimulatedServer : IAsyncDisposable
{
    /// <summary>Of one call; nothing else waits for as long.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(31);

    private static readonly IConfiguration Settings = new ConfigurationBuilder()
        .AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Uem:RetryDelayMilliseconds"] = "1",
                ["Uem:MaxRetries"] = "1",
                ["Uem:AttemptTimeoutSeconds"] = $"{Deadline.TotalSeconds}",
            }
        )
        .Build();

    /// <summary>At a time: a person's change, and what a run that ended short left.</summary>
    private const int MostRuns = 5;

    private readonly ServiceProvider services;
    private readonly SimulatedClock clock;

    public SimulatedServer(
        PicketDatabase database,
        IDataProtectionProvider protection,
        SimulatedClock clock,
        ModelledUem uem
    )
    {
        this.clock = clock;
        var all = new ServiceCollection();
        all.AddSingleton(Settings);
        all.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        all.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        all.AddSingleton<TimeProvider>(clock);
        all.AddSingleton(database);
        all.AddSingleton(protection);
        all.AddSingleton<SecretBox>();
        all.AddSingleton<OutboundConnector>(new ModelledWay(new ModelledWire(uem, Life)));
        all.AddIntegrations();
        all.AddResponse();
        all.AddSingleton<PolicyStore>();
        all.AddDrift();
        all.AddBrakes();
        all.AddDeployment();
        services = all.BuildServiceProvider();
        services.GetRequiredService<WriteGate>().Open();
    }

    public Life Life { get; } = new();

    /// <summary>What its workers and grains do, one after the other, until nothing is left that is due.</summary>
    public async Task WorkAsync(Guid integration, bool hasNudges)
    {
        if (hasNudges)
        {
            await services.GetRequiredService<NudgeRunner>().RunDueAsync(integration, default);
        }

        var (look, runner) = (services.GetRequiredService<TagRunLook>(), services.GetRequiredService<TagRunner>());
        look.TellAll();
        var due = await look.OpenAsync(default);
        for (var run = 0; due.Count > 0 || (due = await look.QueueAsync(default)).Count > 0; run++)
        {
            Assert.True(run < MostRuns, "One tag run follows the other for ever.");
            await runner.RunOpenAsync(integration, default);
            look.Tell([integration]); // As the runner's signal does.
            due = [];
        }
    }

    /// <summary>Works until it is done or dead. Time passes only where it waits.</summary>
    /// <returns>False when it died.</returns>
    public async Task<bool> WorkAsync(Func<SimulatedServer, Task> work)
    {
        using var living = Life.Live();
        try
        {
            var working = work(this);
            var patience = Stopwatch.StartNew();
            while (!working.IsCompleted)
            {
                // A little of it goes through the thread pool.
                if (!clock.GoOn())
                {
                    await Task.Yield();
                }

                if (patience.Elapsed > TimeSpan.FromMinutes(2))
                {
                    throw new InvalidOperationException("It waits for ever.");
                }
            }

            await working;
            return !Life.IsOver;
        }
        catch (Exception) when (Life.IsOver)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private sealed class ModelledWay(HttpMessageHandler wire) : OutboundConnector(Options.Create(new OutboundOptions()))
    {
        public override HttpMessageHandler Handler(
            X509Certificate2Collection? privateCa = null,
            WebProxy? proxy = null
        ) => wire;
    }
}
