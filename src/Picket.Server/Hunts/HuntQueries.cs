using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Hunts;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Inventory;
using Picket.Server.Retention;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <param name="Answer">Null where the question has a mistake.</param>
internal sealed record Answered<T>(T? Answer, string? Mistake = null)
    where T : class;

/// <summary>Answers from history who has something, or had it.</summary>
internal sealed class HuntQueries(
    PicketDatabase database,
    HuntSearch search,
    HuntGaps gaps,
    IOptions<RetentionOptions> retention,
    TimeProvider time
)
{
    public static HuntQuestion Question(HuntKind kind, string? value) =>
        HuntQuestion.Of(Enum.Parse<HuntSubject>(kind.ToString()), value);

    /// <param name="actor">Who asks: to be named where personal apps are part of the answer.</param>
    public async Task<Answered<HuntAnswer>> AnswerAsync(
        Visible visible,
        HuntKind kind,
        string? value,
        string actor,
        CancellationToken cancellation
    )
    {
        var question = Question(kind, value);
        var answer = new HuntAnswer
        {
            Kind = kind,
            Value = question.Value,
            Testable = question.NotTestable is null,
            Note = question.NotTestable,
        };
        if (question.Mistake is not null || !answer.Testable)
        {
            return new(question.Mistake is null ? answer : null, question.Mistake);
        }

        await using var db = database.Open();
        var sought = await search.FindAsync(db, visible, question, actor, cancellation);
        if (sought.Quarry is not { } quarry)
        {
            return new(null, sought.Mistake);
        }

        var devices = Devices(db, visible);
        var now = await quarry.Now(db, devices).CountAsync(cancellation);
        var ever = await quarry.Ever(db, devices).CountAsync(cancellation);
        var gap = await gaps.OfAsync(db, visible, question, cancellation);
        var unseen = quarry is FeedQuarry feed ? await UnseenAsync(devices, feed, cancellation) : null;
        var notShown = quarry is AppQuarry or FeedQuarry && visible.HidesPersonalApps ? PersonalApps.NotShown : null;
        return new(
            answer with
            {
                Now = now,
                Had = ever - now,
                NotSeen = gap.NotSeen,
                UnansweredApps = gap.Apps,
                UnansweredDevices = gap.Devices,
                Note = (notShown, unseen) switch
                {
                    ({ } hidden, { } unknown) => $"{hidden} {unknown}",
                    _ => notShown ?? unseen,
                },
            }
        );
    }

    /// <param name="saved">The hunt that it is; null for one that is not kept.</param>
    public async Task<Answered<Page<HuntHit>>> DevicesAsync(
        Visible visible,
        HuntQuestion question,
        HuntState state,
        Guid? saved,
        string actor,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        if (question.Mistake is not null || question.NotTestable is not null)
        {
            return question.Mistake is null
                ? new(new Page<HuntHit>([], null, question.NotTestable))
                : new(null, question.Mistake);
        }

        await using var db = database.Open();
        var sought = await search.FindAsync(db, visible, question, actor, cancellation);
        if (sought.Quarry is not { } quarry)
        {
            return new(null, sought.Mistake);
        }

        var page = await OfState(db, quarry, Devices(db, visible), state, saved)
            .ToPageAsync(device => device.Id, Keyset.Parse(cursor), limit, device => device, cancellation);
        var kept = time.GetUtcNow().AddDays(-retention.Value.DeviceHistoryDays);
        var hits = await HuntHits.OfAsync(db, quarry, page.Items, kept, cancellation);
        var note = quarry is AppQuarry or FeedQuarry && visible.HidesPersonalApps ? PersonalApps.NotShown : null;
        return new(new Page<HuntHit>(hits, page.Next, note));
    }

    private static IQueryable<DeviceRow> OfState(
        PicketDbContext db,
        Quarry quarry,
        IQueryable<DeviceRow> devices,
        HuntState state,
        Guid? saved
    )
    {
        if (state is HuntState.Now)
        {
            return quarry.Now(db, devices);
        }

        var ever = quarry.Ever(db, devices);
        if (state is HuntState.Had)
        {
            var now = quarry.Now(db, devices).Select(device => device.Id);
            return ever.Where(device => !now.Contains(device.Id));
        }

        return state is HuntState.New
            ? ever.Where(device =>
                db.HuntDevices.Any(found => found.HuntId == saved && found.DeviceId == device.Id && found.New)
            )
            : ever;
    }

    private static IQueryable<DeviceRow> Devices(PicketDbContext db, Visible visible) =>
        db.Devices.AsNoTracking().WhereVisible(visible, device => device.IntegrationId);

    /// <summary>What a feed lists besides apps has devices of its own of which it is not known.</summary>
    private static async Task<string?> UnseenAsync(
        IQueryable<DeviceRow> devices,
        FeedQuarry feed,
        CancellationToken cancellation
    )
    {
        var unseen = new List<string>();
        foreach (var subject in feed.Subjects)
        {
            var fleet = devices.Where(device => device.GoneAt == null).WhereMobile();
            if (await HuntedAttributes.WhereUnknown(fleet, subject).CountAsync(cancellation) is var count and > 0)
            {
                unseen.Add($"the {HuntedAttributes.NameOf(subject)} of {count}");
            }
        }

        return unseen.Count == 0
            ? null
            : $"Not known, so not in this answer: {string.Join(", ", unseen)} devices of the fleet.";
    }
}
