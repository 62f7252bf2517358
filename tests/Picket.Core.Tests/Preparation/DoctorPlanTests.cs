using Picket.Core.Preparation;

namespace Picket.Core.Tests.Preparation;

public sealed class DoctorPlanTests
{
    [Fact]
    public void Makes_every_probe_once_and_stays_far_under_the_cap()
    {
        var facts = Doctor.Visit(_ => Doctor.Ok);

        Assert.Equal(DoctorProbes.All, facts.Probes.Select(made => made.Probe));
        Assert.True(facts.Probes.Count <= DoctorPlan.MostCalls);
    }

    [Theory]
    [InlineData(401, 1005)]
    [InlineData(401, 1022)]
    [InlineData(401, 1024)]
    [InlineData(401, null)]
    [InlineData(403, 1013)]
    [InlineData(403, 1014)]
    [InlineData(429, null)]
    public void Makes_no_further_call_after_a_refused_entry(int status, int? code)
    {
        ProbeRecord[] made = [new(DoctorProbes.Info, new(status, code, "refused", Doctor.Json))];

        Assert.Null(DoctorPlan.Next(Doctor.Subject, made, 1));
    }

    [Fact]
    public void Goes_on_after_a_missing_right()
    {
        ProbeRecord[] made = [new(DoctorProbes.Info, Doctor.Refused(403, 1011, "no permission"))];

        Assert.Equal(DoctorProbes.Self, DoctorPlan.Next(Doctor.Subject, made, 1));
    }

    [Fact]
    public void Stops_at_the_cap_and_at_a_web_page()
    {
        ProbeRecord[] page = [new(DoctorProbes.Info, new(200, ContentType: "text/html"))];

        Assert.Null(DoctorPlan.Next(Doctor.Subject, [], DoctorPlan.MostCalls));
        Assert.Null(DoctorPlan.Next(Doctor.Subject, page, 1));
    }

    [Theory]
    [InlineData(UemAuthentication.Certificate)]
    [InlineData(UemAuthentication.Directory)]
    public void Calls_nobody_for_a_kind_that_is_refused(UemAuthentication kind) =>
        Assert.Null(DoctorPlan.Next(Doctor.Subject with { Authentication = kind }, [], 0));

    [Fact]
    public void Passes_over_probes_whose_group_number_is_not_known()
    {
        Assert.Null(DoctorProbes.Devices.PathFor(Doctor.Subject with { GroupId = null }));
        Assert.Equal("mdm/devices/search?lgid=570&pagesize=1", DoctorProbes.Devices.PathFor(Doctor.Subject));
        Assert.Equal(
            "system/admins/search?username=a%26b&pagesize=10",
            DoctorProbes.Self.PathFor(Doctor.Subject with { UserName = "a&b" })
        );
    }

    [Fact]
    public void Probes_with_paths_that_read_only() =>
        Assert.All(DoctorProbes.All, probe => Assert.DoesNotContain("api-keys", probe.Path, StringComparison.Ordinal));

    [Fact]
    public void Lists_rows_that_are_new_since_a_version()
    {
        Assert.Empty(RightsCatalogue.NewSince(RightsCatalogue.Version));
        Assert.Equal(RightsCatalogue.Rows, RightsCatalogue.NewSince(0));
    }
}
