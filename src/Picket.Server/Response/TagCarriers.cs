using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>Reads from the UEM who carries a tag.</summary>
internal sealed class TagCarriers(PicketDatabase database, UemTags uem)
{
    /// <summary>
    /// "Nobody" is said by an answer without a body, which a UEM also gives where it has not caught up with what it was just
    /// told. Where somebody should carry the tag it is asked once more, and then believed.
    /// </summary>
    /// <param name="tag">One that the UEM has.</param>
    public async Task<IReadOnlySet<int>> ReadAsync(OwnedTagRow tag, CancellationToken cancellation)
    {
        var carrying = await uem.DevicesAsync(tag.RemoteId!.Value, cancellation);
        return carrying.Count > 0 || !await IsAnybodyExpectedAsync(tag.Id, cancellation)
            ? carrying
            : await uem.DevicesAsync(tag.RemoteId.Value, cancellation);
    }

    /// <summary>Whoever carried it when it was last read, or was to get it since; but not who was to lose it.</summary>
    private async Task<bool> IsAnybodyExpectedAsync(Guid tag, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var sent =
            from entry in db.Ledger
            join device in db.LedgerDevices on entry.Id equals device.EntryId
            where
                entry.OwnedTagId == tag
                && (entry.State == LedgerState.Sent || entry.State == LedgerState.Answered)
                && device.State != LedgerState.Failed
            select new { entry.Kind, device.RemoteId };
        return await sent.AnyAsync(device => device.Kind == LedgerKinds.AddTag, cancellation)
            || await db.DeviceTags.AnyAsync(
                row =>
                    row.OwnedTagId == tag
                    && !sent.Any(device => device.Kind == LedgerKinds.RemoveTag && device.RemoteId == row.RemoteId),
                cancellation
            );
    }
}
