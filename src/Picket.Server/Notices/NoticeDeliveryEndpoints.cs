using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>What was and is to be sent, through the channels that somebody manages.</summary>
internal static class NoticeDeliveryEndpoints
{
    public static void MapNoticeDeliveries(this WebApplication app)
    {
        var managed = app.MapGroup("").RequireAuthorization(Policies.ChangeSettingsSomewhere);
        managed.MapGet(Routes.NoticeDeliveries, ListAsync);
        managed.MapGet(Routes.NoticeDelivery, GetAsync);
        managed.MapPost(Routes.NoticeReplay, ReplayAsync).Produces<NoticeDeliveryView>(StatusCodes.Status202Accepted);
    }

    private static async Task<Ok<Page<NoticeDeliveryView>>> ListAsync(
        PicketDbContext db,
        ClaimsPrincipal user,
        Guid? channelId,
        NoticeDeliveryState? state,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var names = await NoticeEndpoints
            .Managed(db, user)
            .Where(row => channelId == null || row.Id == channelId)
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancellation);
        var ids = names.Keys.ToList();
        var page = await db
            .NoticeDeliveries.AsNoTracking()
            .Where(row => ids.Contains(row.ChannelId) && (state == null || row.State == state))
            .ToPageAsync(
                row => row.Id,
                Keyset.Parse(cursor),
                limit,
                row => NoticeViews.Of(row, names[row.ChannelId]),
                cancellation,
                newestFirst: true
            );
        return TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<NoticeDeliveryView>, NotFound>> GetAsync(
        Guid deliveryId,
        PicketDbContext db,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await FindAsync(db, user, deliveryId, cancellation) is var (row, channel)
            ? TypedResults.Ok(NoticeViews.Of(row, channel.Name))
            : TypedResults.NotFound();

    private static async Task<IResult> ReplayAsync(
        Guid deliveryId,
        HttpContext context,
        PicketDbContext db,
        NoticeStore channels,
        ChangeGate gate,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, context.User, deliveryId, cancellation) is not var (_, channel))
        {
            return TypedResults.NotFound();
        }

        if (await NoticeEndpoints.RefusalAsync(channel.IntegrationId, context, gate, cancellation) is { } refused)
        {
            return refused;
        }

        if (!channel.On)
        {
            return NoticeEndpoints.Off(channel);
        }

        return await channels.ReplayAsync(deliveryId, AuditLog.ActorOf(context.User), cancellation) is { } row
            ? TypedResults.Accepted(Routes.Fill(Routes.NoticeDelivery, row.Id), NoticeViews.Of(row, channel.Name))
            : Problems.Make(
                StatusCodes.Status409Conflict,
                "It waits to be sent anyway",
                "It was neither delivered nor given up yet.",
                "Wait for its next try."
            );
    }

    private static async Task<(NoticeDeliveryRow Row, NoticeChannelRow Channel)?> FindAsync(
        PicketDbContext db,
        ClaimsPrincipal user,
        Guid id,
        CancellationToken cancellation
    )
    {
        var row = await db.NoticeDeliveries.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        var channel = row is null
            ? null
            : await NoticeEndpoints
                .Managed(db, user)
                .AsNoTracking()
                .SingleOrDefaultAsync(each => each.Id == row.ChannelId, cancellation);
        return channel is null ? null : (row!, channel);
    }
}
