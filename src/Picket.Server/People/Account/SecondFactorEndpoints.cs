using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>Adding, renewing and removing one's own second factor. Each needs a code: the password alone does not undo it.</summary>
internal static class SecondFactorEndpoints
{
    public static void MapSecondFactor(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("").RequireAuthorization(Policies.Person);
        own.MapPost(Routes.MySecondFactor, BeginAsync);
        own.MapPost(Routes.MySecondFactorConfirm, ConfirmAsync);
        own.MapPost(Routes.MySecondFactorRemove, RemoveAsync);
        own.MapPost(Routes.MyRecoveryCodes, RenewAsync);
    }

    private static async Task<Results<Ok<AuthenticatorSecret>, ProblemHttpResult>> BeginAsync(
        ClaimsPrincipal user,
        PicketDbContext db,
        SecondFactor factor,
        CancellationToken cancellation
    )
    {
        var person = await MeAsync(db, user, cancellation);
        var (secret, address, kept) = factor.NewSecret(person);
        var begun = await db
            .Persons.Where(row => row.Id == person.Id && !row.TwoFactorEnabled)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ProtectedAuthenticator, kept), cancellation);
        return begun == 1
            ? TypedResults.Ok(new AuthenticatorSecret(secret, address.AbsoluteUri))
            : AccountProblems.FactorIsOn();
    }

    private static async Task<Results<Ok<RecoveryCodes>, ProblemHttpResult>> ConfirmAsync(
        SecondFactorCode wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        SecondFactor factor,
        SignInTries tries,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var person = await MeAsync(db, user, cancellation);
        if (person.TwoFactorEnabled)
        {
            return AccountProblems.FactorIsOn();
        }

        if (
            await TryAsync(db, person, tries, () => factor.TakeStepAsync(db, person, wish.Code, cancellation)) is { } no
        )
        {
            return no;
        }

        var (session, now) = (user.SessionId(), (DateTimeOffset?)time.GetUtcNow());
        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        await db
            .Persons.Where(row => row.Id == person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TwoFactorEnabled, true), cancellation);
        await db
            .Sessions.Where(row => row.Id == session)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SecondFactorAt, now), cancellation);
        var codes = await SecondFactor.NewRecoveryCodesAsync(db, person.Id, cancellation);
        audit.Add(db, AuditLog.ActorOf(user), "account.second-factor-added");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(new RecoveryCodes(codes));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        SecondFactorCode wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        SecondFactor factor,
        SignInTries tries,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        if (await ShownAsync(db, user, factor, tries, wish, cancellation) is { } refused)
        {
            return refused;
        }

        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        await SecondFactor.RemoveAsync(db, user.PersonId()!.Value, cancellation);
        audit.Add(db, AuditLog.ActorOf(user), "account.second-factor-removed");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<RecoveryCodes>, ProblemHttpResult>> RenewAsync(
        SecondFactorCode wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        SecondFactor factor,
        SignInTries tries,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        if (await ShownAsync(db, user, factor, tries, wish, cancellation) is { } refused)
        {
            return refused;
        }

        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        var codes = await SecondFactor.NewRecoveryCodesAsync(db, user.PersonId()!.Value, cancellation);
        audit.Add(db, AuditLog.ActorOf(user), "account.recovery-codes-made");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(new RecoveryCodes(codes));
    }

    private static async Task<ProblemHttpResult?> ShownAsync(
        PicketDbContext db,
        ClaimsPrincipal user,
        SecondFactor factor,
        SignInTries tries,
        SecondFactorCode wish,
        CancellationToken cancellation
    )
    {
        var person = await MeAsync(db, user, cancellation);
        return person.TwoFactorEnabled
            ? await TryAsync(db, person, tries, () => factor.TakeAsync(db, person, wish.Code, cancellation))
            : AccountProblems.FactorIsOff();
    }

    /// <summary>Whoever found an open browser does not get to try all codes.</summary>
    private static async Task<ProblemHttpResult?> TryAsync(
        PicketDbContext db,
        PersonRow person,
        SignInTries tries,
        Func<Task<bool>> take
    )
    {
        if (!await tries.TakeAsync(db, person.Id, CancellationToken.None))
        {
            return AccountProblems.Closed();
        }

        if (!await take())
        {
            return AccountProblems.WrongCode();
        }

        await SignInTries.ForgetAsync(db, person.Id, CancellationToken.None);
        return null;
    }

    private static Task<PersonRow> MeAsync(PicketDbContext db, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var id = user.PersonId()!.Value;
        return db.Persons.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
    }
}
