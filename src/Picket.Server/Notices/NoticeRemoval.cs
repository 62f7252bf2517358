using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>What goes together.</summary>
internal static class NoticeRemoval
{
    /// <summary>Channels that told of it alone go with it; what others told of it stays among their deliveries.</summary>
    public static async Task OfIntegrationAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        var channels = db.NoticeChannels.Where(row => row.IntegrationId == integration);
        await db
            .NoticeDeliveries.Where(row => channels.Any(channel => channel.Id == row.ChannelId))
            .ExecuteDeleteAsync(cancellation);
        await db.NoticeMarks.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await channels.ExecuteDeleteAsync(cancellation);
    }

    public static async Task OfChannelAsync(PicketDbContext db, Guid channel, CancellationToken cancellation)
    {
        await db.NoticeDeliveries.Where(row => row.ChannelId == channel).ExecuteDeleteAsync(cancellation);
        await db.NoticeMarks.Where(row => row.ChannelId == channel).ExecuteDeleteAsync(cancellation);
    }
}
