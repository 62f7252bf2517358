using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Server.Tests.Sync;

/// <summary>A server with one integration and the emulated UEM behind it; no run has begun.</summary>
internal sealed class SyncScene : IAsyncDisposable
{
    private SyncScene(PicketApplication picket) => Picket = picket;

    public PicketApplication Picket { get; }

    public EmulatorHost Uem => Picket.Emulator;

    public Guid Integration { get; } = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SyncScene> StartAsync(
        EmulatorOptions? emulator = null,
        Dictionary<string, string?>? settings = null,
        Action<IntegrationRow>? integration = null,
        TimeProvider? time = null
    )
    {
        var scene = new SyncScene(
            new PicketApplication(
                new PicketApplicationOptions
                {
                    Emulator = emulator ?? new EmulatorOptions { Devices = 60 },
                    Settings = settings ?? [],
                    Time = time,
                }
            )
        );
        await scene.Picket.InitializeAsync();
        await scene.AddIntegrationAsync(scene.Integration, "Test", integration);
        return scene;
    }

    /// <summary>As if a preview had been accepted, or writing switched off.</summary>
    public async Task SetWritingAsync(bool enabled)
    {
        await using var db = Picket.OpenDatabase();
        await db
            .Integrations.Where(row => row.Id == Integration)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.WritingEnabled, enabled), Cancel);
    }

    /// <summary>Asks for a run and waits for its end, or until it is held.</summary>
    public async Task<RunView> RunAsync(RunKind kind = RunKind.Full, Guid? device = null)
    {
        var run = await Picket.Client.StartRunAsync(Integration, new StartRun(kind, device), Cancel);
        return await EndAsync(run.Id);
    }

    public Task<RunView> EndAsync(Guid run) =>
        UntilAsync(Picket.Client, run, view => view.State is not (RunState.Queued or RunState.Running));

    public static async Task<RunView> UntilAsync(PicketClient client, Guid run, Func<RunView, bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(4));
        while (true)
        {
            var view = await client.RunAsync(run, patience.Token);
            if (reached(view))
            {
                return view;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Moves the clock until a new run has come and ended; nothing waits in real time but the run itself.</summary>
    public async Task<RunView> DueRunAsync(FakeTimeProvider time, TimeSpan ahead)
    {
        var before = await Picket.Client.Runs().Select(run => run.Id).ToHashSetAsync(cancellationToken: Cancel);
        time.Advance(ahead);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(4));
        while (true)
        {
            var run = await Picket.Client.Runs().FirstOrDefaultAsync(run => !before.Contains(run.Id), patience.Token);
            if (run is { State: not (RunState.Queued or RunState.Running) })
            {
                return run;
            }

            // The scheduler looks every few seconds of this clock.
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Waits until the run works at a stage. Hold the stage with a slow answer.</summary>
    public Task<RunView> AtStageAsync(Guid run, string stage) =>
        UntilAsync(Picket.Client, run, view => view is { State: RunState.Running } && view.Stage == stage);

    /// <summary>Waits until no device waits for its verdict, so that nothing but a run writes.</summary>
    public async Task JudgedAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await using var db = Picket.OpenDatabase();
        while (await db.Devices.AnyAsync(row => row.JudgingDue, patience.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>As if the apps and security details of every device had been read two days ago.</summary>
    public async Task DetailsAreDueAsync()
    {
        await using var db = Picket.OpenDatabase();
        var then = TimeProvider.System.GetUtcNow().AddDays(-2);
        await db.Devices.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DetailsTriedAt, then).SetProperty(row => row.DetailsNotBefore, then),
            Cancel
        );
    }

    public async Task<IntegrationRow> IntegrationAsync()
    {
        await using var db = Picket.OpenDatabase();
        return await db.Integrations.AsNoTracking().SingleAsync(row => row.Id == Integration, Cancel);
    }

    public async Task<List<DeviceRow>> DevicesAsync()
    {
        await using var db = Picket.OpenDatabase();
        return await db.Devices.AsNoTracking().OrderBy(row => row.RemoteId).ToListAsync(Cancel);
    }

    /// <summary>What the UEM holds, in the form of <see cref="PresentAsync"/>.</summary>
    public List<string> Truth()
    {
        var groups = Uem.Groups.All.ToDictionary(group => group.Index, group => group.Id);
        return
        [
            .. Uem
                .Fleet.All.OrderBy(device => device.Id)
                .Select(device =>
                    $"{device.Id} {device.Uuid} {device.SerialNumber} {device.FriendlyName} {device.OperatingSystem} "
                    + $"{device.PlatformName} {device.Model.Name} {device.EnrollmentStatus} {device.ComplianceStatus} "
                    + $"{device.Compromised} {groups[device.Group]}"
                ),
        ];
    }

    /// <summary>The devices that the inventory takes for present.</summary>
    public async Task<List<string>> PresentAsync() =>
        [
            .. (await DevicesAsync())
                .Where(row => row.GoneAt is null)
                .Select(row =>
                    $"{row.RemoteId} {row.RemoteUuid} {row.SerialNumber} {row.FriendlyName} {row.OsVersion} "
                    + $"{row.Platform} {row.Model} {row.EnrollmentStatus} {row.ComplianceStatus} "
                    + $"{row.Compromised} {row.OrganizationGroupId}"
                ),
        ];

    public Right DeviceRight { get; } = new(Rows.Devices, RightMode.Read);

    public ValueTask DisposeAsync() => Picket.DisposeAsync();

    /// <summary>The account sees everything, the integration is about one group.</summary>
    public async Task NarrowAsync(WorkspaceOne.Emulator.Fleet.OrganizationGroup group)
    {
        await using var db = Picket.OpenDatabase();
        await db
            .Integrations.Where(row => row.Id == Integration)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.OrganizationGroupId, group.Id), Cancel);
    }

    /// <summary>Another integration with the same organization group of the same UEM.</summary>
    public async Task<Guid> AddIntegrationAsync(string name)
    {
        var id = Guid.CreateVersion7();
        await AddIntegrationAsync(id, name, null);
        return id;
    }

    private async Task AddIntegrationAsync(Guid id, string name, Action<IntegrationRow>? change)
    {
        var group = Uem.OrganizationGroup;
        var secrets = new IntegrationSecrets(Uem.Credentials.Password, Uem.Credentials.ApiKey);
        var row = new IntegrationRow
        {
            Id = id,
            Name = name,
            Address = Uem.Address.ToString(),
            OrganizationGroupId = group.Id,
            OrganizationGroupUuid = group.Uuid,
            OrganizationGroupName = group.Name,
            CredentialKind = CredentialKind.Basic,
            Account = Uem.Credentials.Account,
            ProtectedSecrets = "",
            CaCertificatePem = Uem.CaCertificate.ExportCertificatePem(),
            QuotaSharePercent = 100,
            State = IntegrationState.Active,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        change?.Invoke(row);
        row.ProtectedSecrets = Picket.Service<SecretBox>().Close(row, secrets);
        await using var db = Picket.OpenDatabase();
        db.Integrations.Add(row);
        await db.SaveChangesAsync(Cancel);
        await Picket.LinkOwnerAsync(id);
    }
}
