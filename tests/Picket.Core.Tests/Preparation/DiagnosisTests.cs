using Picket.Core.Preparation;

namespace Picket.Core.Tests.Preparation;

public sealed class DiagnosisTests
{
    /// <summary>Each refusal, the check that it fails, and how many causes it leaves.</summary>
    public static TheoryData<int, int, string, string, int> Refusals =>
        new()
        {
            { 403, 1014, "Rest API access is disabled.", "api-access", 1 },
            { 403, 1013, "Api tenant code header is missing.", "api-key", 2 },
            { 403, 1013, "Tenant code XYZ does not identify an Organization Group.", "api-key", 2 },
            { 403, 1054, "Tenant Identifier in header is invalid.", "api-key", 1 },
            { 403, 1032, "Invalid API tenant-code type.", "api-key-kind", 1 },
            { 403, 1030, "Tenant code provided is in different tenant hierarchy.", "api-key-tree", 2 },
            { 401, 1005, "An error occurred while validating remote service client credentials", "account", 2 },
            { 401, 1005, "Unable to resolve organization group id for the credentials.", "account", 1 },
            { 401, 1004, "The Authorization header is null or empty.", "account", 2 },
            { 401, 1022, "Your account has been locked.", "account-locked", 1 },
            { 403, 9999, "Basic authentication is disabled.", "basic-enabled", 1 },
        };

    [Fact]
    public void Passes_a_well_prepared_uem()
    {
        var results = Diagnosis.Of(Doctor.Healthy);

        Assert.Empty(results.Failed());
        Assert.True(Diagnosis.Passed(results));
        Assert.DoesNotContain(results, result => result.State == CheckState.Warn);
        Assert.Equal(results.Count, results.Select(result => result.Id).Distinct().Count());
    }

    [Fact]
    public void Of_a_well_prepared_uem_each_step_tells_more_and_nothing_bad()
    {
        var whole = Doctor.Visit(_ => Doctor.Ok).Probes;
        IReadOnlyList<CheckResult> before = [];

        for (var made = 0; made <= whole.Count; made++)
        {
            var now = Diagnosis.SoFar(Doctor.Healthy with { Probes = [.. whole.Take(made)] });

            Assert.All(now, result => Assert.Equal(CheckState.Pass, result.State));
            Assert.Empty(before.Select(result => result.Id).Except(now.Select(result => result.Id)));
            before = now;
        }

        var tested = Diagnosis.Of(Doctor.Healthy).Where(result => result.State != CheckState.NotTested);
        Assert.Equal(tested.Select(result => result.Id), before.Select(result => result.Id));
    }

