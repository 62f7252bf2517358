using Picket.Api;
using Picket.Core.Sync;

namespace Picket.Server.Integrations;

/// <summary>Shows the call budget of an integration.</summary>
internal static class QuotaViews
{
    /// <summary>After its reset a quota is whole again, whatever was last seen.</summary>
    public static QuotaView Of(IntegrationRow row, DateTimeOffset now) =>
        WithBudget(
            row.QuotaResetAt <= now
                ? new(row.QuotaSharePercent, Narrow(row.QuotaLimit), Narrow(row.QuotaLimit), 0, null)
                : new(
                    row.QuotaSharePercent,
                    Narrow(row.QuotaLimit),
                    Narrow(row.QuotaRemaining),
                    Narrow(row.QuotaUsed) ?? 0,
                    row.QuotaResetAt
                ),
            now
        );

    private static QuotaView WithBudget(QuotaView quota, DateTimeOffset now)
    {
        if (quota.DailyLimit is not { } limit)
        {
            return quota;
        }

        var seen = new CallQuota(limit, quota.Remaining ?? limit, quota.ResetsAt ?? DateTimeOffset.MaxValue);
        var budget = CallBudget.Of(seen, quota.SharePercent / 100.0, quota.UsedToday, now);
        return quota with { Ceiling = budget.Ceiling, Left = budget.Interactive };
    }

    private static int? Narrow(long? number) => number is { } known ? (int)Math.Clamp(known, 0, int.MaxValue) : null;
}
