using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>
/// Channels of notices. One that tells of an integration is for who may change that integration, and the UEM is asked before
/// each change (law 6); one that tells of everything is for who may change all of them.
/// </summary>
internal static class NoticeEndpoints
{
    public static void MapNoticeChannels(this WebApplication app)
    {
        var managed = app.MapGroup("").RequireAuthorization(Policies.ChangeSettingsSomewhere);
        managed.MapGet(Routes.NoticeChannels, ListAsync);
        managed.MapGet(Routes.NoticeChannel, GetAsync);
        managed.MapPost(Routes.NoticeChannels, CreateAsync).Produces<NoticeChannelSaved>(StatusCodes.Status201Created);
        managed.MapPut(Routes.NoticeChannel, ChangeAsync).Produces<NoticeChannelSaved>();
        managed.MapDelete(Routes.NoticeChannel, RemoveAsync);
        managed.MapPost(Routes.NoticeChannelSecret, RotateAsync).Produces<NoticeChannelSaved>();
        managed
            .MapPost(Routes.NoticeChannelTest, TestAsync)
            .Produces<NoticeDeliveryView>(StatusCodes.Status202Accepted);
    }

    /// <summary>Channels that somebody manages.</summary>
    internal static IQueryable<NoticeChannelRow> Managed(PicketDbContext db, ClaimsPrincipal user) =>
        db.NoticeChannels.WhereManaged(user, row => row.IntegrationId);

    /// <summary>A channel of everything changes no integration's settings: it is for administrators of everything.</summary>
    /// <returns>Why it may not be changed; null where it may.</returns>
    internal static async Task<ProblemHttpResult?> RefusalAsync(
        Guid? integration,
        HttpContext context,
        ChangeGate gate,
        CancellationToken cancellation
    ) => integration is { } id ? await gate.RefusalAsync(context, id, cancellation) : null;

    internal static ProblemHttpResult Off(NoticeChannelRow channel) =>
        Problems.Make(
            StatusCodes.Status409Conflict,
            "The channel is off",
            channel.OffReason ?? $"Somebody switched {channel.Name} off; nothing is sent through it.",
            "Switch it on first."
        );

