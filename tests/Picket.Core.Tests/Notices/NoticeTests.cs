using CsCheck;
using Picket.Core.Notices;
using Picket.Core.Risk;

namespace Picket.Core.Tests.Notices;

/// <summary>What is told when, and when it is tried again.</summary>
public sealed class NoticeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 5, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_webhook_is_tried_for_up_to_three_days_and_a_mail_a_few_times()
    {
        var webhook = Waits(isMail: false);
        var mail = Waits(isMail: true);

        Assert.Equal(9, webhook.Count);
        Assert.InRange(webhook.Aggregate((sum, wait) => sum + wait), TimeSpan.FromDays(2.9), TimeSpan.FromDays(3));
        Assert.Equal(webhook.Order(), webhook);
        Assert.Equal(3, mail.Count);
    }

    [Fact]
    public void Who_asks_to_be_left_alone_is_but_not_for_ever()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), NoticeSchedule.WaitAfter(false, 1, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromMinutes(2), NoticeSchedule.WaitAfter(false, 1, TimeSpan.FromMinutes(2)));
        Assert.Equal(TimeSpan.FromHours(6), NoticeSchedule.WaitAfter(false, 1, TimeSpan.FromDays(400)));
        Assert.Equal(TimeSpan.FromHours(20), NoticeSchedule.WaitAfter(false, 9, TimeSpan.FromDays(400)));
        Assert.Null(NoticeSchedule.WaitAfter(false, 10, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_digest_comes_at_its_hour_today_or_tomorrow() =>
        Gen.Int[0, 23]
            .Select(Gen.Int[0, 2_000_000])
            .Sample(
                (hour, minutes) =>
                {
                    var now = Now.AddMinutes(minutes);
                    var next = NoticeSchedule.NextDigest(now, hour);
                    return next > now && next - now <= TimeSpan.FromDays(1) && next.Hour == hour && next.Minute == 0;
                }
            );

    /// <summary>Whatever comes and goes: each key begins once and ends once, in turn.</summary>
    [Fact]
    public void A_condition_begins_once_while_it_lasts_and_ends_once() =>
        Gen.Int[0, 5]
            .Array[0, 6]
            .Array[1, 30]
            .Sample(looks =>
            {
                var known = new HashSet<string>();
                foreach (var look in looks)
                {
                    var plan = NoticePlan.Of(look.Select(Condition), known);
                    Assert.All(plan.Began, condition => Assert.True(known.Add(condition.Key)));
                    Assert.All(plan.Ended, key => Assert.True(known.Remove(key)));
                    Assert.Equal(look.Select(number => $"key {number}").ToHashSet(), known);
                    var again = NoticePlan.Of(look.Select(Condition), known);
                    Assert.Empty(again.Began);
                    Assert.Empty(again.Ended);
                }
            });

    [Fact]
    public void A_channel_of_one_integration_hears_nothing_of_others_nor_of_all()
    {
        var (own, other) = (Guid.NewGuid(), Guid.NewGuid());
        var one = new NoticeSubscriber(Guid.NewGuid(), own, ["SyncSilent", "FeedTrouble"]);
        var all = one with { Integration = null };

        Assert.True(one.Wants("SyncSilent", own));
        Assert.False(one.Wants("SyncSilent", other));
        Assert.False(one.Wants("FeedTrouble", null));
        Assert.False(one.Wants("Findings", own));
        Assert.True(all.Wants("SyncSilent", other));
        Assert.True(all.Wants("FeedTrouble", null));
    }

    [Fact]
    public void Findings_are_told_as_numbers_and_kinds_the_worst_first()
    {
        NewFindings[] found =
        [
            new(FindingKinds.OsExploited.Id, RiskLevel.High, 7),
            new(FindingKinds.AppKinds[0], RiskLevel.Critical, 1),
        ];

        Assert.Equal(
            "North: 8 new findings on 5 devices (1 Critical, 7 High)",
            FindingsNotice.Title("North", 5, found)
        );
        Assert.StartsWith("Critical: ", FindingsNotice.Text(found), StringComparison.Ordinal);
        Assert.Contains(FindingKinds.TitleOf(FindingKinds.OsExploited.Id), FindingsNotice.Text(found));
    }

    private static List<TimeSpan> Waits(bool isMail)
    {
        var waits = new List<TimeSpan>();
        while (NoticeSchedule.WaitAfter(isMail, waits.Count + 1) is { } wait)
        {
            waits.Add(wait);
        }

        return waits;
    }

    private static NoticeCondition Condition(int number) => new($"key {number}", "SyncSilent", null, "", "", "");
}
