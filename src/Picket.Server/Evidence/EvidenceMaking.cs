using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Policy;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Policy;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Evidence;

/// <summary>Puts the verdict of a device and all that it rests on into one file.</summary>
internal sealed class EvidenceMaking(
    PicketDatabase database,
    DeviceQueries devices,
    IntelligenceStore intelligence,
    PolicyStore policies,
    EvidenceSeal seal,
    AuditLog audit,
    TimeProvider time
)
{
    private const string WithoutApps =
        "The facts are not in this file: they hold personal apps, as keyed hashes, and your role does not show these. So it "
        + "cannot be judged again. A role that reads personal apps makes a whole file.";

    private static readonly string PicketVersion =
        typeof(EvidenceMaking)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion
        ?? "unknown";

    /// <param name="actor">Who takes it, for the audit.</param>
    /// <returns>Null when there is no such device.</returns>
    public async Task<EvidenceFile?> MakeAsync(Visible visible, Guid id, string actor, CancellationToken cancellation)
    {
        if (await devices.GetAsync(visible, id, cancellation) is not { } view)
        {
            return null;
        }

        await using var db = database.Open();
        var row = await db.Devices.AsNoTracking().SingleOrDefaultAsync(device => device.Id == id, cancellation);
        if (row is null)
        {
            return null; // Removed meanwhile.
        }

        audit.Add(db, actor, "device.evidence-read", id.ToString());
        await db.SaveChangesAsync(cancellation);
        var judged = await JudgingFacts.LoadAsync(db, [row], cancellation);
        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        var apps = judged.AppsOf(id);
        var facts = DeviceFactsOf.Device(row, apps, judged.KeepsPersonalApps(row.IntegrationId));
        var whole =
            visible.ShowsPersonalApps(row.IntegrationId)
            || (!DeviceWords.IsPersonal(row) && apps.All(app => app.IdentifierHash is null));
        var file = new EvidenceFile
        {
            Form = EvidenceFile.CurrentForm,
            PicketVersion = PicketVersion,
            MadeAt = time.GetUtcNow(),
            Device = view.Device,
            Level = view.Verdict.Level,
            JudgedAt = row.JudgedAt,
            JudgingDue = row.JudgingDue,
            Findings = await FindingsAsync(db, judged.FindingsOf(id), knowledge, cancellation),
            Unknowns = view.Unknowns,
            Feeds = await FeedsAsync(db, knowledge, cancellation),
            FactsRead = view.Facts,
            Calls = await EvidenceCalls.OfAsync(db, row, cancellation),
            Facts = whole ? FactsJson.Write(facts) : null,
            Policy = await PolicyAsync(db, row, facts, cancellation),
            OwnIndicators = OwnIndicatorsJson.Write(await OwnIndicatorStore.ContentAsync(db, cancellation)),
            Note = whole ? null : WithoutApps,
        };
        return seal.On(file);
    }

    /// <summary>Only what holds for the device: the rest of the document is not for whoever may read the device.</summary>
    private async Task<string> PolicyAsync(
        PicketDbContext db,
        DeviceRow row,
        DeviceFacts facts,
        CancellationToken cancellation
    )
    {
        var book = (await policies.CurrentAsync(db, cancellation)).Book;
        var places = await DevicePlaces.LoadAsync(db, row.IntegrationId, [row], book, cancellation);
        var effective = book.For(DeviceSubject.Of(facts with { Place = places.Of(row) }));
        return PolicyText.Write(PolicyDocument.OfOne(effective));
    }

    private async Task<IReadOnlyList<FindingEvidenceView>> FindingsAsync(
        PicketDbContext db,
        IReadOnlyList<FindingRow> rows,
        Knowledge knowledge,
        CancellationToken cancellation
    )
    {
        var contents = new List<FeedContent>();
        foreach (var version in knowledge.Versions)
        {
            if (await intelligence.ContentAsync(db, version, cancellation) is { } content)
            {
                contents.Add(content);
            }
        }

        return
        [
            .. rows.OrderByDescending(row => row.Level)
                .ThenBy(row => row.Key, StringComparer.Ordinal)
                .Select(row => View(row, contents)),
        ];
    }

    private static FindingEvidenceView View(FindingRow row, List<FeedContent> contents)
    {
        var (finding, stored) = (FindingJson.Read(row.Detail), JsonSerializer.Deserialize<JsonElement>(row.Detail));
        var evidence = finding.Evidence;
        return new FindingEvidenceView
        {
            Key = finding.Key,
            Kind = finding.Kind,
            RuleVersion = finding.RuleVersion,
            Level = FindingViews.LevelOf(row.Level),
            Title = finding.Title,
            Text = finding.Text,
            Proof = finding.Proof.ToString(),
            AttackIds = finding.AttackIds,
            Matched = evidence.MatchedValue,
            IndicatorId = evidence.IndicatorId,
            Confidence = ConfidenceOf(evidence, contents),
            Feed = evidence.Source?.Name,
            FeedVersion = evidence.Source?.Version,
            Licence = evidence.Source?.Licence.Name,
            Attribution = evidence.Source?.Licence.Attribution,
            ExploitedCves = [.. evidence.ExploitedCves.Select(CveText)],
            Facts = [.. evidence.Facts.Select(fact => new UsedFact($"{fact.Name}", fact.Value, fact.CollectedAt))],
            FirstTrueAt = row.FirstTrueAt,
            LastTrueAt = row.LastTrueAt,
            Held = finding.IsHeld,
            Stored = stored,
        };
    }

    private static string? ConfidenceOf(FindingEvidence evidence, List<FeedContent> contents) =>
        evidence is { IndicatorId: { } id, Source: { } source }
            ? contents
                .FirstOrDefault(content => content.Source.Name == source.Name && content.Source.Format == source.Format)
                ?.Indicators.FirstOrDefault(indicator => indicator.Id == id)
                ?.Confidence.ToString()
            : null;

    private static string CveText(ExploitedCve cve) =>
        cve.Due is { } due ? $"{cve.Cve}, due {due:yyyy-MM-dd}" : cve.Cve;

    private static async Task<IReadOnlyList<FeedEvidence>> FeedsAsync(
        PicketDbContext db,
        Knowledge knowledge,
        CancellationToken cancellation
    )
    {
        var ids = knowledge.Versions;
        var feeds = await (
            from version in db.FeedVersions
            join feed in db.Feeds on version.FeedId equals feed.Id
            where ids.Contains(version.Id)
            select new FeedEvidence
            {
                VersionId = version.Id,
                Name = feed.Name,
                Format = feed.Format,
                Version = version.Version,
                Sha256 = version.Sha256,
                ImportedAt = version.ImportedAt,
                Licence = version.Licence,
                Attribution = version.Attribution,
            }
        ).ToDictionaryAsync(feed => feed.VersionId, cancellation);
        return [.. ids.Where(feeds.ContainsKey).Select(id => feeds[id])];
    }
}
