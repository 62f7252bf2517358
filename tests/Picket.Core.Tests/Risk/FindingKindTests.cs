using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Risk;

/// <summary>What the catalogue says of each kind, and of what is not known.</summary>
public sealed class FindingKindTests
{
    [Fact]
    public void Each_kind_says_what_it_means_needs_and_cannot_see() =>
        Assert.All(
            FindingKinds.All,
            kind =>
            {
                var about = kind.Description;
                Assert.EndsWith(".", about.Meaning, StringComparison.Ordinal);
                Assert.EndsWith(".", about.CannotSee, StringComparison.Ordinal);
                Assert.NotEmpty(about.Needs);
                Assert.True(kind.RuleVersion > 0);
            }
        );

    /// <summary>Whoever watches a person reads what that person is sent.</summary>
    [Fact]
    public void The_user_is_told_what_to_do_but_never_of_being_watched()
    {
        string[] silent = [FindingKinds.Stalkerware.Id, FindingKinds.Watchware.Id];

        Assert.All(
            FindingKinds.All,
            kind => Assert.Equal(silent.Contains(kind.Id), kind.Description.ForUser.Length == 0)
        );
    }

    [Fact]
    public void Each_missing_fact_has_a_kind_of_its_own_and_a_text()
    {
        var all =
            from fact in Enum.GetValues<FactName>()
            from cause in Enum.GetValues<MissingReason>()
            select (Id: UnknownKinds.IdOf(fact, cause), Text: BlindSpotTexts.Of(fact, cause));

        Assert.Equal(all.Count(), all.Select(each => each.Id).Distinct().Count());
        Assert.All(
            all.Where(each => !each.Id.EndsWith(".not-applicable", StringComparison.Ordinal)),
            each => Assert.DoesNotContain("does not apply", each.Text, StringComparison.Ordinal)
        );
        Assert.Contains("unknown.apps.hidden-by-privacy", all.Select(each => each.Id));
    }

    [Theory]
    [InlineData(EnrollmentState.WipePending, "device.wipe-pending")]
    [InlineData(EnrollmentState.NotYet, "device.not-enrolled-properly")]
    [InlineData(EnrollmentState.AppsOnly, "device.not-enrolled-properly")]
    [InlineData(EnrollmentState.Denied, "device.not-enrolled-properly")]
    [InlineData(EnrollmentState.Unenrolled, null)]
    public void Says_why_a_device_is_not_judged_and_never_judges_it(EnrollmentState state, string? kind)
    {
        var verdict = (SomeDevices.Iphone with { Enrollment = SomeDevices.Known(state) }).Judge();

        Assert.Equal(kind, verdict.Findings.SingleOrDefault()?.Kind);
        Assert.Equal((RiskLevel.Unknown, false), (verdict.Level, verdict.IsJudged));
        var merged = FindingHistory.Merge([], verdict, SomeDevices.Now).Verdict;
        Assert.Equal(RiskLevel.Unknown, merged.Level);
    }

    [Fact]
    public void An_enrolment_that_was_completed_ends_its_finding_and_one_that_is_not_told_does_not()
    {
        var begun = SomeDevices.Iphone with { Enrollment = SomeDevices.Known(EnrollmentState.NotYet) };
        var stored = FindingHistory.Merge([], begun.Judge(), SomeDevices.Now).Verdict.Findings;

        var done = FindingHistory.Merge(stored, SomeDevices.Iphone.Judge(), SomeDevices.Now);
        var untold = FindingHistory.Merge(
            stored,
            (SomeDevices.Iphone with { Enrollment = default }).Judge(),
            SomeDevices.Now
        );

        Assert.Equal(FindingKinds.NotProperlyEnrolled.Id, Assert.Single(done.Cleared).Kind);
        Assert.Empty(untold.Cleared);
    }

