using Picket.Core.Deployment;
using Picket.Core.Response;
using Picket.Core.Risk;

namespace Picket.Core.Tests.Response;

public sealed class FindingMessageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageMatter Open = new(IsOpen: true, IsWatched: false, ToldAt: null);

    [Fact]
    public void Each_kind_says_what_the_catalogue_says_to_the_user_and_fits()
    {
        foreach (var kind in FindingKinds.All.Where(kind => kind.Description.ForUser.Length > 0))
        {
            var push = FindingMessage.Of(Of(kind), MessageChannel.Push, "A name that is long", "Phone", false)!;
            var mail = FindingMessage.Of(Of(kind), MessageChannel.Email, null, "Phone of Ada", false)!;

            Assert.StartsWith(kind.Description.ForUser, push, StringComparison.Ordinal);
            Assert.InRange(push.Length, 1, NudgeRules.LongestPush);
            Assert.StartsWith(kind.Description.ForUser, mail, StringComparison.Ordinal);
            Assert.Contains("The device is called Phone of Ada.", mail, StringComparison.Ordinal);
            Assert.DoesNotContain("http", mail, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("Solitaire", "Solitaire")]
    [InlineData("Für Ärzte & Café-Bar's", "Für Ärzte & Café-Bar's")]
    [InlineData("日本語アプリ", "日本語アプリ")]
    [InlineData("Renew at https://evil.example/pay", "Renew at https evil example pay")]
    [InlineData("a\u202Egnp.exe\u0000\r\nBcc: x@evil.example", "a gnp exe Bcc x evil example")]
    [InlineData("Call +1 900 555 0199 now", null)]
    [InlineData("\u200B\u2066 <>!", null)]
    [InlineData(null, null)]
    public void What_others_named_is_cleaned_of_all_that_could_lead_somewhere(string? name, string? told)
    {
        var text = FindingMessage.Of(Of(FindingKinds.DeniedApp), MessageChannel.Push, name, null, false)!;

        var said = FindingKinds.DeniedApp.Description.ForUser;
        Assert.Equal(told is null ? said : $"{said} It is called {told}.", text);
    }

    [Fact]
    public void A_name_without_end_is_cut_and_what_to_do_never_is()
    {
        var text = FindingMessage.Of(
            Of(FindingKinds.LookAlike),
            MessageChannel.Email,
            new string('x', 5000),
            string.Concat(Enumerable.Repeat("🦊y", 5000)),
            false
        )!;

        Assert.InRange(text.Length, 200, 500);
        Assert.Contains($"It is called {new string('x', 40)}.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_somebody_may_watch_neither_app_nor_finding_is_told()
    {
        foreach (var kind in FindingKinds.All)
        {
            foreach (var by in Enum.GetValues<MessageChannel>())
            {
                var text = FindingMessage.Of(Of(kind), by, "SpyMaster", "Phone of Ada", watched: true)!;

                Assert.StartsWith("Please see your help desk in person", text, StringComparison.Ordinal);
                foreach (
                    var telling in new[] { "SpyMaster", "watch", "spy", "stalk", "app", "remove", "found", "risk" }
                )
                {
                    Assert.DoesNotContain(telling, text, StringComparison.OrdinalIgnoreCase);
                }
            }
        }
    }

    [Fact]
    public void Of_what_watches_nothing_is_said_by_itself()
    {
        foreach (var kind in new[] { FindingKinds.Stalkerware, FindingKinds.Watchware })
        {
            Assert.True(MessageBrakes.Watches(Of(kind)));
            Assert.Null(FindingMessage.Of(Of(kind), MessageChannel.Push, null, null, watched: false));
        }

        var denied = Of(FindingKinds.DeniedApp);
        Assert.False(MessageBrakes.Watches(denied));
        Assert.True(MessageBrakes.Watches(denied with { UserIsNotTold = true }));
        Assert.Null(
            FindingMessage.Of(denied with { UserIsNotTold = true }, MessageChannel.Push, null, null, watched: false)
        );
    }

    [Fact]
    public void A_watched_device_is_sent_nothing_unless_somebody_insists_and_nobody_twice_within_a_week()
    {
        var week = MessageBrakes.Again;
        Assert.Equal(CommandBrake.None, MessageBrakes.Of(Open, insisted: false, Now));
        Assert.Equal(CommandBrake.FindingEnded, MessageBrakes.Of(Open with { IsOpen = false }, true, Now));
        Assert.Equal(CommandBrake.Watched, MessageBrakes.Of(Open with { IsWatched = true }, false, Now));
        Assert.Equal(CommandBrake.None, MessageBrakes.Of(Open with { IsWatched = true }, true, Now));
        Assert.Equal(CommandBrake.MessageRecent, MessageBrakes.Of(Open with { ToldAt = Now.AddDays(-6) }, true, Now));
        Assert.Equal(CommandBrake.None, MessageBrakes.Of(Open with { ToldAt = Now - week }, false, Now));
    }

    private static Finding Of(FindingKind kind) =>
        new(
            kind.Id,
            kind.RuleVersion,
            kind.Id,
            RiskLevel.Medium,
            kind.Title,
            "For the administrator.",
            kind.AttackIds,
            FindingProof.Reported,
            new FindingEvidence([])
        );
}