    private static async Task<Ok<Page<NoticeChannelView>>> ListAsync(
        PicketDbContext db,
        ClaimsPrincipal user,
        TimeProvider time,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await Managed(db, user)
            .AsNoTracking()
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation);
        return TypedResults.Ok(
            new Page<NoticeChannelView>(await NoticeViews.OfAsync(db, page.Items, time, cancellation), page.Next)
        );
    }

    private static async Task<Results<Ok<NoticeChannelView>, NotFound>> GetAsync(
        Guid channelId,
        PicketDbContext db,
        ClaimsPrincipal user,
        TimeProvider time,
        CancellationToken cancellation
    ) =>
        await FindAsync(db, user, channelId, cancellation) is { } row
            ? TypedResults.Ok((await NoticeViews.OfAsync(db, [row], time, cancellation))[0])
            : TypedResults.NotFound();

    private static async Task<IResult> CreateAsync(
        NoticeChannelDraft draft,
        HttpContext context,
        PicketDbContext db,
        NoticeStore channels,
        ChangeGate gate,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var mistakes = NoticeRules.MistakesIn(draft);
        if (!context.User.May(Right.ChangeSettings, draft.IntegrationId))
        {
            mistakes["integrationId"] =
            [
                draft.IntegrationId is null
                    ? "A channel of everything is for administrators of everything. Name the integration that it shall tell of."
                    : "There is no such integration whose settings you may change.",
            ];
        }
        else if (draft.IntegrationId is { } id && !await db.Integrations.AnyAsync(row => row.Id == id, cancellation))
        {
            mistakes["integrationId"] = ["There is no such integration."];
        }

        if (mistakes.Count > 0)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        if (await RefusalAsync(draft.IntegrationId, context, gate, cancellation) is { } refused)
        {
            return refused;
        }

        return await SaveAsync(
            draft,
            () => channels.CreateAsync(draft, AuditLog.ActorOf(context.User), cancellation),
            async (row, secret) =>
                TypedResults.Created(
                    Routes.Fill(Routes.NoticeChannel, row.Id),
                    new NoticeChannelSaved((await NoticeViews.OfAsync(db, [row], time, cancellation))[0], secret)
                )
        );
    }

    private static Task<IResult> ChangeAsync(
        Guid channelId,
        NoticeChannelDraft draft,
        HttpContext context,
        PicketDbContext db,
        NoticeStore channels,
        ChangeGate gate,
        TimeProvider time,
        CancellationToken cancellation
    ) =>
        OnOneAsync(
            channelId,
            context,
            db,
            gate,
            async _ =>
                NoticeRules.MistakesIn(draft) is { Count: > 0 } mistakes
                    ? TypedResults.ValidationProblem(mistakes)
                    : await SaveAsync(
                        draft,
                        () => channels.ChangeAsync(channelId, draft, AuditLog.ActorOf(context.User), cancellation),
                        async (row, secret) =>
                            TypedResults.Ok(
                                new NoticeChannelSaved(
                                    (await NoticeViews.OfAsync(db, [row], time, cancellation))[0],
                                    secret
                                )
                            )
                    ),
            cancellation
        );

    private static Task<IResult> RemoveAsync(
        Guid channelId,
        HttpContext context,
        PicketDbContext db,
        NoticeStore channels,
        ChangeGate gate,
        CancellationToken cancellation
    ) =>
        OnOneAsync(
            channelId,
            context,
            db,
            gate,
            async _ =>
            {
                await channels.RemoveAsync(channelId, AuditLog.ActorOf(context.User), cancellation);
                return TypedResults.NoContent();
            },
            cancellation
        );

    private static Task<IResult> RotateAsync(
        Guid channelId,
        HttpContext context,
        PicketDbContext db,
        NoticeStore channels,
        ChangeGate gate,
        TimeProvider time,
        CancellationToken cancellation
    ) =>
        OnOneAsync(
            channelId,
            context,
            db,
            gate,
            async channel =>
            {
                if (channel.Kind != NoticeChannelKind.Webhook)
                {
                    return Problems.Make(
                        StatusCodes.Status409Conflict,
                        "It has no secret of Picket's",
                        "An e-mail channel signs in with a password, which is the mail server's.",
                        "Change the channel, and enter the new password."
                    );
                }

                var (row, secret) = await channels.RotateAsync(channelId, AuditLog.ActorOf(context.User), cancellation);
                return TypedResults.Ok(
                    new NoticeChannelSaved((await NoticeViews.OfAsync(db, [row], time, cancellation))[0], secret)
                );
            },
            cancellation
        );

    private static Task<IResult> TestAsync(
        Guid channelId,
        HttpContext context,
        PicketDbContext db,
        NoticeStore channels,
        ChangeGate gate,
        CancellationToken cancellation
    ) =>
        OnOneAsync(
            channelId,
            context,
            db,
            gate,
            async channel =>
            {
                if (!channel.On)
                {
                    return Off(channel);
                }

                var row = await channels.TestAsync(channel, AuditLog.ActorOf(context.User), cancellation);
                return TypedResults.Accepted(
                    Routes.Fill(Routes.NoticeDelivery, row.Id),
                    NoticeViews.Of(row, channel.Name)
                );
            },
            cancellation
        );

    private static Task<NoticeChannelRow?> FindAsync(
        PicketDbContext db,
        ClaimsPrincipal user,
        Guid id,
        CancellationToken cancellation
    ) => Managed(db, user).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);

    private static async Task<IResult> OnOneAsync(
        Guid id,
        HttpContext context,
        PicketDbContext db,
        ChangeGate gate,
        Func<NoticeChannelRow, Task<IResult>> act,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, context.User, id, cancellation) is not { } row)
        {
            return TypedResults.NotFound();
        }

        try
        {
            return await RefusalAsync(row.IntegrationId, context, gate, cancellation) ?? await act(row);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Make(
                StatusCodes.Status409Conflict,
                "The channel was changed meanwhile",
                "Somebody, or a notice on its way, changed it while this was being done. Nothing was changed by you.",
                "Look at it as it is now, and try again."
            );
        }
    }

    private static async Task<IResult> SaveAsync(
        NoticeChannelDraft draft,
        Func<Task<(NoticeChannelRow? Channel, string? Secret)>> save,
        Func<NoticeChannelRow, string?, Task<IResult>> answer
    )
    {
        try
        {
            var (row, secret) = await save();
            return row is null
                ? Problems.Make(
                    StatusCodes.Status409Conflict,
                    "The name is taken",
                    $"There is a channel {draft.Name!.Trim()} already.",
                    "Change that channel, or give this one another name."
                )
                : await answer(row, secret);
        }
        catch (NoticeMistakeException mistake)
        {
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]> { [mistake.Field] = [mistake.Message] }
            );
        }
    }
}
