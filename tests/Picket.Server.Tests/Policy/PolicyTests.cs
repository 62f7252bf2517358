using System.Net;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Policy;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Policy;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.People;
using Picket.Server.Tests.Risk;

namespace Picket.Server.Tests.Policy;

/// <summary>What a document does to the verdicts of a fleet, on one server: the document in force is everybody's.</summary>
public sealed class PolicyTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_changes_verdicts_and_going_back_changes_them_back()
    {
        var fleet = await SeededFleet.OfAsync(picket, "Back and forth");
        var phone = await fleet.AddAsync(device => device.PasscodePresent = false);
        var before = await ApplyAsync(PolicyText.Default + "# Back and forth\n");
        await fleet.RestedAsync();
        Assert.Equal(RiskLevel.Medium, (await fleet.DeviceAsync(phone)).Level);

        var plan = await picket.Client.PlanPolicyAsync(
            Everyone("levels: {device.no-passcode: critical}"),
            false,
            Cancellation
        );
        Assert.Contains(
            plan.Changes,
            change =>
                change is { What: "policy Everyone: levels.device.no-passcode", Before: "medium", After: "critical" }
        );
        Assert.Equal((plan.Devices, before.Number), (plan.DevicesChanged, plan.BasedOn));
        await ApplyAsync(Everyone("levels: {device.no-passcode: critical}"));
        await fleet.RestedAsync();
        Assert.Equal(RiskLevel.Critical, (await fleet.DeviceAsync(phone)).Level);

        var earlier = await picket.Client.PolicyVersionAsync(before.Number, Cancellation);
        await ApplyAsync(earlier.Text!);
        await fleet.RestedAsync();
        Assert.Equal(RiskLevel.Medium, (await fleet.DeviceAsync(phone)).Level);
        var versions = await picket.Client.PolicyVersions().ToListAsync(Cancellation);
        Assert.Equal(before.Number + 2, versions[0].Number);
        Assert.Equal((true, "a test"), (versions[0].InForce, versions[0].Comment));
        Assert.NotNull(versions[0].AppliedBy);
    }

    [Fact]
    public async Task The_nearest_group_decides_and_the_device_says_why()
    {
        var fleet = await SeededFleet.OfAsync(picket, "Groups");
        await using (var db = picket.OpenDatabase())
        {
            db.OrganizationGroups.AddRange(Group(fleet, 1, null, "Orchard"), Group(fleet, 2, 1, "Kiosks"));
            await db.SaveChangesAsync(Cancellation);
        }

        var kiosk = await fleet.AddAsync(device => (device.PasscodePresent, device.OrganizationGroupId) = (false, 2));
        var desk = await fleet.AddAsync(device => (device.PasscodePresent, device.OrganizationGroupId) = (false, 1));
        var text =
            Everyone("levels: {device.no-passcode: high}")
            + """

                  - name: Kiosks
                    group: Orchard / Kiosks
                    levels: {device.no-passcode: off}
                  - name: Nowhere
                    group: Nowhere at all
                """;
        await ApplyAsync(text);
        await fleet.RestedAsync();

        Assert.Equal(RiskLevel.Secure, (await fleet.DeviceAsync(kiosk)).Level);
        Assert.Equal(RiskLevel.High, (await fleet.DeviceAsync(desk)).Level);
        var why = await picket.Client.DevicePolicyAsync(kiosk, Cancellation);
        Assert.Equal("Orchard / Kiosks", why.Groups);
        Assert.Equal(
            [("Kiosks", true), ("Everyone", true), ("Nowhere", false)],
            why.Steps.Select(step => (step.Name, step.Holds is true))
        );
        var value = why.Values.Single(value => value.Name == "levels.device.no-passcode");
        Assert.Equal(("off", "Kiosks"), (value.Value, value.From));

        var plan = await picket.Client.PlanPolicyAsync(
            text.Replace("off", "low", StringComparison.Ordinal),
            false,
            Cancellation
        );
        Assert.Equal(1, plan.DevicesChanged);
        Assert.Contains(plan.Notes, note => note.Contains("Nowhere at all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_policy_for_a_user_group_waits_until_its_members_are_known()
    {
        var fleet = await SeededFleet.OfAsync(picket, "User groups");
        var guest = await fleet.AddAsync(device => device.UserName = "ada");
        var other = await fleet.AddAsync(device => device.UserName = "grace");
        await ApplyAsync(
            Everyone("priority: 2")
                + """

                  - name: Guests
                    group: "*"
                    when: {userGroup: [Guests]}
                    apps: {required: [{id: com.example.guard}]}
                """
        );
        await fleet.RestedAsync();
        Assert.Equal(RiskLevel.Unknown, (await fleet.DeviceAsync(guest)).Level);

        var group = new UserGroupRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = fleet.Integration,
            RemoteId = 1,
            Name = "guests",
            MemberCount = 1,
            Hash = [],
        };
        await using (var db = picket.OpenDatabase())
        {
            db.UserGroups.Add(group);
            await db.SaveChangesAsync(Cancellation);
        }

        await JoinAsync(fleet, group, "ada", first: true);
        Assert.Equal("app.required-missing", Assert.Single(await fleet.FindingsAsync(guest)).Kind);
        Assert.Equal(RiskLevel.Secure, (await fleet.DeviceAsync(other)).Level);

        await JoinAsync(fleet, group, "grace", first: false);
        Assert.Equal("app.required-missing", Assert.Single(await fleet.FindingsAsync(other)).Kind);
    }

    /// <summary>What a sync does with a member that is new.</summary>
    private async Task JoinAsync(SeededFleet fleet, UserGroupRow group, string user, bool first)
    {
        await using var db = picket.OpenDatabase();
        db.UserGroupMembers.Add(new UserGroupMemberRow { UserGroupId = group.Id, UserName = user });
        await db.SaveChangesAsync(Cancellation);
        await picket.Service<PlaceChanges>().MembersMovedAsync(db, group, [user], first, Cancellation);
        await fleet.JudgedAsync();
    }

    [Fact]
    public async Task An_excepted_finding_stays_visible_with_who_answers_for_it()
    {
        var fleet = await SeededFleet.OfAsync(picket, "Exceptions");
        var phone = await fleet.AddAsync(device =>
            (device.PasscodePresent, device.SerialNumber) = (false, "EXCEPTED-1")
        );
        var ends = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(5);
        await ApplyAsync(
            Everyone("priority: 2")
                + $"""

                exceptions:
                  - name: loaner
                    finding: device.no-passcode
                    device: EXCEPTED-1
                    owner: Ada Example
                    reason: lent for a day
                    ends: {ends:yyyy-MM-dd}
                  - name: over
                    app: com.example.old
                    everywhere: true
                    owner: Ada Example
                    reason: it was a test
                    ends: 2020-01-01
                """
        );
        await fleet.RestedAsync();

        Assert.Equal(RiskLevel.Secure, (await fleet.DeviceAsync(phone)).Level);
        var finding = Assert.Single(await fleet.FindingsAsync(phone));
        Assert.Equal((FindingWeight.Excepted, Level.Medium), (finding.Weight, finding.Level));
        Assert.Equal(new ExceptionOfFinding("loaner", "Ada Example", "lent for a day", ends), finding.Exception);
        var exceptions = (await picket.Client.PolicyExceptions().PageAsync(Cancellation)).Items;
        Assert.Equal(
            [("over", ExceptionState.Ended, 0), ("loaner", ExceptionState.EndsSoon, 1)],
            exceptions.Select(exception => (exception.Name, exception.State, exception.Findings))
        );
        var filter = new FindingFilter { Exception = "loaner" };
        Assert.Equal(phone, Assert.Single(await picket.Client.Findings(filter).ToListAsync(Cancellation)).DeviceId);
        var view = await picket.Client.DeviceAsync(phone, Cancellation);
        Assert.Contains("1 finding has no weight", view.Verdict.Reason, StringComparison.Ordinal);

        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        Assert.Contains("Ada Example", await PageAsync(ada, $"/devices/{phone}"), StringComparison.Ordinal);
        Assert.Contains("lent for a day", await PageAsync(ada, "/policy"), StringComparison.Ordinal);
        var overview = await PageAsync(ada, "/");
        Assert.Contains($"The exception loaner ends on {ends:yyyy-MM-dd}.", overview, StringComparison.Ordinal);
        Assert.Contains("The exception over ended on 2020-01-01.", overview, StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(Colleague who, string address)
    {
        using var answer = await who.Browser.GetAsync(address);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    [Fact]
    public async Task Failing_open_keeps_secure_and_says_so()
    {
        var fleet = await SeededFleet.OfAsync(picket, "Silence");
        var (quiet, neverKnown) = (await fleet.AddAsync(), await fleet.AddAsync(device => device.Encrypted = null));
        await ApplyAsync(Everyone("silence: fail-open"));
        await fleet.RestedAsync();

        await fleet.ChangeAsync(quiet, device => (device.Encrypted, device.SecurityState) = (null, DetailState.Failed));
        await fleet.JudgedAsync();

        Assert.Equal(RiskLevel.Secure, (await fleet.DeviceAsync(quiet)).Level);
        Assert.Equal(RiskLevel.Unknown, (await fleet.DeviceAsync(neverKnown)).Level);
        var view = await picket.Client.DeviceAsync(quiet, Cancellation);
        Assert.Contains("Secure is kept by the policy's word", view.Verdict.Reason, StringComparison.Ordinal);
        Assert.Contains(view.Unknowns, unknown => unknown is { Fact: "Encryption", Required: true });

        await ApplyAsync(Everyone("silence: fail-closed"));
        await fleet.RestedAsync();
        Assert.Equal(RiskLevel.High, (await fleet.DeviceAsync(quiet)).Level);
        Assert.Equal("device.silent", Assert.Single(await fleet.FindingsAsync(quiet)).Kind);
    }

    [Fact]
    public async Task A_denied_app_is_found_on_an_employees_device_by_its_hash()
    {
        var fleet = await SeededFleet.OfAsync(picket, "Denied");
        var hash = AppPrivacy.Hash(picket.Service<PersonalAppKey>().Value, "com.example.denied.game");
        var phone = await fleet.AddAsync(device => device.Ownership = "E", hash);
        await ApplyAsync(Everyone("apps: {denied: [{id: com.example.denied.game, reason: a test}]}"));
        await fleet.RestedAsync();

        var finding = Assert.Single(await fleet.FindingsAsync(phone));
        Assert.Equal(("app.denied", "com.example.denied.game"), (finding.Kind, finding.Evidence.Matched));
    }

    [Fact]
    public async Task Refuses_what_is_wrong_stale_or_the_same_and_keeps_what_is_in_force()
    {
        var inForce = await ApplyAsync(Everyone("priority: 7"));
        var next = Everyone("priority: 8");

        var wrong = await RefusedAsync(new ApplyPolicy("version: 1\npolicies:\n  - nme: x\n", inForce.Number));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains(wrong.Problem.PolicyMistakes!, mistake => mistake is { Line: 3 });
        Assert.Contains("no field 'nme'", wrong.Problem.Detail, StringComparison.Ordinal);
        Assert.Contains("'name' is missing", wrong.Problem.Detail, StringComparison.Ordinal);
        var stale = await RefusedAsync(new ApplyPolicy(next, inForce.Number - 1));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains($"version {inForce.Number} is in force now", stale.Problem.Detail, StringComparison.Ordinal);
        var same = await RefusedAsync(new ApplyPolicy(inForce.Text!, inForce.Number));
        Assert.Equal("Nothing would change", same.Problem.Title);

        var now = await picket.Client.PolicyAsync(Cancellation);
        Assert.Equal((inForce.Number, inForce.Text), (now.Number, now.Text));
        Assert.NotEmpty((await picket.Client.PlanPolicyAsync("policies: 1", true, Cancellation)).Mistakes);
        Assert.Equal(PolicyText.Default, (await picket.Client.PolicyVersionAsync(0, Cancellation)).Text);
        await using var db = picket.OpenDatabase();
        Assert.Contains(db.Audit, entry => entry.Action == "policy.applied" && entry.Subject == $"{inForce.Number}");
    }

    [Fact]
    public async Task Of_many_who_apply_at_once_one_is_heard()
    {
        var inForce = await ApplyAsync(Everyone("priority: 9"));

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(10, 6)
                .Select(async priority =>
                {
                    try
                    {
                        var apply = new ApplyPolicy(Everyone($"priority: {priority}"), inForce.Number);
                        await picket.Client.ApplyPolicyAsync(apply, Cancellation);
                        return true;
                    }
                    catch (PicketApiException refused) when (refused.Status == HttpStatusCode.Conflict)
                    {
                        return false;
                    }
                })
        );

        Assert.Single(outcomes, heard => heard);
        Assert.Equal(inForce.Number + 1, (await picket.Client.PolicyAsync(Cancellation)).Number);
    }

    private static string Everyone(string rules) =>
        $"""
            version: 1
            policies:
              - name: Everyone
                group: "*"
                {rules}
            """;

    private async Task<PolicyVersionView> ApplyAsync(string text)
    {
        var plan = await picket.Client.PlanPolicyAsync(text, cancellationToken: Cancellation);
        Assert.True(plan.Mistakes.Count == 0, string.Join('\n', plan.Mistakes) + text);
        return await picket.Client.ApplyPolicyAsync(new ApplyPolicy(text, plan.BasedOn, "a test"), Cancellation);
    }

    private async Task<PicketApiException> RefusedAsync(ApplyPolicy apply) =>
        await Assert.ThrowsAsync<PicketApiException>(() => picket.Client.ApplyPolicyAsync(apply, Cancellation));

    private static OrganizationGroupRow Group(SeededFleet fleet, int id, int? parent, string name) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = fleet.Integration,
            RemoteId = id,
            ParentRemoteId = parent,
            Name = name,
            Hash = [],
        };
}
