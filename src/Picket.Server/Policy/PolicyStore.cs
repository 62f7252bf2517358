using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>The document in force, ready to judge by. Immutable.</summary>
/// <param name="Number">Its version; 0 for the built-in policy.</param>
public sealed record PolicyInForce(int Number, string Text, PolicyBook Book)
{
    /// <summary>What others are compared with: of the built-in policy all that it states, which its book leaves unsaid.</summary>
    public PolicyDocument Document { get; init; } = Book.Document;
}

/// <summary>
/// Keeps the document in force in memory. Which one it is is asked of the database each time, so a change is seen by every
/// node; only a new one is read and parsed.
/// </summary>
public sealed class PolicyStore(TimeProvider time)
{
    private static readonly PolicyInForce BuiltIn = new(0, PolicyText.Default, PolicyBook.Default)
    {
        Document = PolicyReader.Read(PolicyText.Default, DateOnly.MinValue).Document!,
    };

    private PolicyInForce current = BuiltIn;

    public async Task<PolicyInForce> CurrentAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var number = await db.PolicyVersions.MaxAsync(row => (int?)row.Number, cancellation) ?? 0;
        if (current is var known && known.Number == number)
        {
            return known;
        }

        if (number == 0)
        {
            return current = BuiltIn;
        }

        var text = await db
            .PolicyVersions.Where(row => row.Number == number)
            .Select(row => row.Text)
            .SingleAsync(cancellation);
        return current = new PolicyInForce(number, text, new PolicyBook(Read(text, number)));
    }

    /// <summary>Reads a document that is not in force yet: it may not go by, or use, the tags that Picket sets otherwise.</summary>
    internal async Task<PolicyParse> ReadAsync(PicketDbContext db, string text, CancellationToken cancellation) =>
        PolicyReader.Read(
            text,
            Today,
            await TagNames.AllAsync(db, cancellation),
            await TagNames.OfLevelsAsync(db, cancellation)
        );

    /// <summary>It was read before it was stored: only a newer Picket's document is not understood here.</summary>
    private PolicyDocument Read(string text, int number)
    {
        var parse = PolicyReader.Read(text, Today);
        return parse.Document
            ?? throw new InvalidOperationException(
                $"Version {number} of the policy cannot be read ({parse.Mistakes[0]}). It was applied by another version of "
                    + "Picket: run that one, or apply a document that this one reads."
            );
    }

    internal DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
