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
            .Produces<FeedView>(StatusCodes.Status201Created);
        app.MapPost(Routes.FeedRollback, RollBackAsync).RequireAuthorization(Policies.ManageFeeds).Produces<FeedView>();
        app.MapDelete(Routes.Feed, DeleteAsync).RequireAuthorization(Policies.ManageFeeds);
    }

    private static async Task<IResult> ImportAsync(
        [AsParameters] FeedUpload upload,
        ClaimsPrincipal user,
        FeedStore feeds,
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
        return outcome is { Feed: { } feed, Version: { } version }
            ? TypedResults.Created(Routes.Fill(Routes.Feed, feed.Id), FeedViews.Of(feed, version))
            : Unreadable(upload.Name!, outcome.Errors);
    }

    private static async Task<IResult> RollBackAsync(
        Guid id,
        ClaimsPrincipal user,
        FeedStore feeds,
        CancellationToken cancellation
    ) =>
        await feeds.RollBackAsync(id, AuditLog.ActorOf(user), cancellation) switch
        {
            null => TypedResults.NotFound(),
            { Feed: { } feed, Version: { } version } => TypedResults.Ok(FeedViews.Of(feed, version)),
            { Errors.Count: > 0 } outcome => Unreadable(outcome.Feed!.Name, outcome.Errors),
            _ => TypedResults.Problem(
                "There is no version before the one in force.",
                statusCode: StatusCodes.Status409Conflict,
                title: "Nothing to roll back to",
                extensions: Next("Import the file that shall be in force.")
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

    private static Dictionary<string, object?> Next(string step) => new() { ["next"] = step };
}
