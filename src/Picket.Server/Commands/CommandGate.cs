using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Commands;

/// <summary>
/// Whether a command may go to a device now. Asked when somebody wants it, and in the transaction of the sent mark: nothing is
/// marked after it was switched off, the device came onto the never-touch list, or a person who stands behind it lost the right.
/// </summary>
internal static class CommandGate
{
    /// <param name="device">As the inventory knows it; null where it is in none.</param>
    /// <param name="read">As the UEM described it just now; null where it was not asked.</param>
    public static async Task<CommandBrake> BrakeAsync(
        PicketDbContext db,
        IntegrationRow integration,
        DeviceRow? device,
        CommandKind kind,
        DateTimeOffset now,
        CancellationToken cancellation,
        UemDevice? read = null
    )
    {
        var never = device is null
            ? null
            : await NeverTouchLists.OfAsync(db, integration.Id, [device.RemoteId], now, cancellation);
        var notOurs = device is null
            ? null
            : await SharedDevices.NotOursAsync(
                db,
                integration,
                SharedDevices.OthersThatCommand(db, integration),
                cancellation,
                device.RemoteId
            );
        var subject = new CommandSubject(
            read is null ? device?.Platform : read.Platform ?? read.PlatformRef.Name,
            read is null ? device?.EnrollmentStatus : read.EnrollmentStatus,
            read is null ? device?.LastSeenAt : read.LastSeen,
            device is null or { GoneAt: not null },
            never is { Count: > 0 },
            notOurs is { Count: > 0 }
        );
        return CommandBrakes.Of(kind, subject, SettingsOf(integration), now);
    }

    public static CommandSettings SettingsOf(IntegrationRow integration) =>
        new(
            integration.CommandsEnabled,
            integration is { CommandsEnabled: true, WipesEnabled: true },
            integration is { CommandsEnabled: true, MessagesEnabled: true },
            TimeSpan.FromHours(integration.CommandFreshHours)
        );

    public static WipeBinding BindingOf(UemDevice device) =>
        new(device.Uuid, device.SerialNumber, device.User.Id, device.LastEnrolledOn);

    public static WipeBinding BindingOf(DeviceRow device) =>
        new(device.RemoteUuid, device.SerialNumber, device.UserRemoteId, device.EnrolledAt);

    /// <summary>When the next one of a kind that has a cap may go; null for now.</summary>
    private static async Task<DateTimeOffset?> NextAsync(
        PicketDbContext db,
        IntegrationRow integration,
        CommandKind kind,
        int most,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await CountAloneAsync(db, integration.Id, cancellation);
        var since = now - HourlyCap.Window;
        var sent = await db
            .DeviceCommands.Where(row => row.IntegrationId == integration.Id && row.SentAt > since && row.Kind == kind)
            .Select(row => row.SentAt!.Value)
            .ToListAsync(cancellation);
        return HourlyCap.NextAt(sent, most, now);
    }

