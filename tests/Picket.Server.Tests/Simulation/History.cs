using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// One history: devices get verdicts, people send messages and change tags by hand, the UEM has bad hours, the process
/// dies; then all is well for long enough, and everything is as it should be. The seed decides all of it.
/// </summary>
internal sealed class History
{
    /// <summary>Hours without trouble, after which nothing may be left to do.</summary>
    private const int CalmHours = 10;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly IDataProtectionProvider KeyRing = new EphemeralDataProtectionProvider();

    private readonly PicketDatabase database;
    private readonly Random random;
    private readonly SimulatedClock clock;
    private readonly ModelledUem uem;
    private readonly IntegrationRow integration;
    private readonly People people;
    private readonly Purposes purposes;
    private readonly Expectations expectations;
    private readonly List<string> told = [];
    private SimulatedServer server;

    private History(int seed, PicketDatabase database)
    {
        this.database = database;
        random = new Random(seed);
        clock = new SimulatedClock(Start, SimulatedServer.Deadline);
        uem = new ModelledUem(random, clock, Tell);
        integration = NewIntegration(clock.GetUtcNow());
        people = new People(database, uem, clock, random, integration, Tell);
        purposes = new Purposes(database, new Random(~seed), integration, Tell);
        expectations = new Expectations(database, uem, people, integration);
        server = NewServer();
    }

    /// <returns>What was wrong, and how it came to that; null when all was well.</returns>
    public static async Task<string?> WrongAsync(int seed, PicketDatabase database)
    {
        var history = new History(seed, database);
        try
        {
            await history.BeginAsync();
            await history.HappenAsync();
            await history.CalmAsync();
            var wrong = await history.expectations.WrongAsync();
            return wrong.Count == 0 ? null : history.Account(seed, string.Join("\n  ", wrong));
        }
        catch (Exception failure)
        {
            return history.Account(seed, $"{failure}");
        }
        finally
        {
            await history.server.DisposeAsync();
            await history.ForgetAsync();
        }
    }

    private string Account(int seed, string wrong) =>
        $"seed {seed}: {wrong}\n  It went like this:\n  {string.Join("\n  ", told)}";

    private async Task BeginAsync()
    {
        var devices = Enumerable.Range(1, random.Next(3, 10)).ToList();
        uem.Devices.UnionWith(devices);
        uem.BulkLimit = random.Next(3) == 0 ? random.Next(1, 5) : 1000;
        integration.TagBatchSize = random.Next(3) == 0 ? random.Next(2, 5) : 500;
        people.MakeTag("VIP", devices.Where(_ => random.Next(3) == 0));
        await using var db = database.Open();
        db.Integrations.Add(integration);
        var rows = devices.ConvertAll(NewDevice);
        db.Devices.AddRange(rows);
        if (random.Next(3) > 0)
        {
            TagAll(db, rows);
        }

        await db.SaveChangesAsync();
        await purposes.BeginAsync();
    }

    /// <summary>As an earlier, well run left it.</summary>
    private void TagAll(PicketDbContext db, List<DeviceRow> devices)
    {
        var now = clock.GetUtcNow();
        db.TagRuns.Add(
            new TagRunRow
            {
                Id = Guid.CreateVersion7(now),
                IntegrationId = integration.Id,
                State = RunState.Completed,
                QueuedAt = now,
                StartedAt = now,
                EndedAt = now,
            }
        );
        foreach (var level in Enum.GetValues<RiskLevel>().Where(level => level != RiskLevel.Unknown))
        {
            var name = $"Picket: {level}";
            var tag = uem.Make(name, isPickets: true);
            var owned = new OwnedTagRow
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                IntegrationId = integration.Id,
                Uem = integration.Address,
                OrganizationGroupId = integration.OrganizationGroupId,
                Name = name,
                RemoteId = tag.Id,
                Level = level,
            };
            db.OwnedTags.Add(owned);
            foreach (var device in devices.Where(device => device.Level == level))
            {
                tag.Carriers.Add(device.RemoteId);
                db.DeviceTags.Add(new DeviceTagRow { OwnedTagId = owned.Id, RemoteId = device.RemoteId });
            }
        }
    }

    private async Task HappenAsync()
    {
        for (var more = true; more; more = random.Next(5) == 0)
        {
            await people.ActAsync();
            await people.ActAsync();
            await purposes.ActAsync();
            uem.TroublePercent = random.Next(3) * 15;
            server.Life.EndsAt = random.Next(4) > 0 ? random.Next(1, 45) : null;
            await WorkAsync();
            clock.Advance(TimeSpan.FromMinutes(random.Next(0, 90)));
        }
    }

    /// <summary>Nothing goes wrong any more, and people decide what waits for them.</summary>
    private async Task CalmAsync()
    {
        Tell("all is well from now on");
        (uem.TroublePercent, server.Life.EndsAt) = (0, null);
        await people.MendAsync();
        await people.ReadAsync();
        for (var hour = 0; hour < CalmHours; hour++)
        {
            uem.Writes.Clear();
            await WorkAsync();
            expectations.CallsAreFew();
            if (!await people.DecideAsync() && !await expectations.IsUnderWayAsync())
            {
                return;
            }

            clock.Advance(TimeSpan.FromHours(1));
        }
    }

    private async Task WorkAsync()
    {
        if (await server.WorkAsync(living => living.WorkAsync(integration.Id, people.HasNudged)))
        {
            return;
        }

        Tell(server.Life.End!);
        uem.MostRefusals++; // It may have died before it noted the first one.
        await server.DisposeAsync();
        server = NewServer();
    }

    private async Task ForgetAsync()
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(
            """
            DELETE FROM integrations; DELETE FROM devices; DELETE FROM sync_runs; DELETE FROM tag_runs; DELETE FROM ledger;
            DELETE FROM ledger_devices; DELETE FROM owned_tags; DELETE FROM device_tags; DELETE FROM never_touch;
            DELETE FROM publications; DELETE FROM nudges; DELETE FROM nudge_devices;
            DELETE FROM policy_tags; DELETE FROM wanted_tags;
            """
        );
    }

    private DeviceRow NewDevice(int number) =>
        new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            IntegrationId = integration.Id,
            RemoteId = number,
            SerialNumber = $"S{number}",
            EnrollmentStatus = "Enrolled",
            Hash = [],
            Level = people.AnyLevel(),
            JudgingDue = false,
        };

    private static IntegrationRow NewIntegration(DateTimeOffset now)
    {
        var row = new IntegrationRow
        {
            Id = Guid.CreateVersion7(now),
            Name = "Simulated",
            Address = "https://uem.example.com/API",
            OrganizationGroupId = 570,
            CredentialKind = CredentialKind.Basic,
            Account = "picket",
            ProtectedSecrets = "",
            State = IntegrationState.Active,
            WritingEnabled = true,
            DeploymentEnabled = true,
            QuotaSharePercent = 100,
        };
        row.ProtectedSecrets = Close(row, "secret 0");
        return row;
    }

    public static string Close(IntegrationRow row, string password) =>
        new SecretBox(KeyRing).Close(row, new IntegrationSecrets(password, "key"));

    private SimulatedServer NewServer() => new(database, KeyRing, clock, uem);

    private void Tell(string what) => told.Add($"{clock.GetUtcNow():HH:mm:ss} {what}");
}
