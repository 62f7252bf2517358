using Picket.Api;
using Picket.Core.Risk;

namespace Picket.Server.Risk;

/// <summary>Stored findings as the API shows them.</summary>
public static class FindingViews
{
    public static FindingView Of(FindingRow row, string deviceName)
    {
        var finding = FindingJson.Read(row.Detail);
        return new FindingView
        {
            Id = row.Id,
            IntegrationId = row.IntegrationId,
            DeviceId = row.DeviceId,
            DeviceName = deviceName,
            Kind = row.Kind,
            KindTitle = FindingKinds.TitleOf(row.Kind),
            ForUser = finding.UserIsNotTold
                ? ""
                : FindingKinds.All.FirstOrDefault(kind => kind.Id == row.Kind)?.Description.ForUser,
            RuleVersion = finding.RuleVersion,
            AttackIds = finding.AttackIds,
            Level = LevelOf(row.Level),
            Title = row.Title,
            Evidence = Evidence(finding),
            FirstTrueAt = row.FirstTrueAt,
            LastTrueAt = row.LastTrueAt,
            EndedAt = row.ClearedAt,
            EndReason = row.EndReason,
            Weight = WeightOf(finding.Standing),
            CountsFrom = finding.CountsFrom,
            Exception = finding.Exception is { } by
                ? new ExceptionOfFinding(by.Name, by.Owner, by.Reason, by.Ends)
                : null,
        };
    }

    public static ExploitedCveView Of(ExploitedCve cve) => new(cve.Cve, cve.Due, cve.RequiredAction);

    public static Level LevelOf(RiskLevel level) =>
        level switch
        {
            RiskLevel.Secure => Level.Secure,
            RiskLevel.Low => Level.Low,
            RiskLevel.Medium => Level.Medium,
            RiskLevel.High => Level.High,
            RiskLevel.Critical => Level.Critical,
            _ => Level.Unknown,
        };

    private static FindingWeight WeightOf(FindingStanding standing) =>
        standing switch
        {
            FindingStanding.InGrace => FindingWeight.InGrace,
            FindingStanding.Excepted => FindingWeight.Excepted,
            _ => FindingWeight.Counts,
        };

    private static EvidenceView Evidence(Finding finding)
    {
        var evidence = finding.Evidence;
        return new EvidenceView(
            $"{finding.Kind}/{finding.RuleVersion}",
            evidence.Source?.Name,
            evidence.Source?.Version,
            evidence.Source?.Licence.Name,
            evidence.MatchedValue,
            Facts(finding)
        )
        {
            Attribution = evidence.Source?.Licence.Attribution,
            ExploitedCves = [.. evidence.ExploitedCves.Select(Of)],
        };
    }

    private static Dictionary<string, string> Facts(Finding finding)
    {
        var evidence = finding.Evidence;
        var facts = new Dictionary<string, string> { ["advice"] = finding.Text, ["proof"] = finding.Proof.ToString() };
        foreach (var alike in evidence.Facts.GroupBy(fact => fact.Name))
        {
            facts[Name(alike.Key)] = string.Join("; ", alike.Select(fact => fact.Value));
            Add(facts, Name(alike.Key) + "CollectedAt", alike.Min(fact => fact.CollectedAt)?.ToString("O"));
        }

        Add(facts, "confidence", evidence.Confidence?.ToString());
        Add(facts, "attribution", evidence.Source?.Licence.Attribution);
        Add(facts, "exploitedCves", string.Join(", ", evidence.ExploitedCves.Select(cve => cve.Cve)));
        Add(facts, "missingCves", evidence.MissingCves > 0 ? $"{evidence.MissingCves}" : null);
        Add(facts, "confidence", evidence.Confidence?.ToString());
        Add(facts, "attack", string.Join(", ", finding.AttackIds));
        Add(
            facts,
            "held",
            finding.IsHeld ? "Since it was last seen true, the facts that could end it are missing." : null
        );
        return facts;
    }

    private static void Add(Dictionary<string, string> facts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            facts[name] = value;
        }
    }

    private static string Name(FactName fact) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(fact.ToString());
}
