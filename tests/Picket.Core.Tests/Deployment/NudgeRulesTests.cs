using Picket.Core.Deployment;

namespace Picket.Core.Tests.Deployment;

public sealed class NudgeRulesTests
{
    [Theory]
    [InlineData(FunnelGap.Pending, true)]
    [InlineData(FunnelGap.NotSeen, true)]
    [InlineData(FunnelGap.Failed, true)]
    [InlineData(FunnelGap.Removed, true)]
    [InlineData(FunnelGap.None, false)]
    [InlineData(FunnelGap.NoRing, false)]
    [InlineData(FunnelGap.NotManaged, false)]
    [InlineData(FunnelGap.PlatformNotSupported, false)]
    public void A_message_goes_where_the_person_can_do_something(FunnelGap gap, bool helps)
    {
        Assert.Equal(helps, NudgeRules.Helps(gap));
        Assert.Equal(helps, NudgeRules.Check(gap, mail: false, null, "Please open it.").Count == 0);
    }

    [Theory]
    [InlineData(false, 256, true)]
    [InlineData(false, 257, false)]
    [InlineData(true, 2000, true)]
    [InlineData(true, 2001, false)]
    [InlineData(true, 0, false)]
    public void A_text_is_as_long_as_the_channel_takes(bool mail, int length, bool good)
    {
        var mistakes = NudgeRules.Check(FunnelGap.Pending, mail, mail ? "Guard" : null, new string('ä', length));

        Assert.Equal(good, mistakes.Count == 0);
    }

    [Theory]
    [InlineData("Guard", true)]
    [InlineData(null, false)]
    [InlineData("  ", false)]
    [InlineData("Guard\r\nBcc: everybody@example.com", false)]
    public void A_mail_has_a_subject_on_one_line(string? subject, bool good)
    {
        Assert.Equal(good, NudgeRules.Check(FunnelGap.Pending, mail: true, subject, "Please.").Count == 0);
        Assert.Equal(subject is null, NudgeRules.Check(FunnelGap.Pending, mail: false, subject, "Please.").Count == 0);
    }

    [Fact]
    public void Line_breaks_are_text_and_other_control_characters_are_not()
    {
        Assert.Empty(NudgeRules.Check(FunnelGap.Pending, mail: false, null, "Please:\n\topen it."));
        Assert.Equal(["text"], NudgeRules.Check(FunnelGap.Pending, mail: false, null, "a\u0007b").Keys);
    }
}
