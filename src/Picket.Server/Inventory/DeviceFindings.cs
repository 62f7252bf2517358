using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Risk;

namespace Picket.Server.Inventory;

/// <summary>Shows a finding with the evidence that was kept of it.</summary>
internal static class DeviceFindings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public static FindingView Of(FindingRow row, string deviceName) =>
        new()
        {
            Id = row.Id,
            IntegrationId = row.IntegrationId,
            DeviceId = row.DeviceId,
            DeviceName = deviceName,
            Kind = row.Kind,
            Level = (Level)row.Level,
            Title = row.Title,
            Evidence = Evidence(row),
            FirstTrueAt = row.FirstTrueAt,
            LastTrueAt = row.LastTrueAt,
            EndedAt = row.ClearedAt,
        };

    private static EvidenceView Evidence(FindingRow row)
    {
        var finding = JsonSerializer.Deserialize<Finding>(row.Detail, Json)!;
        var evidence = finding.Evidence;
        var facts = new Dictionary<string, string> { ["text"] = finding.Text, ["proof"] = finding.Proof.ToString() };
        foreach (var fact in evidence.Facts)
        {
            facts[JsonNamingPolicy.CamelCase.ConvertName(fact.Name.ToString())] = fact.Value;
        }

        if (evidence.ExploitedCves.Count > 0)
        {
            facts["exploitedCves"] = string.Join(", ", evidence.ExploitedCves.Select(cve => cve.Cve));
        }

        if (evidence.MissingCves > 0)
        {
            facts["missingCves"] = evidence.MissingCves.ToString(CultureInfo.InvariantCulture);
        }

        return new EvidenceView(
            string.Create(CultureInfo.InvariantCulture, $"{finding.Kind} v{finding.RuleVersion}"),
            evidence.Source?.Name,
            evidence.Source?.Version,
            evidence.Source?.Licence.Name,
            evidence.MatchedValue,
            facts
        );
    }
}
