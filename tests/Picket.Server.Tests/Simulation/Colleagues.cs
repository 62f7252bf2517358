using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Commands;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// People who have devices report, lock and wipe them, through Picket's own classes; and who notice each command that reaches
/// the UEM without having been wanted so.
/// </summary>
/// <param name="through">Does something in the process that runs now; false when it died of it.</param>
internal sealed class Colleagues(
    PicketDatabase database,
    ModelledUem uem,
    SimulatedClock clock,
    Random random,
    IntegrationRow integration,
    Func<Func<SimulatedServer, Task>, Task<bool>> through,
    Action<string> tell
)
{
    private readonly Dictionary<(int Device, string Command), int> wanted = [];
    private readonly List<DateTimeOffset> locks = [];
    private readonly WipeWords words = new(uem, clock);

    public Staff Staff { get; } = new(database, uem, clock, random, integration, tell);

    /// <summary>Told when all writes are stopped.</summary>
    public Action Stopped { get; set; } = () => { };

    /// <summary>Whether any command was wanted.</summary>
    public bool HasCommanded => Staff.IsThere;

    public async Task JoinAsync()
    {
        if (!HasCommanded)
        {
            await Staff.JoinAsync();
            uem.Commanded = Came;
        }
    }

    public async Task ActAsync()
    {
        await JoinAsync();
        await (
            random.Next(12) switch
            {
                < 3 => WantAsync(),
                < 7 => WantWipeAsync(),
                < 9 => DecideAsync(),
                9 => CancelAsync(),
                10 => Staff.ChangeRoleAsync(),
                _ => StopOrReleaseAsync(),
            }
        );
        Live();
    }

    /// <summary>Some devices report, one goes to somebody else, wipes are held back.</summary>
    private void Live()
    {
        foreach (var device in uem.Devices.Where(_ => random.Next(3) == 0))
        {
            uem.Report(device);
        }

        if (random.Next(4) == 0)
        {
            var device = uem.Devices.ElementAt(random.Next(uem.Devices.Count));
            uem.Reenrol(device, random.Next(1, 12));
            tell($"device {device} was enrolled anew");
        }

        uem.IsWipeLocked = random.Next(8) == 0;
    }

    /// <summary>All is well: writes are released, devices report, nobody holds wipes back, and people say what nobody can read.</summary>
    public async Task CalmAsync()
    {
        uem.IsWipeLocked = false;
        foreach (var device in uem.Devices)
        {
            uem.Report(device);
        }

        await ReleaseAsync();
        await using var db = database.Open();
        var unclear = await db
            .DeviceCommands.AsNoTracking()
            .Where(row => row.State == CommandState.Unclear && row.GoesOnAt == null)
            .ToListAsync();
        foreach (var command in unclear)
        {
            var happened = random.Next(2) == 0;
            await through(server => server.Decisions.SettleAsync(command, happened, Staff.Owner.AsCaller(), default));
            tell(
                $"somebody says of {command.Kind} to {command.RemoteId} that it {(happened ? "happened" : "did not")}"
            );
        }
    }

    /// <summary>Each command that the UEM gets was wanted by somebody, once; a wipe by two.</summary>
    private void Came(int device, string command)
    {
        if (command == "EnterpriseWipe")
        {
            words.Came(device, integration.WipesPerHour);
            return;
        }

        if (command == "Lock")
        {
            CountLock();
        }

        var key = (device, command);
        wanted[key] = wanted.GetValueOrDefault(key) - 1;
        if (wanted[key] < 0)
        {
            uem.Offences.Add($"Device {device} got {command} more often than somebody wanted it.");
        }
    }

    private void CountLock()
    {
        var now = clock.GetUtcNow();
        locks.Add(now);
        if (locks.Count(at => at > now.AddHours(-1)) > integration.LocksPerHour)
        {
            uem.Offences.Add("More locks came within an hour than are allowed.");
        }
    }

    private async Task WantAsync()
    {
        var kind = (CommandKind)random.Next(4);
        var caller = await Staff.ShowAsync();
        if (await AnyDeviceAsync() is not { } device)
        {
            return;
        }

        DeviceCommandRow? made = null;
        var lived = await through(async server =>
            (made, _) = await server.Maker.MakeAsync(device, kind, "Left in a taxi", caller.AsCaller(), default)
        );
        if (made is not null || !lived)
        {
            var key = (
                device.RemoteId,
                kind switch
                {
                    CommandKind.Sync => "SyncDevice",
                    CommandKind.Lock => "Lock",
                    _ => "DeviceQuery",
                }
            );
            wanted[key] = wanted.GetValueOrDefault(key) + 1;
            tell($"{caller.Name} wants {kind} of {device.RemoteId}{(lived ? "" : ", perhaps")}");
        }
    }

    private async Task WantWipeAsync()
    {
        var asker = await Staff.ShowAsync();
        if (await AnyDeviceAsync() is not { } device)
        {
            return;
        }

        DeviceCommandRow? made = null;
        var bound = uem.Phone(device.RemoteId).Enrolment;
        var lived = await through(async server =>
            (made, _) = await server.Maker.RequestAsync(
                device,
                new RequestWipe { Reason = "Stolen at the station" },
                asker.AsCaller(),
                default
            )
        );
        if (made is null && lived)
        {
            return;
        }

        words.Asked(device.RemoteId, made?.Id, asker, bound);
        tell($"{asker.Name} wants a wipe of {device.RemoteId}{(lived ? "" : ", perhaps")}");
        if (random.Next(3) > 0)
        {
            await DecideAsync();
        }
    }

    /// <summary>Somebody approves what waits, or declines it; perhaps the one who asked.</summary>
    private async Task DecideAsync()
    {
        var one = await Staff.ShowAsync();
        await using var db = database.Open();
        var waiting = await db
            .DeviceCommands.AsNoTracking()
            .Where(row => row.State == CommandState.Waiting)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync();
        if (waiting is null)
        {
            return;
        }

        ProblemHttpResult? refusal = null;
        if (random.Next(8) == 0)
        {
            var ended = await through(async server =>
                refusal = await server.Decisions.DeclineAsync(waiting, one.AsCaller(), default)
            );
            tell($"{one.Name} declines the wipe of {waiting.RemoteId}: {Said(ended, refusal)}");
            words.Ended(waiting.Id, ended && refusal is null);
            return;
        }

        var lived = await through(async server =>
            refusal = await server.Decisions.ApproveAsync(waiting, null, one.AsCaller(), default)
        );
        tell($"{one.Name} approves the wipe of {waiting.RemoteId}: {Said(lived, refusal)}");
        if (refusal is null)
        {
            words.Approved(waiting.RemoteId, waiting.Id, one, isSure: lived);
        }
    }

    private async Task CancelAsync()
    {
        var one = await Staff.ShowAsync();
        await using var db = database.Open();
        var open = await db.DeviceCommands.AsNoTracking().FirstOrDefaultAsync(row => row.EndedAt == null);
        if (open is null)
        {
            return;
        }

        ProblemHttpResult? refusal = null;
        var lived = await through(async server =>
            refusal = await server.Decisions.CancelAsync(open, one.AsCaller(), default)
        );
        tell($"{one.Name} takes {open.Kind} of {open.RemoteId} back: {Said(lived, refusal)}");
        words.Ended(open.Id, lived && refusal is null);
    }

    private async Task StopOrReleaseAsync()
    {
        if (uem.IsStopped)
        {
            await ReleaseAsync();
            return;
        }

        // Perhaps it is stored and the process dies before it says so: then it is stopped all the same.
        await through(async server => await server.Brake.StopAsync(Staff.Owner.Actor, "Profiles vanish, we look"));
        await using var db = database.Open();
        uem.IsStopped = await db.WriteStops.AnyAsync(row => row.ReleasedAt == null);
        if (uem.IsStopped)
        {
            words.Stopped();
            Stopped();
        }

        tell($"all writes are {(uem.IsStopped ? "stopped" : "not stopped")}");
    }

    private async Task ReleaseAsync()
    {
        if (!uem.IsStopped)
        {
            return;
        }

        uem.IsStopped = false;
        await through(async server => await server.Brake.ReleaseAsync(null, Staff.Owner.Actor, default));
        await using var db = database.Open();
        uem.IsStopped = await db.WriteStops.AnyAsync(row => row.ReleasedAt == null);
        tell($"all writes are {(uem.IsStopped ? "still stopped" : "released")}");
    }

    private async Task<DeviceRow?> AnyDeviceAsync()
    {
        var number = uem.Devices.ElementAt(random.Next(uem.Devices.Count));
        await using var db = database.Open();
        return await db.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.RemoteId == number);
    }

    private static string Said(bool lived, ProblemHttpResult? refusal) =>
        !lived ? "nobody knows" : refusal?.ProblemDetails.Detail ?? refusal?.ProblemDetails.Title ?? "done";
}
