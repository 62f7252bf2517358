namespace Picket.Core.Sync;

/// <summary>
/// A listing that is read page by page can pass over a row that is there: one row leaves and another arrives between
/// two page reads, and no total tells. So each row that is missing is asked for by itself before it goes.
/// </summary>
public static class LossConfirmation
{
    /// <summary>More than this are not asked for in one run; the next one goes on.</summary>
    public const int MostPerRun = 1000;

    /// <summary>How many of the missing rows may be asked for: half of the calls that are left, the rest is for details.</summary>
    public static int Cap(int missing, int callsLeft) =>
        Math.Min(missing, Math.Min(MostPerRun, Math.Max(0, callsLeft / 2)));

    /// <summary>
    /// Whether rows that nobody asked for may go too: only when a person agreed to the loss and every row that was asked
    /// for is really gone. One that is still there shows that this listing passed rows over.
    /// </summary>
    public static bool UnaskedMayGo(bool approved, int asked, int provenGone) =>
        approved && asked > 0 && provenGone == asked;
}
