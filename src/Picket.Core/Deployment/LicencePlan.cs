using System.Globalization;

namespace Picket.Core.Deployment;

/// <summary>Licences that a smart group should have.</summary>
/// <param name="SmartGroup">The UEM's numeric id.</param>
/// <param name="Has">Licences that it has now; null when that was not read.</param>
/// <param name="Needs">One for each of its devices; null when they were not counted.</param>
public sealed record LicenceWish(long SmartGroup, int? Has, int? Needs);

/// <summary>Licences to give.</summary>
/// <param name="SmartGroup">The UEM's numeric id.</param>
/// <param name="Had">What it had: 0 takes the call that allocates, else the one that changes.</param>
/// <param name="Becomes">What it has afterwards.</param>
public sealed record LicenceGift(long SmartGroup, int Had, int Becomes);

/// <summary>How to share out the licences of a purchased app.</summary>
/// <param name="Gifts">In the order of the wishes.</param>
/// <param name="Lacking">Licences that are missing for the wishes that get nothing.</param>
/// <param name="Reason">Why somebody gets nothing; null when all wishes come true.</param>
public sealed record LicencePlan(IReadOnlyList<LicenceGift> Gifts, int Lacking, string? Reason)
{
    /// <summary>
    /// First come, first served, and a smart group gets all that it lacks or nothing: half a ring would look like failed
    /// installs. Licences are never taken away here.
    /// </summary>
    /// <param name="free">As the UEM says; null when that was not read.</param>
    /// <param name="purchased">As the UEM says; null when that was not read.</param>
    /// <param name="wishes">The rings' smart groups, the first ring first.</param>
    public static LicencePlan For(int? free, int? purchased, IReadOnlyList<LicenceWish> wishes)
    {
        if (free is not { } left)
        {
            return new(
                [],
                0,
                "How many licences are free is not known: nothing is assigned on a guess. Read the app again."
            );
        }

        if (left < 0 || left > purchased)
        {
            return new(
                [],
                0,
                Text(
                    $"The UEM says that {left} of {purchased} licences are free, which cannot be. Let it sync its licences, then read again."
                )
            );
        }

        var gifts = new List<LicenceGift>();
        var (lacking, unknown) = (0, 0);
        foreach (var wish in wishes)
        {
            if (wish is not { Has: >= 0 and var has, Needs: >= 0 and var needs })
            {
                unknown++;
                continue;
            }

            var more = needs - has;
            if (more <= 0)
            {
                continue;
            }

            // Once one ring lacks some, none behind it is served: rings go in their order.
            if (more <= left && lacking + unknown == 0)
            {
                gifts.Add(new(wish.SmartGroup, has, needs));
                left -= more;
            }
            else
            {
                lacking += more - (lacking + unknown == 0 ? left : 0);
            }
        }

        return new(gifts, lacking, Why(lacking, unknown));
    }

    private static string? Why(int lacking, int unknown) =>
        unknown > 0
            ? Text($"Of {unknown} smart groups it is not known how many licences they have and need. Read them again.")
        : lacking > 0 ? Text($"{lacking} licences are lacking. Buy them, or make the ring smaller.")
        : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
