using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;
using MessageChannel = Picket.Api.MessageChannel;

namespace Picket.Server.Commands;

/// <summary>Commands, for whoever looks.</summary>
public sealed class CommandQueries(PicketDatabase database)
{
    public async Task<Page<CommandView>> ListAsync(
        Visible visible,
        CommandFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var rows = db.DeviceCommands.AsNoTracking().WhereVisible(visible, row => row.IntegrationId);
        if (filter.IntegrationId is { } integration)
        {
            rows = rows.Where(row => row.IntegrationId == integration);
        }

        if (filter.DeviceId is { } device)
        {
            rows = rows.Where(row => row.DeviceId == device);
        }

        if (filter.State is { } state)
        {
            rows = rows.Where(row => row.State == (CommandState)state);
        }

        if (filter.Command is { } command)
        {
            rows = rows.Where(row => row.Kind == (CommandKind)command);
        }

        var page = await rows.ToPageAsync(
            row => row.Id,
            Keyset.Parse(filter.Cursor),
            filter.Limit,
            row => row,
            cancellation,
            newestFirst: true
        );
        return new Page<CommandView>(await ViewsAsync(db, page.Items, cancellation), page.Next);
    }

    /// <returns>Null when there is none, or none that may be seen.</returns>
    public async Task<CommandView?> GetAsync(Visible visible, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db
            .DeviceCommands.AsNoTracking()
            .WhereVisible(visible, row => row.IntegrationId)
            .SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return row is null ? null : (await ViewsAsync(db, [row], cancellation))[0];
    }

    private static async Task<IReadOnlyList<CommandView>> ViewsAsync(
        PicketDbContext db,
        IReadOnlyList<DeviceCommandRow> rows,
        CancellationToken cancellation
    )
    {
        var actors = rows.SelectMany(row => new[] { row.WantedBy, row.ApprovedBy, row.EndedBy }).OfType<string>();
        var names = await AuditNames.OfAsync(db, actors, cancellation);
        var ids = rows.Select(row => row.DeviceId).Distinct().ToList();
        var devices = await db
            .Devices.Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.FriendlyName })
            .ToDictionaryAsync(row => row.Id, row => row.FriendlyName, cancellation);
        return [.. rows.Select(row => View(row, devices.GetValueOrDefault(row.DeviceId), names))];
    }

    private static CommandView View(DeviceCommandRow row, string? friendlyName, Dictionary<string, string> names) =>
        new()
        {
            Id = row.Id,
            IntegrationId = row.IntegrationId,
            DeviceId = row.DeviceId,
            UemId = row.RemoteId,
            FriendlyName = friendlyName,
            Command = (DeviceCommand)row.Kind,
            State = (DeviceCommandState)row.State,
            Brake = (DeviceCommandBrake)row.Brake,
            Reason = row.Why,
            Cause = row.Cause,
            FindingId = row.FindingId,
            Message = row is { MessageBy: { } by, MessageText: { } text }
                ? new MessageView((MessageChannel)by, text, row.Insisted)
                : null,
            PolicyVersion = row.PolicyVersion,
            WantedBy = row.PolicyVersion is { } version ? $"policy {version}" : names.GetValueOrDefault(row.WantedBy),
            WantedAt = row.WantedAt,
            ApprovedBy = row.ApprovedBy is { } approver ? names.GetValueOrDefault(approver) : null,
            ApprovedAt = row.ApprovedAt,
            NotBefore = row.NotBefore,
            ExpiresAt = row.ExpiresAt,
            SentAt = row.SentAt,
            FollowedUntil = row.FollowUntil,
            EndedAt = row.EndedAt,
            EndedBy = row.EndedBy is { } ender ? names.GetValueOrDefault(ender) : null,
            LedgerEntryId = row.LedgerEntryId,
        };
}
