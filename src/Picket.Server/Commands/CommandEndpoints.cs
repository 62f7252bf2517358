using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Storage;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<Picket.Api.CommandView>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace Picket.Server.Commands;

/// <summary>Commands that one person may want, and what became of all of them.</summary>
internal static class CommandEndpoints
{
    public static void MapDeviceCommands(this WebApplication app)
    {
        app.MapPost(Routes.DeviceCommands, MakeAsync).RequireAuthorization(Policies.Operate);
        app.MapGet(Routes.Commands, ListAsync);
        app.MapGet(Routes.Command, GetAsync);
        app.MapPost(Routes.CommandCancel, CancelAsync);
        app.MapPost(Routes.CommandSettle, SettleAsync).RequireAuthorization(Policies.Approve);
    }

    private static async Task<Answer> MakeAsync(
        Guid id,
        CreateCommand wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        CommandMaker maker,
        CommandQueries queries,
        CancellationToken cancellation
    )
    {
        var device = await db.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (device is null)
        {
            return TypedResults.NotFound();
        }

        var (kind, reason) = ((CommandKind)wish.Command, wish.Reason?.Trim());
        if (Mistake(kind, reason) is var (field, mistake))
        {
            return CommandProblems.Invalid(field, mistake);
        }

        if (kind.NeedsPerson() && !user.IsWholePerson())
        {
            return CommandProblems.PeopleOnly("locks a device");
        }

        var (made, refusal) = await maker.MakeAsync(
            device,
            kind,
            string.IsNullOrEmpty(reason) ? null : reason,
            user,
            cancellation
        );
        return made is null ? refusal! : await AcceptedAsync(made.Id, user, queries, cancellation);
    }

    private static async Task<Ok<Page<CommandView>>> ListAsync(
        [AsParameters] CommandFilter filter,
        ClaimsPrincipal user,
        CommandQueries queries,
        CancellationToken cancellation
    ) => TypedResults.Ok(await queries.ListAsync(user.Visible(), filter, cancellation));

    private static async Task<Results<Ok<CommandView>, NotFound>> GetAsync(
        Guid id,
        ClaimsPrincipal user,
        CommandQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.GetAsync(user.Visible(), id, cancellation) is { } view
            ? TypedResults.Ok(view)
            : TypedResults.NotFound();

    /// <summary>To take back is safe: whoever may operate or approve there may, and who asked for it.</summary>
    private static async Task<Results<Ok<CommandView>, NotFound, ProblemHttpResult>> CancelAsync(
        Guid id,
        HttpContext context,
        PicketDbContext db,
        CommandDecisions decisions,
        CommandQueries queries,
        Refusals refusals,
        CancellationToken cancellation
    )
    {
        var command = await db.DeviceCommands.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (command is null)
        {
            return TypedResults.NotFound();
        }

        var (user, where) = (context.User, command.IntegrationId);
        if (!user.May(Right.Operate, where) && !user.May(Right.Approve, where))
        {
            await refusals.RecordAsync(context);
            return TypedResults.Problem(Refusals.Explain(user, Right.Operate));
        }

        return await decisions.CancelAsync(command, user, cancellation) is { } refusal
            ? refusal
            : TypedResults.Ok((await queries.GetAsync(user.Visible(), id, cancellation))!);
    }

    private static async Task<Results<Ok<CommandView>, NotFound, ProblemHttpResult>> SettleAsync(
        Guid id,
        SettleCommand wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        CommandDecisions decisions,
        CommandQueries queries,
        CancellationToken cancellation
    )
    {
        var command = await db.DeviceCommands.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return command is null ? TypedResults.NotFound()
            : await decisions.SettleAsync(command, wish.Happened, user, cancellation) is { } refusal ? refusal
            : TypedResults.Ok((await queries.GetAsync(user.Visible(), id, cancellation))!);
    }

    internal static async Task<Accepted<CommandView>> AcceptedAsync(
        Guid id,
        ClaimsPrincipal user,
        CommandQueries queries,
        CancellationToken cancellation
    ) =>
        TypedResults.Accepted(
            Routes.Fill(Routes.Command, id),
            (await queries.GetAsync(user.Visible(), id, cancellation))!
        );

    private static (string Field, string Mistake)? Mistake(CommandKind kind, string? reason) =>
        !Enum.IsDefined(kind) || kind is CommandKind.EnterpriseWipe or CommandKind.Message
            ? (
                "command",
                "Choose Sync, Query, RequestApps or Lock. An enterprise wipe and a message are asked for elsewhere."
            )
        : reason?.Length > CreateCommand.LongestReason
            ? ("reason", $"A reason has at most {CreateCommand.LongestReason} characters.")
        : kind.NeedsReason() && string.IsNullOrEmpty(reason) ? ("reason", "Say why.")
        : null;
}
