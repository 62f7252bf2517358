using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Picket.Server.Audit;
using Picket.Server.Brakes;
using Picket.Server.Commands;
using Picket.Server.Deployment;
using Picket.Server.Drift;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.People;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.Server.Sync;
using Picket.WorkspaceOne;

namespace Picket.Server.Tests.Simulation;

/// <summary>Which of its workers have something to do.</summary>
internal sealed record Due(bool Letters, bool Commands, bool Lists, bool ListsFirst, bool Nudges, bool Tags);

/// <summary>
/// One process of the server, without its host: the slices that write to the UEM, over the real database and the modelled
/// wire. What it holds in memory goes with it.
/// </summary>
internal sealed class SimulatedServer : IAsyncDisposable
{
    /// <summary>Of one call; nothing else waits for as long.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(31);

    /// <summary>The smallest that the settings let through.</summary>
    public const int SmallPage = 10;

    private static readonly IConfiguration Settings = SettingsOf(pageSize: 500);
    private static readonly IConfiguration SmallPages = SettingsOf(SmallPage);
    private static readonly IGrainFactory Nobody = Grains.Make();

    /// <summary>At a time: a person's change, and what a run that ended short left.</summary>
    private const int MostRuns = 5;

    private readonly ServiceProvider services;
    private readonly SimulatedClock clock;

    public SimulatedServer(
        PicketDatabase database,
        IDataProtectionProvider protection,
        SimulatedClock clock,
        ModelledUem uem,
        bool isPaged
    )
    {
        this.clock = clock;
        var all = new ServiceCollection();
        all.AddSingleton(isPaged ? SmallPages : Settings);
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
        all.AddCommands();
        all.AddSingleton(Nobody);
        all.AddSingleton<SyncQueue>();
        all.AddSingleton<IHttpContextAccessor, HttpContextAccessor>();
        all.AddSingleton<AuditLog>();
        all.AddSingleton<SecondFactor>();
        all.AddSingleton<SignInTries>();
        all.AddSingleton<SecondFactorSignIn>();
        services = all.BuildServiceProvider();
    }

    public CommandMaker Maker => services.GetRequiredService<CommandMaker>();

    public CommandDecisions Decisions => services.GetRequiredService<CommandDecisions>();

    public MessageMaker Messages => services.GetRequiredService<MessageMaker>();

    public PolicyMessageDecisions PolicyMessages => services.GetRequiredService<PolicyMessageDecisions>();

    public WriteBrake Brake => services.GetRequiredService<WriteBrake>();

    public Life Life { get; } = new();

    /// <summary>What its workers and grains do, one after the other, until nothing is left that is due.</summary>
    public async Task WorkAsync(Guid integration, Due due)
    {
        await Brake.ReadAsync(default); // As it does each second.
        if (due.Letters)
        {
            await services.GetRequiredService<PolicyMessageScan>().LookAsync(integration, default);
        }

        if (due.Commands)
        {
            await services.GetRequiredService<CommandRunner>().RunDueAsync(integration, default);
        }

        if (due is { Lists: true, ListsFirst: true })
        {
            await KeepListsAsync(integration);
        }

        if (due.Nudges)
        {
            await services.GetRequiredService<NudgeRunner>().RunDueAsync(integration, default);
        }

        if (due.Tags)
        {
            await TagAsync(integration);
        }

        if (due is { Lists: true, ListsFirst: false })
        {
            await KeepListsAsync(integration);
        }
    }

    private async Task TagAsync(Guid integration)
    {
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

    private async Task KeepListsAsync(Guid integration)
    {
        var (look, runner) = (
            services.GetRequiredService<AppGroupLook>(),
            services.GetRequiredService<AppGroupRunner>()
        );
        var due = await look.OpenAsync(default);
        for (var run = 0; due.Count > 0 || (due = await look.QueueAsync(default)).Count > 0; run++)
        {
            Assert.True(run < MostRuns, "One run of app groups follows the other for ever.");
            await runner.RunOpenAsync(integration, default);
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

    private static IConfiguration SettingsOf(int pageSize) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Uem:RetryDelayMilliseconds"] = "1",
                    ["Uem:MaxRetries"] = "1",
                    ["Uem:AttemptTimeoutSeconds"] = $"{Deadline.TotalSeconds}",
                    ["Uem:PageSize"] = $"{pageSize}",
                    ["Commands:FollowHours"] = "3",
                }
            )
            .Build();

    private sealed class ModelledWay(HttpMessageHandler wire) : OutboundConnector(Options.Create(new OutboundOptions()))
    {
        public override HttpMessageHandler Handler(
            X509Certificate2Collection? privateCa = null,
            WebProxy? proxy = null
        ) => wire;
    }
}
