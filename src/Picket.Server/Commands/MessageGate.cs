using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>
/// Whether a device's user may be told of a finding, by what the database says at this moment. Asked when somebody wants it,
/// and in the transaction of the sent mark.
/// </summary>
internal static class MessageGate
{
    /// <summary>Messages that went out, may have, or are about to.</summary>
    private static readonly CommandState[] Told =
    [
        CommandState.Due,
        CommandState.Sending,
        CommandState.Unclear,
        CommandState.Taken,
        CommandState.Confirmed,
    ];

    /// <param name="command">The message itself, which does not count; null before there is one.</param>
    /// <returns>The finding is null where it is not open on this device.</returns>
    public static async Task<(Finding? Finding, MessageMatter Matter)> MatterAsync(
        PicketDbContext db,
        Guid device,
        Guid? finding,
        Guid? command,
        CancellationToken cancellation
    )
    {
        var open = await db
            .Findings.Where(row => row.DeviceId == device && row.ClearedAt == null)
            .Select(row => new { row.Id, row.Detail })
            .ToListAsync(cancellation);
        var findings = open.ToDictionary(row => row.Id, row => FindingJson.Read(row.Detail));
        var about = finding is { } id ? findings.GetValueOrDefault(id) : null;
        var told = await db
            .DeviceCommands.Where(row =>
                row.DeviceId == device
                && row.FindingId == finding
                && row.Kind == CommandKind.Message
                && row.Id != command
                && Told.Contains(row.State)
            )
            .OrderByDescending(row => row.Id)
            .Select(row => row.SentAt ?? row.WantedAt)
            .Cast<DateTimeOffset?>()
            .FirstOrDefaultAsync(cancellation);
        return (about, new MessageMatter(about is not null, findings.Values.Any(MessageBrakes.Watches), told));
    }

    /// <exception cref="CommandHeldException">It is not sent any more.</exception>
    public static async Task PassAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (command.PolicyVersion is { } version)
        {
            var inForce = await db.PolicyVersions.MaxAsync(row => (int?)row.Number, cancellation) ?? 0;
            if (version != inForce)
            {
                throw new CommandHeldException(CommandBrake.PolicyChanged);
            }
        }

        var (_, matter) = await MatterAsync(db, command.DeviceId, command.FindingId, command.Id, cancellation);
        var insisted = command.Insisted && await MayInsistAsync(db, command, cancellation);
        var brake = MessageBrakes.Of(matter, insisted, now);
        if (brake != CommandBrake.None)
        {
            throw new CommandHeldException(brake);
        }
    }

    /// <summary>Whoever lost the role since does not insist any more.</summary>
    private static async Task<bool> MayInsistAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        CancellationToken cancellation
    )
    {
        var party = await WipeParties.OfAsync(
            db,
            command.WantedByPerson,
            command.IntegrationId,
            Right.ChangeSettings,
            cancellation
        );
        return party is { Person: not null, May: true };
    }
}
