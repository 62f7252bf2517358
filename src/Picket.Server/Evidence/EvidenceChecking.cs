using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Policy;
using Picket.Core.Risk;
using Picket.Server.Intelligence;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Evidence;

/// <summary>
/// Judges the facts of a file again: by the stored versions of its feeds, whatever is in force now, and at the time of
/// its verdict. One at a time: old versions are parsed anew.
/// </summary>
internal sealed class EvidenceChecking(PicketDatabase database, IntelligenceStore intelligence, EvidenceSeal seal)
    : IDisposable
{
    private readonly SemaphoreSlim judging = new(1, 1);

    private const string Broken =
        "The seal is broken: the file was changed, or another server made it. Nothing in it can be vouched for, and its "
        + "personal apps are compared with nothing. Take it anew from the device, and check it at the server that made it.";

    /// <exception cref="JsonException">The file holds something that cannot be read.</exception>
    public async Task<EvidenceCheck> CheckAsync(EvidenceFile file, CancellationToken cancellation)
    {
        var isWhole = seal.IsOn(file);
        List<string> differences = isWhole ? [] : [Broken];
        if (file.JudgedAt is not { } judgedAt)
        {
            return new EvidenceCheck(false, null, [.. differences, "The device was never judged."]);
        }

        if (file.Facts is not { } json)
        {
            return new EvidenceCheck(
                false,
                null,
                [.. differences, "The file holds no facts, so nothing can be judged again."]
            );
        }

        var facts = FactsJson.Read(json);
        if (facts.DeviceId != file.Device.Id.ToString())
        {
            differences.Add($"The facts are those of the device {facts.DeviceId}, the file is about {file.Device.Id}.");
        }

        var told = new ToldVerdict(
            Enum.Parse<RiskLevel>(file.Level.ToString()),
            [.. file.Findings.Select(finding => FindingJson.Read(finding.Stored.GetRawText()))],
            judgedAt
        );
        await judging.WaitAsync(cancellation);
        try
        {
            var (context, lost) = await ContextAsync(file, isWhole, cancellation);
            var again = Recomputation.Of(facts, context, told);
            differences.AddRange([.. lost, .. again.Differences]);
            return new EvidenceCheck(differences.Count == 0, FindingViews.LevelOf(again.Verdict.Level), differences);
        }
        finally
        {
            judging.Release();
        }
    }

    /// <summary>What the file was judged by, and what of it is not stored any more.</summary>
    private async Task<(RiskContext Context, IReadOnlyList<string> Lost)> ContextAsync(
        EvidenceFile file,
        bool isWhole,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var (contents, unreadable, lost) = (new List<FeedContent>(), new List<UnreadableFeed>(), new List<string>());
        foreach (var feed in file.Feeds.DistinctBy(feed => (feed.Name, feed.Format, feed.Sha256)))
        {
            if (await StoredAsync(db, feed, cancellation) is not { } version)
            {
                lost.Add(
                    $"The feed {feed.Name} is not stored in version {feed.Version} (SHA-256 {feed.Sha256}) any more. Import "
                        + "that file under this name, then check again."
                );
            }
            else if (await intelligence.ContentAsync(db, version, cancellation) is { } content)
            {
                contents.Add(content);
            }
            else
            {
                unreadable.Add(new UnreadableFeed(feed.Name, StoredFeed.Format(feed.Format)));
            }
        }

        if (file.OwnIndicators is { } own)
        {
            contents.Add(OwnIndicatorsJson.Read(own));
        }

        var context = intelligence.Context(contents) with { Policies = PolicyOf(file), Unreadable = unreadable };
        return (isWhole ? context : context with { HashedApps = HashedApps.None, AppHash = null }, lost);
    }

    /// <exception cref="JsonException">The document cannot be read.</exception>
    private static PolicyBook PolicyOf(EvidenceFile file)
    {
        if (file.Policy is not { } text)
        {
            return PolicyBook.Default;
        }

        // Read as of then: an exception may have ended since.
        var read = PolicyReader.Read(text, DateOnly.FromDateTime(file.MadeAt.UtcDateTime));
        return new PolicyBook(
            read.Document ?? throw new JsonException($"The policy cannot be read: {read.Mistakes[0]}")
        );
    }

    /// <summary>The same file of the same feed; the feed may have been removed and imported again meanwhile.</summary>
    private static Task<Guid?> StoredAsync(PicketDbContext db, FeedEvidence feed, CancellationToken cancellation) =>
        (
            from version in db.FeedVersions
            join known in db.Feeds on version.FeedId equals known.Id
            where version.Sha256 == feed.Sha256 && known.Name == feed.Name && known.Format == feed.Format
            orderby version.Id == feed.VersionId descending
            select (Guid?)version.Id
        ).FirstOrDefaultAsync(cancellation);

    public void Dispose() => judging.Dispose();
}
