using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Life;

/// <summary>
/// What follows from what somebody did: commands are taken at the next check-in, verdicts are given after a delay.
/// Nothing runs in between: <see cref="Settle"/> brings about what is due, at the moment that it was due for.
/// </summary>
public sealed class DeviceLife
{
    // A step of months brings about more of the fleet's own changes than anybody wants to be told of one by one.
    private const int MostMoments = 20_000;

    private readonly DeviceFleet fleet;
    private readonly CommandQueue commands;
    private readonly WipeLock wipes;
    private readonly EmulatorClock clock;
    private readonly Lock gate = new();
    private readonly Agenda agenda = new();
    private readonly HashSet<int> silent = [];
    private DateTime told;
    private long next = long.MaxValue;

    internal DeviceLife(DeviceFleet fleet, CommandQueue commands, WipeLock wipes, EmulatorClock clock, TimeSpan delay)
    {
        this.fleet = fleet;
        this.commands = commands;
        this.wipes = wipes;
        this.clock = clock;
        Delay = delay;
        told = Now;
        fleet.Changing += Follow;
        clock.Moved += Settle;
        SetNext();
    }

    /// <summary>How long after its cause a compliance verdict or a membership follows.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>A device that changed by itself: as it was, as it is, and when.</summary>
    internal event Action<Device, Device, DateTime>? MovedByItself;

    /// <summary>Whether anybody wants to know of what devices do by themselves; else it is not computed.</summary>
    internal Func<bool> Heard { get; set; } = () => false;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Brings about everything that is due by now. Cheap when nothing is.</summary>
    public void Settle()
    {
        if (Volatile.Read(ref next) > clock.GetUtcNow().UtcTicks)
        {
            return;
        }

        lock (gate)
        {
            var now = Now;
            WakeSilent();
            while (agenda.Take(now) is { } due)
            {
                Do(due);
            }

            TellOwnMoments(now);
            SetNext();
        }
    }

    /// <summary>Queues a command, or holds it back when it is a wipe under the wipe lock.</summary>
    public DeviceCommand Issue(
        Device device,
        CommandKind kind,
        string by,
        CommandSource source,
        string? text = null,
        string? subject = null
    )
    {
        lock (gate)
        {
            var now = Now;
            var held = kind.IsWipe && wipes.Holds(device.Group, now);
            var sentByServer = kind == CommandKind.Mail || kind == CommandKind.Sms;
            var state =
                held ? CommandState.Held
                : sentByServer ? CommandState.Done
                : CommandState.Queued;
            var command = commands.Add(
                (id, uuid) =>
                    new DeviceCommand(id, uuid, device.Index, kind.Name, state, now, by, source, text)
                    {
                        EndedAt = sentByServer ? now : null,
                        Subject = subject,
                    }
            );
            if (state is CommandState.Queued)
            {
                Start(device, kind);
            }

            return command;
        }
    }

    /// <summary>Lets a held wipe go its way; other commands stay as they are.</summary>
    public void Approve(DeviceCommand command)
    {
        lock (gate)
        {
            if (command.State is CommandState.Held && fleet.Exists(command.Device))
            {
                commands.Update(command with { State = CommandState.Queued, Approved = true });
                Start(fleet.At(command.Device), CommandKind.Saved(command.Name));
            }
        }
    }

    public void Reject(DeviceCommand command)
    {
        lock (gate)
        {
            if (command.State is CommandState.Held)
            {
                End(command, CommandState.Aborted, Now);
            }
        }
    }

    /// <summary>Lets a device report now, and take what waits for it.</summary>
    public void CheckIn(Device device)
    {
        lock (gate)
        {
            var now = Now;
            fleet.Change(device.Id, had => had with { ReportedAt = now });
            TakeCommands(device.Index, now);
        }
    }

    internal (IReadOnlyList<Due> Agenda, IReadOnlyList<int> Silent) Save()
    {
        lock (gate)
        {
            return (agenda.All, [.. silent.Order()]);
        }
    }

    internal void Load(IEnumerable<Due> due, IEnumerable<int> waiting)
    {
        lock (gate)
        {
            agenda.Load(due);
            silent.Clear();
            silent.UnionWith(waiting);
            told = Now;
            SetNext();
        }
    }

    private void Start(Device device, CommandKind kind)
    {
        var asked = CommandEffects.Asked(kind, device);
        if (asked != device)
        {
            fleet.Change(device.Id, had => CommandEffects.Asked(kind, had));
        }

        AwaitCheckIn(device.Index, Now);
    }

    private void AwaitCheckIn(int device, DateTime after)
    {
        if (fleet.NextReport(fleet.At(device), after) is { } report)
        {
            agenda.Add(new Due(report, DueKind.CheckIn, device));
        }
        else
        {
            silent.Add(device);
        }

        SetNext();
    }

    private void WakeSilent()
    {
        foreach (
            var device in silent.Where(index => fleet.Exists(index) && fleet.At(index).SilentSince is null).ToList()
        )
        {
            silent.Remove(device);
            AwaitCheckIn(device, Now);
        }
    }

    private void Do(Due due)
    {
        if (!fleet.Exists(due.Device))
        {
            return;
        }

        if (due.Kind is DueKind.Review)
        {
            var id = fleet.At(due.Device).Id;
            fleet.Change(id, had => had with { ComplianceStatus = Posture.Verdict(had) }, due.At);
        }
        else if (fleet.At(due.Device).SilentSince is null)
        {
            TakeCommands(due.Device, due.At);
        }
        else if (commands.Of(due.Device).Any(command => command.State is CommandState.Queued))
        {
            silent.Add(due.Device);
        }
    }

    private void TakeCommands(int device, DateTime at)
    {
        var wiped = false;
        foreach (var command in commands.Of(device).Where(command => command.State is CommandState.Queued).Reverse())
        {
            if (wiped)
            {
                End(command, CommandState.Aborted, at);
                continue;
            }

            var kind = CommandKind.Saved(command.Name);
            End(command, CommandState.Done, at);
            fleet.Change(fleet.At(device).Id, had => CommandEffects.Taken(kind, had, at), at);
            wiped = kind.IsWipe;
        }
    }

    private void End(DeviceCommand command, CommandState state, DateTime at) =>
        commands.Update(command with { State = state, EndedAt = at });

    private void Follow(Device before, Device? after, DateTime at)
    {
        lock (gate)
        {
            if (after is null)
            {
                foreach (var command in commands.Of(before.Index).Where(command => command.IsPending))
                {
                    End(command, CommandState.Aborted, at);
                }
            }
            else if (Posture.NeedsReview(before, after))
            {
                agenda.Add(new Due(at + Delay, DueKind.Review, after.Index));
            }

            SetNext();
        }
    }

    private void TellOwnMoments(DateTime now)
    {
        if (!fleet.Life.On)
        {
            return;
        }

        if (MovedByItself is { } tell && Heard())
        {
            var moments = fleet.Life.Moments(told, now, fleet.Count).Take(MostMoments).OrderBy(moment => moment.At);
            foreach (var (index, at) in moments.Where(moment => fleet.Exists(moment.Index)))
            {
                tell(fleet.At(index, at.AddTicks(-1)), fleet.At(index, at), at);
            }
        }

        told = now;
    }

    private void SetNext()
    {
        var due = agenda.Next ?? DateTime.MaxValue;
        var pulse = fleet.Life.On || silent.Count > 0 ? told.AddSeconds(1) : DateTime.MaxValue;
        Volatile.Write(ref next, Math.Min(due.Ticks, pulse.Ticks));
    }
}
