using System.Linq.Expressions;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>
/// Of when each fact of a device is, as the database finds it. Counts of the blind spots and the filter of devices that
/// they lead to must agree, so both are here.
/// </summary>
internal static class FactTimes
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(DefaultPolicy.OldestFactDays);

    private static readonly Dictionary<FactName, Expression<Func<DeviceRow, DateTimeOffset?>>> Times = new()
    {
        [FactName.LastSeen] = row => row.LastSeenAt,
        [FactName.Enrollment] = row => row.EnrollmentStatus == null ? null : row.LastSeenAt,
        [FactName.Compliance] = row => row.ComplianceStatus == null ? null : row.LastSeenAt,
        [FactName.Compromised] = row => row.Compromised == null ? null : row.CompromisedCheckedAt ?? row.LastSeenAt,
        [FactName.OsVersion] = row => row.OsVersion == null ? null : row.LastSeenAt,
        [FactName.Model] = row => row.Model == null && row.ModelIdentifier == null ? null : row.LastSeenAt,
        [FactName.SecurityPatch] = row => row.SecurityPatchDate == null ? null : row.LastSeenAt,
        [FactName.Passcode] = row => row.PasscodePresent == null ? null : row.SecurityReadAt,
        [FactName.Encryption] = row => row.Encrypted == null ? null : row.SecurityReadAt,
        [FactName.Apps] = row => row.AppsState == DetailState.Known ? row.AppsReadAt : null,
    };

    private static readonly Dictionary<FactName, Func<DeviceRow, DateTimeOffset?>> Compiled = Times.ToDictionary(
        time => time.Key,
        time => time.Value.Compile()
    );

    /// <summary>Of when the fact of this device is; null where it is not known.</summary>
    public static DateTimeOffset? Of(DeviceRow row, FactName fact) => Compiled.GetValueOrDefault(fact)?.Invoke(row);

    /// <summary>The facts that have a time.</summary>
    public static IReadOnlyCollection<FactName> Facts => Times.Keys;

    /// <summary>Null for none of them.</summary>
    public static FactName? Named(string? text) =>
        Enum.TryParse<FactName>(text?.Trim(), ignoreCase: true, out var fact) && Times.ContainsKey(fact) ? fact : null;

    /// <summary>Devices that have such a fact at all.</summary>
    public static IQueryable<DeviceRow> WhereConcerned(this IQueryable<DeviceRow> rows, FactName fact) =>
        fact switch
        {
            FactName.SecurityPatch => rows.WherePlatform("Android"),
            FactName.LastSeen or FactName.Enrollment or FactName.Compliance or FactName.Encryption => rows,
            _ => rows.WhereMobile(),
        };

    /// <summary>Devices of which the fact is so old.</summary>
    public static IQueryable<DeviceRow> WhereAged(
        this IQueryable<DeviceRow> rows,
        FactName fact,
        FactAge age,
        DateTimeOffset now
    )
    {
        var time = Times[fact];
        var test = age switch
        {
            FactAge.Never => Expression.Equal(time.Body, Nothing),
            FactAge.Fresh => Since(now - Fresh),
            FactAge.Recent => Expression.AndAlso(Before(now - Fresh), Since(now - Recent)),
            FactAge.Old => Expression.AndAlso(Before(now - Recent), Since(now - Oldest)),
            _ => Before(now - Oldest),
        };
        return rows.WhereConcerned(fact).Where(Expression.Lambda<Func<DeviceRow, bool>>(test, time.Parameters));

        BinaryExpression Since(DateTimeOffset at) =>
            Expression.GreaterThanOrEqual(time.Body, QueryParameter.Of<DateTimeOffset?>(at));
        BinaryExpression Before(DateTimeOffset at) =>
            Expression.LessThan(time.Body, QueryParameter.Of<DateTimeOffset?>(at));
    }

    private static ConstantExpression Nothing => Expression.Constant(null, typeof(DateTimeOffset?));
}