    [Fact]
    public void Before_the_uem_was_asked_only_the_way_to_it_is_told()
    {
        var looked = Diagnosis.SoFar(Doctor.Healthy with { Probes = [], ProductVersion = null, Account = null });
        var lost = Diagnosis.SoFar(Doctor.Healthy with { Probes = [], Network = new(NameResolved: false) });

        Assert.Equal("tls", looked[^1].Id);
        Assert.Equal(CheckState.Fail, lost[^1].State);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Fails_the_refused_item_alone_and_tests_nothing_behind_it(
        int status,
        int code,
        string message,
        string check,
        int causes
    )
    {
        var facts = Doctor.Visit(_ => Doctor.Refused(status, code, message));

        var results = Diagnosis.Of(facts);
        var failed = results.Single(result => result.State == CheckState.Fail);

        Assert.Single(facts.Probes);
        Assert.Equal(check, failed.Id);
        Assert.Equal(new CheckEvidence(status, code, message), failed.Evidence);
        Assert.Equal(causes, failed.Causes.Count);
        Assert.NotEmpty(failed.Clicks);
        Assert.NotNull(failed.ConsolePath);
        Assert.All(
            results.SkipWhile(result => result.Id != Checks.ApiAccess.Id).Where(result => result.Id != check),
            result =>
            {
                Assert.Equal(CheckState.NotTested, result.State);
                Assert.Contains(failed.Title, result.Finding, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void Fails_the_key_that_is_revoked_in_mid_visit()
    {
        var facts = Doctor.Visit(probe =>
            probe.Id == "devices" ? Doctor.Refused(403, 1013, "Tenant code does not identify") : Doctor.Ok
        );

        Assert.Equal(["api-key"], Diagnosis.Of(facts).Failed());
    }

    [Fact]
    public void Names_every_row_that_one_refusal_cannot_tell_apart()
    {
        var facts = Doctor.Visit(probe =>
            probe.Id == "users" ? Doctor.Refused(403, 1011, "User doesn't have sufficient permissions") : Doctor.Ok
        );

        var results = Diagnosis.Of(facts);

        Assert.Equal(["right:user-detail", "right:rest-users"], results.Failed());
        Assert.Equal(
            [
                "ACCOUNTS > Administrators > Roles > API > REST > Users",
                "ACCOUNTS > Administrators > Roles > Accounts > Users > Accounts > User Detail",
            ],
            results.Right("rest-users").Causes.Select(cause => cause.Mend!.Path)
        );
    }

    [Fact]
    public void Keeps_tagging_off_without_failing_when_the_role_has_no_tags()
    {
        var facts = Doctor.Visit(probe => probe.Id == "tags" ? Doctor.Refused(403, 1011, "no permission") : Doctor.Ok);

        var tags = Diagnosis.Of(facts).Right("tags");
        var whenOn = Diagnosis.Of(facts with { Features = new HashSet<PicketFeature> { PicketFeature.Tagging } });

        Assert.Equal(CheckState.Warn, tags.State);
        Assert.Contains(
            "Tagging is off: needs Settings > Tags (Read and Edit) and Device Management > Bulk Management (Edit).",
            tags.Finding,
            StringComparison.Ordinal
        );
        Assert.Equal(["right:tags"], whenOn.Failed());
    }

    [Fact]
    public void Leaves_rights_to_write_untested_until_they_are_used()
    {
        var used = Doctor.Healthy with
        {
            Features = new HashSet<PicketFeature> { PicketFeature.Tagging },
            Used = new Dictionary<string, RightUse>
            {
                ["tags-edit"] = RightUse.Proved,
                ["bulk-management"] = RightUse.Refused,
            },
        };

        Assert.Equal(CheckState.NotTested, Diagnosis.Of(Doctor.Healthy).Right("tags-edit").State);
        Assert.Equal(CheckState.Pass, Diagnosis.Of(used).Right("tags-edit").State);
        var bulk = Diagnosis.Of(used).Right("bulk-management");
        Assert.Equal(CheckState.Fail, bulk.State);
        Assert.Equal(
            [
                "ACCOUNTS > Administrators > Roles > Device Management > Bulk Management",
                "ACCOUNTS > Administrators > Roles > Settings > Tags",
            ],
            bulk.Causes.Select(cause => cause.Mend!.Path)
        );
    }

    [Theory]
    [InlineData(404, 6008)]
    [InlineData(404, 6183)]
    [InlineData(400, 6)]
    public void Names_both_causes_when_the_group_is_out_of_scope(int status, int code)
    {
        var facts = Doctor.Visit(probe =>
            probe.Id == "group"
                ? Doctor.Refused(status, code, "Organization Group not found or Admin user does not have access to it.")
                : Doctor.Ok
        );

        var scope = Diagnosis.Of(facts).Check(Checks.Scope);

        Assert.Equal(CheckState.Fail, scope.State);
        Assert.Equal(2, scope.Causes.Count);
    }

    [Theory]
    [InlineData("Console Administrator")]
    [InlineData("My Picket role")]
    public void Never_warns_of_a_broad_role(string role)
    {
        var account = Doctor.Healthy.Account! with { Roles = [new(role, Doctor.Group, "World", Active: true)] };

        Assert.Equal(
            CheckState.Pass,
            Diagnosis.Of(Doctor.Healthy with { Account = account }).Check(Checks.Excess).State
        );
    }

    [Fact]
    public void Fails_an_account_without_active_role()
    {
        var account = Doctor.Healthy.Account! with { Roles = [new("Picket", Doctor.Group, "World", Active: false)] };

        Assert.Equal(["account-roles"], Diagnosis.Of(Doctor.Healthy with { Account = account }).Failed());
    }

    [Fact]
    public void Does_not_take_a_missing_app_for_a_refused_sign_in()
    {
        var facts = Doctor.Visit(probe => probe.Id == "apps" ? Doctor.Refused(401, 7000, "not found") : Doctor.Ok);

        Assert.Equal(CheckState.Pass, Diagnosis.Of(facts).Check(Checks.Account).State);
        Assert.Empty(Diagnosis.Of(facts).Failed());
    }

    [Fact]
    public void Ends_in_states_and_no_exception_whatever_was_seen()
    {
        var bare = new ProbeFacts
        {
            Subject = Doctor.Subject,
            Address = AddressHint.Mend("https://as1.awmdm.com"),
            Now = Doctor.Now,
        };

        Assert.Equal(Diagnosis.Of(Doctor.Healthy).Count, Diagnosis.Of(bare).Count);
        Assert.Equal(["uem"], Diagnosis.Of(bare).Failed());
    }
}
