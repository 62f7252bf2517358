using System.Globalization;

namespace Picket.Core.Sync;

/// <summary>Decides whether rows that a listing lacks may leave the inventory: absence is not proof.</summary>
public static class LossPlan
{
    /// <param name="approvedLoss">How many rows a person agreed to lose when this run was held; null if nobody did.</param>
    public static LossOutcome Decide(ListingFacts facts, LossBrake brake, int? approvedLoss = null) =>
        Doubt(facts) is { } doubt ? doubt
        : facts.Missing <= 0 ? new LossOutcome.RemoveMissing(0)
        : facts.Missing <= approvedLoss || !Brakes(facts, brake) ? new LossOutcome.RemoveMissing(facts.Missing)
        : new LossOutcome.HoldForApproval(facts.Missing, facts.StoredBefore, Share(facts));

    private static LossOutcome.Incomplete? Doubt(ListingFacts facts) =>
        facts switch
        {
            { Errors: > 0 } => new(
                IncompleteReason.Errors,
                Text($"{facts.Errors} call(s) failed while the listing was read: {facts.FirstError ?? "no detail"}")
            ),
            { Complete: false } => new(
                IncompleteReason.NotRead,
                Text($"The listing was not read to its end; {facts.Pages} page(s) were.")
            ),
            { Coherent: false } => new(
                IncompleteReason.RowsMoved,
                "Rows moved between the pages while they were read, so a row may have been passed over."
            ),
            { Total: { } total } when total != facts.Received => new(
                IncompleteReason.TotalDiffers,
                Text($"The UEM announced {total} rows and listed {facts.Received} different ones.")
            ),
            { Doubt: { } doubt } => new(IncompleteReason.Partial, doubt),
            { GroupReadable: not true } => new(
                IncompleteReason.GroupNotReadable,
                "The integration's organization group could not be read after the listing, so the account's scope is in doubt."
            ),
            _ => null,
        };

    private static bool Brakes(ListingFacts facts, LossBrake brake) =>
        facts.Missing >= facts.StoredBefore || (facts.Missing > brake.AlwaysAllowed && Share(facts) > brake.Share);

    private static double Share(ListingFacts facts) =>
        facts.StoredBefore <= 0 ? 1 : (double)facts.Missing / facts.StoredBefore;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
