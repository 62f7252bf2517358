using Picket.Core.Preparation;

namespace Picket.Core.Risk.Uem;

/// <summary>
/// Judges the UEM itself: who holds it, holds every device. Pure, and no device's verdict rests on it.
/// </summary>
public static class UemRules
{
    public const int UnusedDays = 90;

    /// <summary>Names shown in one finding; the others are counted.</summary>
    private const int MostNamed = 20;

    public static UemVerdict Judge(UemFacts facts, DateTimeOffset now, int unusedDays = UnusedDays)
    {
        var sheet = new Sheet([], [], []);
        Vulnerabilities(facts, sheet);
        Excess(facts, sheet);
        Unused(facts, sheet, now, unusedDays);
        sheet.Findings.Sort((left, right) => right.Level.CompareTo(left.Level));
        return new UemVerdict(sheet.Findings, sheet.Checked, sheet.Unknown);
    }

    private static void Vulnerabilities(UemFacts facts, Sheet sheet)
    {
        if (facts.Version is not { } version)
        {
            sheet.Unknown.Add("The version of the UEM was not read yet: the next full sync run reads it.");
            return;
        }

        if (facts.Exploits is not { } exploits)
        {
            sheet.Unknown.Add(
                "Import CISA's catalogue of known exploited vulnerabilities: without it nobody can tell which of them concern "
                    + $"this version: {version}"
            );
            return;
        }

        if (exploits.Count == 0)
        {
            sheet.Checked.Add(
                $"The catalogue in force names no exploited vulnerability of the UEM (version {version})."
            );
        }

        foreach (var exploit in exploits.OrderBy(each => each.Entry.Cve, StringComparer.Ordinal))
        {
            Vulnerability(facts, version, exploit, sheet);
        }
    }

    private static void Vulnerability(UemFacts facts, string version, UemExploit exploit, Sheet sheet)
    {
        var entry = exploit.Entry;
        var affected = UemAdvisories.IsAffected(entry.Cve, version);
        if (affected is Affected.No)
        {
            sheet.Checked.Add($"{entry.Cve} ({entry.Name}) does not concern version {version}.");
            return;
        }

        var due = entry.Due is { } date ? $" CISA wanted it mended by {date:yyyy-MM-dd}." : "";
        sheet.Findings.Add(
            new UemFinding(
                UemFindingKinds.Exploited,
                affected is Affected.Yes ? RiskLevel.Critical : RiskLevel.Medium,
                affected is Affected.Yes
                    ? $"Version {version} has {entry.Cve} ({entry.Name}), which is exploited.{due} Update the UEM, and look "
                        + "for signs that it was used."
                    : $"Version {version} may have {entry.Cve} ({entry.Name}), which is exploited.{due} Picket does not know "
                        + "which versions do: check the maker's advisory.",
                FindingProof.Computed,
                [new UemFact("uemVersion", version, facts.VersionReadAt)]
            )
            {
                Source = exploit.Source,
                Cve = new ExploitedCve(entry.Cve, entry.Due, entry.RequiredAction),
            }
        );
    }

    private static void Excess(UemFacts facts, Sheet sheet)
    {
        if (facts.Account is not { } account)
        {
            sheet.Unknown.Add("What the OAuth client may do is not told by any route: look at its role in the UEM.");
            return;
        }

        var own = facts.Administrators?.FirstOrDefault(admin => IsSame(admin.Name, account));
        if (own is null)
        {
            sheet.Unknown.Add(
                "What Picket's account may do is not known: the listing of administrators does not hold it, as when its "
                    + "role is at a group above."
            );
        }
        else if (BroadRoles.In(own.Roles) is { } broad)
        {
            sheet.Findings.Add(
                new UemFinding(
                    UemFindingKinds.Excess,
                    RiskLevel.Low,
                    $"Picket signs in as {account} with the role {broad}, which grants everything. It works; whoever took the "
                        + "account over could do everything, too. A role with the rows that the doctor lists would grant less.",
                    FindingProof.Reported,
                    [
                        new UemFact("account", account, facts.AdministratorsReadAt),
                        new UemFact("roles", string.Join(", ", own.Roles), facts.AdministratorsReadAt),
                    ]
                )
            );
        }
        else
        {
            sheet.Checked.Add($"No role grants everything to Picket's account, judged by their names: {account}");
        }
    }

    /// <summary>Picket's own account signs in by the API, which the UEM need not count.</summary>
    private static void Unused(UemFacts facts, Sheet sheet, DateTimeOffset now, int days)
    {
        if (facts.Administrators is not { } all)
        {
            sheet.Unknown.Add("Administrators were not read to the end yet: the next full sync run reads them.");
            return;
        }

        var people = all.Where(admin => facts.Account is not { } own || !IsSame(admin.Name, own)).ToList();
        var read = facts.AdministratorsReadAt ?? now; // Who signed in since, the listing cannot tell.
        var before = read - TimeSpan.FromDays(days);
        var unused = people.Where(admin => LastSign(admin) < before).OrderBy(LastSign).ToList();
        var untold = people.Count(admin => admin.LastSignIn is null && admin.FirstSeen >= before);
        if (untold > 0)
        {
            sheet.Unknown.Add(
                $"Of {untold} of {people.Count} administrators the UEM names no sign-in, and none was first seen {days} days "
                    + "ago or more."
            );
        }

        var age = (now - read).TotalDays;
        if (age > DefaultPolicy.OldestFactDays)
        {
            sheet.Unknown.Add(
                $"The listing of administrators is {age:0} days old: who signed in since is not known until a full sync run "
                    + "reads it again."
            );
        }
        else if (unused.Count == 0)
        {
            sheet.Checked.Add($"{people.Count - untold} administrators signed in within {days} days.");
        }

        if (unused.Count == 0)
        {
            return;
        }

        var names = string.Join(", ", unused.Take(MostNamed).Select(admin => $"{admin.Name} ({Sign(admin)})"));
        var more = unused.Count > MostNamed ? $", and {unused.Count - MostNamed} more" : "";
        sheet.Findings.Add(
            new UemFinding(
                UemFindingKinds.Unused,
                RiskLevel.Low,
                $"{unused.Count} of {people.Count} administrators have not signed in for {days} days. Nobody would notice their "
                    + "accounts being used: take their roles away, or delete them.",
                FindingProof.Computed,
                [new UemFact("administrators", names + more, facts.AdministratorsReadAt)]
            )
        );
    }

    /// <summary>Of an account that never signed in the time counts since which it is known.</summary>
    private static DateTimeOffset LastSign(UemAdministrator admin) => admin.LastSignIn ?? admin.FirstSeen;

    private static string Sign(UemAdministrator admin) =>
        admin.LastSignIn is { } at ? $"{at:yyyy-MM-dd}" : $"no sign-in named since {admin.FirstSeen:yyyy-MM-dd}";

    private static bool IsSame(string name, string account) =>
        string.Equals(name.Trim(), account.Trim(), StringComparison.OrdinalIgnoreCase);

    private sealed record Sheet(List<UemFinding> Findings, List<string> Checked, List<string> Unknown);
}
