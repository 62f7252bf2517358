using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;

namespace Picket.Server.Intelligence;

/// <summary>Changes of feeds; reading is in <see cref="FeedReading"/>.</summary>
internal static class FeedEndpoints
{
    public static void MapFeedChanges(this WebApplication app)
    {
        app.MapPost(Routes.Feeds, ImportAsync)
            .RequireAuthorization(Policies.ManageFeeds)
            .Accepts<byte[]>("application/octet-stream", "*/*")
            .WithMetadata(new DisableRequestSizeLimitAttribute()) // FeedUpload has its own, with its own answer.
            .Produces<FeedView>(StatusCodes.Status201Created)
            .Produces<FeedView>(StatusCodes.Status202Accepted);
        app.MapPost(Routes.FeedRollback, RollBackAsync).RequireAuthorization(Policies.ManageFeeds).Produces<FeedView>();
        app.MapPost(Routes.FeedAccept, AcceptAsync).RequireAuthorization(Policies.ManageFeeds).Produces<FeedView>();
        app.MapPost(Routes.FeedReject, RejectAsync).RequireAuthorization(Policies.ManageFeeds).Produces<FeedView>();
        app.MapDelete(Routes.Feed, DeleteAsync).RequireAuthorization(Policies.ManageFeeds);
    }

    private static async Task<IResult> ImportAsync(
        [AsParameters] FeedUpload upload,
        ClaimsPrincipal user,
        FeedStore feeds,
        FeedAnswers answers,
        CancellationToken cancellation
    )
    {
        if (upload.Mistakes() is { Count: > 0 } mistakes)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        if (await upload.ReadAsync(cancellation) is not { } bytes)
        {
            return TooLarge();
        }

        var outcome = await feeds.ImportAsync(upload.With(bytes), AuditLog.ActorOf(user), cancellation);
        if (outcome is not { Feed: { } feed, Version: { } version })
        {
            return Unreadable(upload.Name!, outcome.Errors);
        }

        var address = Routes.Fill(Routes.Feed, feed.Id);
        return outcome switch
        {
            { Rejected: true } => RejectedBefore(feed, version),
            { Aside: not null } => TypedResults.Accepted(address, await answers.OfAsync(feed.Id, cancellation)),
            _ => TypedResults.Created(address, await answers.OfAsync(feed.Id, cancellation)),
        };
    }

    private static async Task<IResult> RollBackAsync(
        Guid id,
        ClaimsPrincipal user,
        FeedStore feeds,
        FeedAnswers answers,
        CancellationToken cancellation
    ) =>
        await feeds.RollBackAsync(id, AuditLog.ActorOf(user), cancellation) switch
        {
            null => TypedResults.NotFound(),
            { Version: not null } => TypedResults.Ok(await answers.OfAsync(id, cancellation)),
            { Errors.Count: > 0 } outcome => Unreadable(outcome.Feed!.Name, outcome.Errors),
            _ => TypedResults.Problem(
                "There is no version before the one in force.",
                statusCode: StatusCodes.Status409Conflict,
                title: "Nothing to roll back to",
                extensions: Next("Import the file that shall be in force.")
            ),
        };

    private static async Task<IResult> AcceptAsync(
        Guid id,
        Guid version,
        ClaimsPrincipal user,
        FeedStore feeds,
        FeedAnswers answers,
        CancellationToken cancellation
    ) =>
        await DecidedAsync(
            await feeds.AcceptAsync(id, version, AuditLog.ActorOf(user), cancellation),
            answers,
            cancellation
        );

    private static async Task<IResult> RejectAsync(
        Guid id,
        Guid version,
        ClaimsPrincipal user,
        FeedStore feeds,
        FeedAnswers answers,
        CancellationToken cancellation
    ) =>
        await DecidedAsync(
            await feeds.RejectAsync(id, version, AuditLog.ActorOf(user), cancellation),
            answers,
            cancellation
        );

    private static async Task<IResult> DecidedAsync(
        FeedOutcome? outcome,
        FeedAnswers answers,
        CancellationToken cancellation
    ) =>
        outcome switch
        {
            null => TypedResults.NotFound(),
            { Version: not null } => TypedResults.Ok(await answers.OfAsync(outcome.Feed!.Id, cancellation)),
            { Errors.Count: > 0 } => Unreadable(outcome.Feed!.Name, outcome.Errors),
            _ => TypedResults.Problem(
                $"No such version of feed {outcome.Feed!.Name} waits: it was decided, or a newer one came.",
                statusCode: StatusCodes.Status409Conflict,
                title: "Nothing to decide",
                extensions: Next("Look at the feed again; `picket feeds aside` lists what waits.")
            ),
        };

    private static async Task<IResult> DeleteAsync(
        Guid id,
        ClaimsPrincipal user,
        FeedStore feeds,
        CancellationToken cancellation
    ) =>
        await feeds.DeleteAsync(id, AuditLog.ActorOf(user), cancellation)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static ProblemHttpResult TooLarge() =>
        TypedResults.Problem(
            $"A feed's file may have {FeedUpload.LargestFile / 1024 / 1024} MiB at most. Nothing was taken over.",
            statusCode: StatusCodes.Status413PayloadTooLarge,
            title: "The file is too large",
            extensions: Next("Check that it is the right file; split a large bundle into several feeds.")
        );

    private static ProblemHttpResult RejectedBefore(FeedRow feed, FeedVersionRow version) =>
        TypedResults.Problem(
            $"A person decided against this very file of feed {feed.Name} at {version.RejectedAt:u}. Nothing was changed.",
            statusCode: StatusCodes.Status409Conflict,
            title: "The file was rejected before",
            extensions: Next("Import it with accept=true (`picket feeds import --accept`) if it shall come into force.")
        );

    private static ProblemHttpResult Unreadable(string name, IReadOnlyList<Core.Intelligence.FeedError> errors)
    {
        var extensions = Next("Correct the file at the given lines, or import it with another format.");
        extensions["feedErrors"] = errors
            .Select(error => new FeedError(error.Line, error.Column, error.Message))
            .ToList();
        return TypedResults.Problem(
            $"The file for feed {name} cannot be read: {errors[0]}. What was in force stays in force.",
            statusCode: StatusCodes.Status422UnprocessableEntity,
            title: "The feed cannot be read",
            extensions: extensions
        );
    }

    internal static Dictionary<string, object?> Next(string step) => new() { ["next"] = step };
}
