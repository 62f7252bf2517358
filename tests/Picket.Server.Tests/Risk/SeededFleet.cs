using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Tests.Intelligence;

namespace Picket.Server.Tests.Risk;

/// <summary>Devices as a sync would have stored them, of an integration that never syncs.</summary>
internal sealed class SeededFleet(PicketApplication picket)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Guid integration = Guid.CreateVersion7();
    private int made;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Guid Integration => integration;

    /// <summary>Feeds are there that find nothing on it: without any, no device is Secure.</summary>
    public static async Task<SeededFleet> OfAsync(PicketApplication picket, string name = "Seeded")
    {
        var fleet = new SeededFleet(picket);
        await picket.Client.ImportFeedAsync(
            "baseline",
            FeedFiles.Stalkerware("com.example.on.no.device"),
            cancellationToken: Cancellation
        );
        await using var db = picket.OpenDatabase();
        db.Integrations.Add(
            new IntegrationRow
            {
                Id = fleet.integration,
                Name = name,
                Address = "https://uem.invalid/API",
                Account = "nobody",
                ProtectedSecrets = "",
                State = IntegrationState.Paused,
            }
        );
        await db.SaveChangesAsync(Cancellation);
        return fleet;
    }

    /// <summary>An Android phone without any fault, with the given apps; a name that starts with # is a hash.</summary>
    public async Task<Guid> AddAsync(Action<DeviceRow>? change = null, params string[] apps)
    {
        var device = Healthy(++made);
        change?.Invoke(device);
        await using var db = picket.OpenDatabase();
        db.Devices.Add(device);
        foreach (var identifier in apps)
        {
            var app = await db.Apps.SingleOrDefaultAsync(row => row.Identifier == identifier, Cancellation);
            if (app is null)
            {
                app = new AppRow
                {
                    Id = Guid.CreateVersion7(),
                    Platform = "Android",
                    Identifier = identifier,
                    Hashed = identifier.StartsWith('#'),
                };
                db.Apps.Add(app);
            }

            db.DeviceApps.Add(
                new DeviceAppRow
                {
                    Id = Guid.CreateVersion7(),
                    DeviceId = device.Id,
                    AppId = app.Id,
                    FirstSeenAt = DateTimeOffset.UnixEpoch,
                }
            );
        }

        await db.SaveChangesAsync(Cancellation);
        return device.Id;
    }

    /// <summary>Organization groups, each with two phones, and all of them below the first group.</summary>
    public async Task AddGroupsAsync(int groups)
    {
        await using var db = picket.OpenDatabase();
        for (var group = 1; group <= groups; group++)
        {
            db.OrganizationGroups.Add(
                new OrganizationGroupRow
                {
                    Id = Guid.CreateVersion7(),
                    IntegrationId = integration,
                    RemoteId = group,
                    ParentRemoteId = group == 1 ? null : 1,
                    Name = $"Group {group}",
                    Hash = [],
                }
            );
            for (var phone = 0; phone < 2; phone++)
            {
                var device = Healthy(++made);
                device.OrganizationGroupId = group;
                device.PasscodePresent = false;
                db.Devices.Add(device);
            }
        }

        await db.SaveChangesAsync(Cancellation);
    }

    /// <summary>What a sync does with facts that changed.</summary>
    public async Task ChangeAsync(Guid id, Action<DeviceRow> change)
    {
        await using var db = picket.OpenDatabase();
        var device = await db.Devices.SingleAsync(row => row.Id == id, Cancellation);
        change(device);
        device.JudgingDue = true;
        await db.SaveChangesAsync(Cancellation);
    }

    public async Task<DeviceRow> DeviceAsync(Guid id)
    {
        await using var db = picket.OpenDatabase();
        return await db.Devices.AsNoTracking().SingleAsync(row => row.Id == id, Cancellation);
    }

    public async Task<List<FindingView>> FindingsAsync(Guid device)
    {
        var found = new List<FindingView>();
        await foreach (var finding in picket.Client.Findings(new FindingFilter { DeviceId = device }))
        {
            found.Add(finding);
        }

        return found;
    }

    public async Task<List<FindingView>> EndedAsync(Guid device)
    {
        var filter = new FindingFilter { DeviceId = device, Ended = true };
        return [.. (await picket.Client.Findings(filter).PageAsync(Cancellation)).Items];
    }

    /// <summary>What a sync does with a device that a complete listing lacks.</summary>
    public async Task LoseAsync(Guid device)
    {
        var now = TimeProvider.System.GetUtcNow();
        await ChangeAsync(device, row => row.GoneAt = now);
        await using var db = picket.OpenDatabase();
        await FindingEnds.DevicesLeftAsync(db, [device], now, Cancellation);
    }

    /// <summary>Says that there is work and waits until none is left.</summary>
    public async Task JudgedAsync()
    {
        picket.Service<JudgingSignal>().Raise(integration);
        await RestedAsync();
    }

    /// <summary>Waits until no device is due, without saying anything.</summary>
    public async Task RestedAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        await using var db = picket.OpenDatabase();
        while (await db.Devices.AnyAsync(row => row.JudgingDue && row.GoneAt == null, patience.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, patience.Token);
        }
    }

    private DeviceRow Healthy(int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new DeviceRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            RemoteId = number,
            FriendlyName = $"Phone {number}",
            Platform = "Android",
            Model = "Example Phone",
            OsVersion = "16",
            SecurityPatchDate = DateOnly.FromDateTime(now.UtcDateTime.AddDays(-20)),
            Ownership = "C",
            EnrollmentStatus = "Enrolled",
            ComplianceStatus = "Compliant",
            Compromised = false,
            LastSeenAt = now,
            PasscodePresent = true,
            PasscodeCompliant = true,
            Encrypted = true,
            SecurityReadAt = now,
            SecurityState = DetailState.Known,
            AppsReadAt = now,
            AppsState = DetailState.Known,
            FirstSeenAt = now,
            Hash = [],
        };
    }
}