    [Fact]
    public void Names_the_policies_that_a_device_breaks()
    {
        var read = Fact.Known<IReadOnlyList<BrokenPolicy>>(
            [new("Passcode required", "Passcode is present", SomeDevices.Collected), new("Encryption", null, null)],
            SomeDevices.Collected
        );
        var device = SomeDevices.Android with { Compliant = SomeDevices.Known(false), BrokenPolicies = read };

        var finding = Assert.Single(device.Judge().Findings);

        Assert.Contains(
            "2 compliance policies of the UEM: \"Encryption\", \"Passcode required\"",
            finding.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["Encryption", "Passcode required (Passcode is present)"],
            finding.Evidence.Facts.Where(fact => fact.Name is FactName.Policies).Select(fact => fact.Value)
        );
        var unread = Assert.Single((device with { BrokenPolicies = default }).Judge().Findings);
        Assert.Equal((finding.Key, finding.Level), (unread.Key, unread.Level));
        Assert.Contains("not read yet", unread.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(true, false, "device.no-block-encryption")]
    [InlineData(false, true, "device.not-encrypted")]
    [InlineData(false, false, "device.not-encrypted")]
    public void Tells_encryption_and_block_level_encryption_apart(bool whole, bool block, string? kind)
    {
        var device = SomeDevices.Iphone with
        {
            Encrypted = SomeDevices.Known(whole),
            BlockLevelEncrypted = SomeDevices.Known(block),
        };

        var finding = device.Judge().Findings.SingleOrDefault();

        Assert.Equal(kind, finding?.Kind);
        if (finding is not null)
        {
            Assert.Equal(
                [FactName.BlockEncryption, FactName.Encryption],
                finding.Evidence.Facts.Select(fact => fact.Name).Order().Reverse()
            );
            Assert.Equal(
                !whole && block,
                finding.Text.Contains("can encrypt block by block", StringComparison.Ordinal)
            );
        }
    }

    /// <summary>It encrypts file by file: nothing is missing.</summary>
    [Fact]
    public void Android_needs_no_encryption_block_by_block() =>
        Assert.Equal(
            RiskLevel.Secure,
            (SomeDevices.Android with { BlockLevelEncrypted = SomeDevices.Known(false) }).Judge().Level
        );

    [Theory]
    [InlineData(PersonalSide.NotApart, MissingReason.HiddenByPrivacy, "a privacy setting of employee-owned devices")]
    [InlineData(PersonalSide.UserEnrollment, MissingReason.PersonalSide, "User Enrollment")]
    [InlineData(PersonalSide.WorkProfile, MissingReason.PersonalSide, "work profile, whose personal side is invisible")]
    public void Says_why_the_apps_of_an_employee_are_not_seen(PersonalSide side, MissingReason cause, string why)
    {
        var device = SomeDevices.Android with
        {
            Ownership = DeviceOwnership.Employee,
            PersonalSide = side,
            Apps = Fact.Missing<AppList>(MissingReason.HiddenByPrivacy),
        };

        var verdict = device.Judge();

        var unknown = Assert.Single(verdict.Unknowns, unknown => unknown.Fact is FactName.Apps);
        Assert.Equal((cause, false), (unknown.Cause, unknown.Required));
        Assert.Contains(why, unknown.Text, StringComparison.Ordinal);
        Assert.Equal(RiskLevel.Secure, verdict.Level); // Nobody's fault, and said beside it.
    }

    [Theory]
    [InlineData(DevicePlatform.Ios, true, "", false, PersonalSide.UserEnrollment)]
    [InlineData(DevicePlatform.Ios, true, "F123", true, PersonalSide.NotApart)]
    [InlineData(DevicePlatform.Ipados, false, null, true, PersonalSide.NotApart)]
    [InlineData(DevicePlatform.Android, true, "R123", true, PersonalSide.WorkProfile)]
    [InlineData(DevicePlatform.Android, true, "", false, PersonalSide.NotApart)]
    [InlineData(DevicePlatform.Android, false, "R123", true, PersonalSide.NotApart)]
    public void Recognises_a_side_of_its_user_by_what_the_listing_leaves_out(
        DevicePlatform platform,
        bool employees,
        string? serial,
        bool onlyManaged,
        PersonalSide side
    ) => Assert.Equal(side, PersonalSides.Recognise(platform, employees, serial, onlyManaged));
}