    /// <summary>
    /// Of two servers at one database neither counts before the other's mark is kept: until the transaction ends. SQLite lets
    /// one transaction write at a time anyway.
    /// </summary>
    private static async Task CountAloneAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        if (db is not SqlitePicketDbContext)
        {
            var name = $"commands {integration}";
            await db.Database.ExecuteSqlAsync(
                $"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))",
                cancellation
            );
        }
    }

    /// <summary>What holds it by what the database says at this moment.</summary>
    /// <exception cref="CommandHeldException">For good.</exception>
    /// <exception cref="CommandWaitsException">For a while.</exception>
    public static async Task PassAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        UemDevice? read,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var integration =
            await db
                .Integrations.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == command.IntegrationId, cancellation)
            ?? throw new CommandHeldException(CommandBrake.CommandsOff);
        var device = await db
            .Devices.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == command.DeviceId, cancellation);
        var brake = await BrakeAsync(db, integration, device, command.Kind, now, cancellation, read);
        if (brake != CommandBrake.None)
        {
            throw new CommandHeldException(brake);
        }

        await PassRequesterAsync(db, command, cancellation);

        if (command.Kind.NeedsTwoPeople())
        {
            await PassTwoPeopleAsync(db, command, cancellation);
            await PassCauseAsync(db, command, cancellation);
            await PassCapAsync(integration.WipesPerHour, CommandBrake.WipeCap);
        }

        if (command.Kind == CommandKind.Lock)
        {
            await PassCapAsync(integration.LocksPerHour, CommandBrake.LockCap);
        }

        if (command.Kind == CommandKind.Message)
        {
            await MessageGate.PassAsync(db, command, now, cancellation);
            await PassCapAsync(integration.MessagesPerHour, CommandBrake.MessageCap);
        }

        async Task PassCapAsync(int most, CommandBrake cap)
        {
            if (await NextAsync(db, integration, command.Kind, most, now, cancellation) is { } next)
            {
                throw new CommandWaitsException(cap, CommandWords.Of(cap, integration), next);
            }
        }
    }

    /// <summary>
    /// Whoever wanted it alone may want it still: it may have waited for a day. A service's token and the policy are no person;
    /// of a wipe both people are asked about.
    /// </summary>
    private static async Task PassRequesterAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        CancellationToken cancellation
    )
    {
        var (kind, person) = (command.Kind, command.WantedByPerson);
        if (kind.NeedsTwoPeople() || command.PolicyVersion is not null || (person is null && !kind.NeedsPerson()))
        {
            return;
        }

        var party = await WipeParties.OfAsync(db, person, command.IntegrationId, Right.Operate, cancellation);
        if (party is not { Person: not null, May: true })
        {
            throw new CommandHeldException(CommandBrake.RequesterMayNot);
        }
    }

    /// <summary>
    /// What a wipe was asked for may be over by now, or be judged to rest on a name alone: hours lie between the wish, the second
    /// word and the sending. A wipe for a reason of one's own names no finding.
    /// </summary>
    public static async Task<CommandBrake> CauseBrakeAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        CancellationToken cancellation
    )
    {
        if (command.FindingId is not { } finding || !command.Kind.NeedsTwoPeople())
        {
            return CommandBrake.None;
        }

        var detail = await db
            .Findings.Where(row => row.Id == finding && row.DeviceId == command.DeviceId && row.ClearedAt == null)
            .Select(row => row.Detail)
            .SingleOrDefaultAsync(cancellation);
        return detail is null
            ? CommandBrake.FindingEnded
            : CommandBrakes.OfCause(command.Kind, FindingJson.Read(detail).Proof);
    }

    private static async Task PassCauseAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        CancellationToken cancellation
    )
    {
        var brake = await CauseBrakeAsync(db, command, cancellation);
        if (brake != CommandBrake.None)
        {
            throw new CommandHeldException(brake);
        }
    }

    private static async Task PassTwoPeopleAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        CancellationToken cancellation
    )
    {
        var where = command.IntegrationId;
        var asked = await WipeParties.OfAsync(db, command.WantedByPerson, where, Right.Request, cancellation);
        var approved = await WipeParties.OfAsync(db, command.ApprovedByPerson, where, Right.Approve, cancellation);
        var holds = TwoPeople.StillHolds(
            asked,
            command.WantedByAccount ?? Guid.Empty,
            approved,
            command.ApprovedByAccount ?? Guid.Empty
        );
        if (!holds)
        {
            throw new CommandHeldException(CommandBrake.TwoPeople);
        }
    }
}

/// <summary>A brake holds the command for good.</summary>
internal sealed class CommandHeldException(CommandBrake brake) : Exception($"{brake} holds it.")
{
    public CommandBrake Brake { get; } = brake;
}

/// <summary>It may go later.</summary>
internal sealed class CommandWaitsException(CommandBrake brake, string why, DateTimeOffset until) : Exception(why)
{
    public CommandBrake Brake { get; } = brake;

    public DateTimeOffset Until { get; } = until;
}
