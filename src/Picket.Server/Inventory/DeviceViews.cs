using System.Globalization;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Risk;

namespace Picket.Server.Inventory;

/// <summary>Shows device rows as people see them.</summary>
internal static class DeviceViews
{
    public static DeviceSummary Summary(DeviceRow row, string? group, int findings) =>
        new()
        {
            Id = row.Id,
            IntegrationId = row.IntegrationId,
            UemId = row.RemoteId,
            FriendlyName = Name(row),
            SerialNumber = row.SerialNumber,
            Platform = DeviceWords.Platform(row),
            Model = row.Model ?? row.ModelIdentifier,
            OsVersion = row.OsVersion,
            Ownership = DeviceWords.Ownership(row.Ownership),
            OrganizationGroup = group,
            User = row.UserName,
            Level = (Level)row.Level,
            Findings = findings,
            LastSeenAt = row.LastSeenAt,
        };

    public static DeviceView Of(
        DeviceRow row,
        DeviceSummary summary,
        IReadOnlyList<FindingRow> findings,
        IReadOnlyList<string> tags
    )
    {
        var unknowns = Unknowns(row);
        return new DeviceView
        {
            Device = summary,
            Verdict = new(summary.Level, row.JudgedAt, Reason(row, findings, unknowns))
            {
                Coverage = row.JudgedAt is null ? null : Coverage(row, unknowns),
            },
            Findings = [.. findings.Select(finding => FindingViews.Of(finding, summary.FriendlyName))],
            Facts = [.. DeviceFactViews.Of(row)],
            Unknowns = unknowns,
            Tags = tags,
            Enrollment = row.EnrollmentStatus,
            FirstSeenAt = row.FirstSeenAt,
            AppsReadAt = row.AppsReadAt,
            RemovedAt = row.GoneAt,
        };
    }

    public static string Name(DeviceRow row) => Name(row.FriendlyName, row.SerialNumber, row.RemoteId);

    public static string Name(string? friendlyName, string? serialNumber, int remoteId) =>
        friendlyName ?? serialNumber ?? string.Create(CultureInfo.InvariantCulture, $"Device {remoteId}");

    private static string? Reason(DeviceRow row, IReadOnlyList<FindingRow> found, List<UnknownView> unknowns) =>
        FindingJson.ReadUnknowns(row.Unknowns).FirstOrDefault(FindingJson.SaysKept) is { } kept ? kept.Reason
        : found.Any(finding => finding.Standing is not FindingStanding.Counts) ? ReasonBeside(row, found, unknowns)
        : Reason(row, found.Count, unknowns);

    /// <summary>What is in grace or excepted is said beside what the verdict rests on.</summary>
    private static string ReasonBeside(DeviceRow row, IReadOnlyList<FindingRow> found, List<UnknownView> unknowns)
    {
        var weightless = found.Count(finding => finding.Standing is not FindingStanding.Counts);
        var beside = weightless == 1 ? "1 finding has no weight" : $"{weightless} findings have no weight";
        return row.Level is RiskLevel.Secure
            ? $"Every fact that is needed is known, and by the policy {beside}."
            : $"{Reason(row, found.Count - weightless, unknowns)} By the policy {beside}.";
    }

    private static string? Reason(DeviceRow row, int findings, List<UnknownView> unknowns) =>
        (row.JudgedAt, summary: (Level)row.Level) switch
        {
            (null, _) => "It waits to be judged.",
            (_, Level.Unknown) when findings > 0 =>
                "The UEM does not manage it, so it is not judged; what was found says why, or is of before.",
            (_, Level.Unknown) when unknowns.Count > 0 =>
                $"Nothing was found, but not known: {string.Join(", ", unknowns.Select(unknown => unknown.Fact))}.",
            (_, Level.Unknown) => "Too little is known of it.",
            (_, Level.Secure) => "Every fact that is needed is known, and nothing was found.",
            _ => findings == 1 ? "The level of its one finding." : $"The worst of its {findings} findings.",
        };

    private static VerdictCoverage Coverage(DeviceRow row, List<UnknownView> unknowns)
    {
        var needed = DefaultPolicy.RequiredFor(DeviceFactsOf.Platform(row));
        var known = needed.Where(fact => unknowns.All(unknown => !IsOf(unknown, fact))).ToList();
        var oldest = known
            .Select(fact => (Fact: fact, At: FactTimes.Of(row, fact)))
            .Where(fact => fact.At is not null)
            .OrderBy(fact => fact.At)
            .FirstOrDefault();
        return new VerdictCoverage(
            known.Count,
            needed.Count,
            oldest.At is null ? null : oldest.Fact.ToString(),
            oldest.At
        );
    }

    private static bool IsOf(UnknownView unknown, FactName fact) =>
        unknown.Fact.Equals(fact.ToString(), StringComparison.OrdinalIgnoreCase);

    private static List<UnknownView> Unknowns(DeviceRow row) =>
        [
            .. FindingJson
                .ReadUnknowns(row.Unknowns)
                .Select(spot => new UnknownView(spot.Fact, spot.Reason)
                {
                    Kind = UnknownKinds.IdOf(spot.Fact, spot.Cause),
                    Cause = spot.Cause,
                    Required = spot.Required,
                    Kinds = spot.Blocks,
                }),
        ];
}
