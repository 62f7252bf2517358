using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>Checks the second factor of somebody whose password was right.</summary>
public sealed class SecondFactorSignIn(PicketDatabase database, SecondFactor factor, SignInTries tries)
{
    public const string Refusal =
        "The code is wrong, was used already, or came too late. After ten wrong tries an account is closed for 15 minutes.";

    /// <returns>Null where it is refused.</returns>
    public async Task<PersonRow?> CheckAsync(Guid id, string? code, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var open = await tries.TakeAsync(db, id, cancellation);
        var person = await db.Persons.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (!open || person is null || !await factor.TakeAsync(db, person, code, cancellation))
        {
            await tries.RecordRefusalAsync(db, id, cancellation);
            return null;
        }

        await SignInTries.ForgetAsync(db, id, cancellation);
        return person;
    }
}
