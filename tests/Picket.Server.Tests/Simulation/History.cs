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

    /// <summary>Until a list has been made, has changed, and is to lose something.</summary>
    private const int Rounds = 4;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly PicketDatabase database;
    private readonly Random random;
    private readonly SimulatedClock clock;
    private readonly ModelledUem uem;
    private readonly IntegrationRow integration;
    private readonly Colleagues colleagues;
    private readonly People people;
    private readonly Purposes purposes;
    private readonly Discoveries discoveries;
    private readonly DenyLists lists;
    private readonly Letters letters;
    private readonly Expectations expectations;
    private readonly List<string> told = [];
    private SimulatedServer server;
    private bool isPaged;

    private History(int seed, PicketDatabase database)
    {
        this.database = database;
        random = new Random(seed);
        clock = new SimulatedClock(Start, SimulatedServer.Deadline);
        uem = new ModelledUem(random, clock, Tell);
        integration = Scenery.NewIntegration(clock.GetUtcNow());
        (integration.WipeDelayMinutes, integration.WipesPerHour) = (random.Next(3) * 15, random.Next(1, 4));
        integration.LocksPerHour = integration.WipesPerHour + 1;
        integration.WipeApprovalHours = random.Next(1, 4);
        colleagues = new Colleagues(database, uem, clock, random, integration, DoAsync, Tell);
        people = new People(database, uem, clock, random, integration, colleagues, Tell);
        purposes = new Purposes(database, new Random(~seed), integration, Tell);
        var findings = new Random(seed ^ 0x5EED);
        discoveries = new Discoveries(database, clock, findings, integration, Tell);
        lists = new DenyLists(database, uem, clock, findings, integration, discoveries, Tell);
        letters = new Letters(database, uem, clock, findings, integration, discoveries, colleagues, DoAsync, Tell);
        colleagues.Stopped = letters.Stopped;
        expectations = new Expectations(database, uem, people, colleagues, lists, letters, integration);
        server = NewServer();
    }

    /// <returns>What was wrong, and how it came to that; null when all was well.</returns>
    /// <param name="story">What happens; null where chance decides.</param>
    public static async Task<string?> WrongAsync(int seed, PicketDatabase database, Story? story = null)
    {
        var history = new History(seed, database);
        try
        {
            await history.BeginAsync(story);
            await (story is null ? history.HappenAsync() : history.HappenAsync(story));
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
            await Scenery.ForgetAsync(database, history.colleagues.HasCommanded, history.HasFindings);
        }
    }

    private string Account(int seed, string wrong) =>
        $"seed {seed}: {wrong}\n  It went like this:\n  {string.Join("\n  ", told)}";

    private async Task BeginAsync(Story? story)
    {
        var devices = Enumerable.Range(1, random.Next(3, 10)).ToList();
        uem.Devices.UnionWith(devices);
        uem.BulkLimit = random.Next(3) == 0 ? random.Next(1, 5) : 1000;
        integration.TagBatchSize = random.Next(3) == 0 ? random.Next(2, 5) : 500;
        isPaged = random.Next(4) == 0;
        if (isPaged)
        {
            uem.MakeShelf(SimulatedServer.SmallPage);
        }

        people.MakeTag("VIP", devices.Where(_ => random.Next(3) == 0));
        await using var db = database.Open();
        db.Integrations.Add(integration);
        var rows = devices.ConvertAll(number =>
            Scenery.NewDevice(number, integration, uem, clock.GetUtcNow(), people.AnyLevel())
        );
        db.Devices.AddRange(rows);
        if (story?.IsTagged ?? random.Next(3) > 0)
        {
            TagAll(db, rows);
        }

        await db.SaveChangesAsync();
        await purposes.BeginAsync();
        await lists.BeginAsync(story?.HasLists);
        await letters.BeginAsync(story?.HasLetters);
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
            await FindAsync();
            uem.TroublePercent = random.Next(3) * 15;
            server.Life.EndsAt = random.Next(4) > 0 ? random.Next(1, 45) : null;
            await WorkAsync();
            clock.Advance(TimeSpan.FromMinutes(random.Next(0, 90)));
        }
    }

    /// <summary>Devices are judged, and people look after the lists that come of it.</summary>
    private async Task FindAsync()
    {
        if (!HasFindings)
        {
            return;
        }

        await discoveries.ActAsync();
        await letters.ActAsync();
        if (await lists.ActAsync())
        {
            await people.ReadAsync();
        }
    }

    private async Task HappenAsync(Story story)
    {
        foreach (var step in story.Script)
        {
            uem.Script.Enqueue(step);
        }

        if (story.OneLeaves)
        {
            people.Leave(1);
        }

        await people.TurnAsync();
        server.Life.EndsAfter = story.DiesAfter;
        for (var round = 0; round < (story.HasLists ? Rounds : 1); round++)
        {
            await FindAsync();
            await WorkAsync();
            clock.Advance(TimeSpan.FromMinutes(30));
        }
    }

    /// <summary>Nothing goes wrong any more, and people decide what waits for them.</summary>
    private async Task CalmAsync()
    {
        Tell("all is well from now on");
        (uem.TroublePercent, server.Life.EndsAt, server.Life.EndsAfter) = (0, null, null);
        uem.Script.Clear();
        await people.MendAsync();
        lists.Mend();
        if (colleagues.HasCommanded)
        {
            await colleagues.CalmAsync();
        }

        await people.ReadAsync();
        var tags = true;
        for (var hour = 0; hour < CalmHours; hour++)
        {
            var began = clock.GetUtcNow();
            uem.Writes.Clear();
            await WorkAsync(tags);
            await expectations.CallsAreFewAsync(began);
            if (colleagues.HasCommanded)
            {
                await colleagues.CalmAsync();
            }

            await letters.CalmAsync();
            tags = await people.DecideAsync() || await expectations.AreTagsUnderWayAsync();
            var others = colleagues.HasCommanded && await expectations.AreCommandsUnderWayAsync();
            others |= lists.IsOn && (await lists.DecideAsync(approves: true) || await lists.AreUnderWayAsync());
            if (!tags && !others)
            {
                return;
            }

            clock.Advance(TimeSpan.FromHours(1));
        }
    }

    private Task<bool> WorkAsync(bool hasTags = true) =>
        DoAsync(living =>
            living.WorkAsync(
                integration.Id,
                new Due(
                    letters.IsOn,
                    colleagues.HasCommanded,
                    lists.IsOn,
                    lists.AreFirst,
                    hasTags && people.HasNudged,
                    hasTags
                )
            )
        );

    /// <returns>False when the process died of it; there is another one then.</returns>
    private async Task<bool> DoAsync(Func<SimulatedServer, Task> work)
    {
        if (await server.WorkAsync(work))
        {
            return true;
        }

        Tell(server.Life.End!);
        uem.MostRefusals++; // It may have died before it noted the first one.
        await server.DisposeAsync();
        server = NewServer();
        return false;
    }

    private bool HasFindings => lists.IsOn || letters.IsOn;

    private SimulatedServer NewServer() => new(database, Scenery.KeyRing, clock, uem, isPaged);

    private void Tell(string what) => told.Add($"{clock.GetUtcNow():HH:mm:ss} {what}");
}
