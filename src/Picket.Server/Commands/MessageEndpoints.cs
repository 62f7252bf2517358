using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>Messages to the users of devices about findings: one device and one finding per request.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this WebApplication app)
    {
        // The text may name an app on the device: for who may send it.
        app.MapGet(Routes.DeviceMessage, PreviewAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.DeviceMessage, SendAsync).RequireAuthorization(Policies.Operate);
    }

    private static async Task<Results<Ok<MessagePreview>, NotFound, ProblemHttpResult>> PreviewAsync(
        Guid id,
        [AsParameters] MessageFilter query,
        ClaimsPrincipal user,
        PicketDbContext db,
        MessageMaker maker,
        CancellationToken cancellation
    )
    {
        var device = await db.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (device is null)
        {
            return TypedResults.NotFound();
        }

        var by = (Core.Response.MessageChannel)(query.By ?? MessageChannel.Push);
        var (preview, refusal) = await maker.PreviewAsync(device, query.FindingId, by, user, cancellation);
        return preview is null ? refusal! : TypedResults.Ok(preview);
    }

    private static async Task<Results<Accepted<CommandView>, NotFound, ProblemHttpResult>> SendAsync(
        Guid id,
        SendMessage wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        MessageMaker maker,
        CommandQueries queries,
        CancellationToken cancellation
    )
    {
        var device = await db.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (device is null)
        {
            return TypedResults.NotFound();
        }

        if (!user.IsWholePerson())
        {
            return CommandProblems.PeopleOnly("sends a message to a user");
        }

        if (Mistake(wish) is var (field, mistake))
        {
            return CommandProblems.Invalid(field, mistake);
        }

        var (made, refusal) = await maker.MakeAsync(device, wish, user, cancellation);
        return made is null ? refusal! : await CommandEndpoints.AcceptedAsync(made.Id, user, queries, cancellation);
    }

    private static (string Field, string Mistake)? Mistake(SendMessage wish) =>
        !Enum.IsDefined(wish.By) ? ("by", "Choose Push or Email.")
        : wish.Reason?.Trim().Length > CreateCommand.LongestReason
            ? ("reason", $"A reason has at most {CreateCommand.LongestReason} characters.")
        : wish.Insist && string.IsNullOrWhiteSpace(wish.Reason) ? ("reason", "Say why you insist.")
        : null;
}
