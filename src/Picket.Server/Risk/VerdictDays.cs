using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>
/// Verdicts over time: one row per integration and day, noted when a judging is over. Every device is judged at least
/// once a day, so a day without a row is one on which Picket did not run.
/// </summary>
public sealed class VerdictDays(PicketDatabase database, TimeProvider time)
{
    private const int Kept = VerdictHistory.MostDays;

    /// <summary>Counts the levels, from the index alone, and lets go of what is too old.</summary>
    public async Task NoteAsync(Guid integration, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var oldest = today.AddDays(1 - Kept);
        await using var db = database.Open();
        var levels = await db
            .Devices.Where(row => row.IntegrationId == integration && row.GoneAt == null)
            .GroupBy(row => row.Level)
            .Select(group => new { group.Key, Devices = group.Count() })
            .ToDictionaryAsync(level => level.Key, level => level.Devices, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await db.Integrations.AnyAsync(row => row.Id == integration, cancellation))
        {
            return; // It was removed since it was judged.
        }

        await db
            .VerdictDays.Where(row => row.IntegrationId == integration && row.Day < oldest)
            .ExecuteDeleteAsync(cancellation);
        await database.Bulk.UpsertAsync(
            db,
            [
                new VerdictDayRow
                {
                    IntegrationId = integration,
                    Day = today,
                    Unknown = levels.GetValueOrDefault(RiskLevel.Unknown),
                    Secure = levels.GetValueOrDefault(RiskLevel.Secure),
                    Low = levels.GetValueOrDefault(RiskLevel.Low),
                    Medium = levels.GetValueOrDefault(RiskLevel.Medium),
                    High = levels.GetValueOrDefault(RiskLevel.High),
                    Critical = levels.GetValueOrDefault(RiskLevel.Critical),
                },
            ],
            cancellation
        );
        await transaction.CommitAsync(cancellation);
    }

    /// <param name="days">As many days until today.</param>
    /// <returns>Each visible integration with its days, oldest first, from its first one on without a gap.</returns>
    public async Task<IReadOnlyList<VerdictHistory>> ListAsync(
        Visible visible,
        int days,
        CancellationToken cancellation
    )
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = today.AddDays(1 - days);
        await using var db = database.Open();
        var rows = await db
            .VerdictDays.AsNoTracking()
            .WhereVisible(visible, row => row.IntegrationId)
            .Where(row => row.Day >= first && row.Day <= today)
            .OrderBy(row => row.Day)
            .ToListAsync(cancellation);
        return
        [
            .. rows.GroupBy(row => row.IntegrationId)
                .Select(noted => new VerdictHistory(noted.Key, [.. WithoutGaps([.. noted], today)])),
        ];
    }

    /// <summary>Verdicts stand until the next judging, so a day without one is as the day before it.</summary>
    private static IEnumerable<VerdictDay> WithoutGaps(List<VerdictDayRow> noted, DateOnly today)
    {
        var next = 0;
        for (var day = noted[0].Day; day <= today; day = day.AddDays(1))
        {
            while (next < noted.Count && noted[next].Day <= day)
            {
                next++;
            }

            yield return new(day, Counts(noted[next - 1]));
        }
    }

    private static LevelCounts Counts(VerdictDayRow row) =>
        new(row.Unknown, row.Secure, row.Low, row.Medium, row.High, row.Critical);
}
