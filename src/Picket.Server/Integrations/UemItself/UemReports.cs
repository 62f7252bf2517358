using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk.Uem;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// Judges a UEM itself by what the last full run read. Nothing is kept: what it says follows from rows that are there, so
/// it is never older than they are.
/// </summary>
internal static class UemReports
{
    public static async Task<UemReport> OfAsync(
        PicketDbContext db,
        IntegrationRow row,
        Knowledge knowledge,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var verdict = await JudgeAsync(db, row, knowledge, now, cancellation);
        return new UemReport
        {
            Version = row.UemVersion,
            VersionReadAt = row.UemVersionReadAt,
            Findings = [.. verdict.Findings.Select(Of)],
            Checked = verdict.Checked,
            Unknown = verdict.Unknown,
        };
    }

    public static async Task<UemVerdict> JudgeAsync(
        PicketDbContext db,
        IntegrationRow row,
        Knowledge knowledge,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var administrators = await db
            .Administrators.AsNoTracking()
            .Where(admin => admin.IntegrationId == row.Id && admin.GoneAt == null && admin.UserName != null)
            .OrderBy(admin => admin.UserName)
            .Select(admin => new
            {
                admin.UserName,
                admin.Roles,
                admin.LastSignInAt,
                admin.FirstSeenAt,
            })
            .ToListAsync(cancellation);
        var facts = new UemFacts
        {
            Version = row.UemVersion,
            VersionReadAt = row.UemVersionReadAt,
            Exploits = knowledge.UemExploits,
            Account = row.CredentialKind == CredentialKind.Basic ? row.Account : null,
            Administrators = row.AdministratorsListedAt is null
                ? null
                :
                [
                    .. administrators.Select(admin => new UemAdministrator(
                        admin.UserName!,
                        ActiveRoles(admin.Roles),
                        admin.LastSignInAt,
                        admin.FirstSeenAt
                    )),
                ],
            AdministratorsReadAt = row.AdministratorsListedAt,
        };
        return UemRules.Judge(facts, now);
    }

    private static UemFindingView Of(UemFinding finding)
    {
        var facts = new Dictionary<string, string> { ["proof"] = $"{finding.Proof}" };
        foreach (var fact in finding.Facts)
        {
            facts[fact.Name] = fact.Value;
            if (fact.ReadAt is { } at)
            {
                facts[fact.Name + "CollectedAt"] = at.ToString("O");
            }
        }

        return new UemFindingView
        {
            Kind = finding.Kind.Id,
            Title = finding.Kind.Title,
            Level = FindingViews.LevelOf(finding.Level),
            Text = finding.Text,
            AttackIds = finding.Kind.AttackIds,
            Cve = finding.Cve?.Cve,
            Due = finding.Cve?.Due,
            Evidence = new EvidenceView(
                $"{finding.Kind.Id}/{finding.Kind.RuleVersion}",
                finding.Source?.Name,
                finding.Source?.Version,
                finding.Source?.Licence.Name,
                finding.Cve?.Cve,
                facts
            )
            {
                Attribution = finding.Source?.Licence.Attribution,
                ExploitedCves = finding.Cve is { } cve ? [FindingViews.Of(cve)] : [],
            },
        };
    }

    private static IReadOnlyList<string> ActiveRoles(string json)
    {
        using var roles = JsonDocument.Parse(json);
        return
        [
            .. from role in roles.RootElement.EnumerateArray()
            where role.TryGetProperty("IsActive", out var active) && active.ValueKind is JsonValueKind.True
            let name = role.TryGetProperty("Name", out var named) ? named.GetString() : null
            where name is not null
            select name,
        ];
    }
}
