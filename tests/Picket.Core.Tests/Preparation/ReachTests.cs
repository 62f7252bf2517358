using Picket.Core.Preparation;

namespace Picket.Core.Tests.Preparation;

public sealed class ReachTests
{
    public static TheoryData<ProbeFacts, string> Obstacles =>
        new()
        {
            { With(new DoctorSubject(UemAuthentication.Certificate, "a", Doctor.Group, 1)), "authentication-kind" },
            { With(new DoctorSubject(UemAuthentication.Directory, "a", Doctor.Group, 1)), "authentication-kind" },
            { With(new DoctorSubject(UemAuthentication.Basic, @"CORP\a", Doctor.Group, 1)), "authentication-kind" },
            { Doctor.Healthy with { Address = AddressHint.Mend("http://as1.awmdm.com") }, "address" },
            { With(new NetworkFacts(NameResolved: false, NameError: "no such host")), "name-resolution" },
            { With(new NetworkFacts(true, null, Connected: false, ConnectError: "refused")), "connection" },
            { With(new NetworkFacts(true, null, true, null, TlsState.ChainNotTrusted)), "tls" },
            { With(new NetworkFacts(true, null, true, null, TlsState.NameDiffers)), "tls" },
            { With(new NetworkFacts(true, null, true, null, TlsState.Expired)), "tls" },
            { With(new RemoteAnswer(200, ContentType: "text/html")), "uem" },
            { With(new RemoteAnswer(404, ContentType: "text/html")), "uem" },
            { With(new RemoteAnswer(302, ContentType: "text/html")), "uem" },
            { With(new RemoteAnswer(503)), "uem" },
            { With(new RemoteAnswer(null, Failure: "timeout")), "uem" },
            { Doctor.Healthy with { ProductVersion = null }, "uem" },
            { With(new RemoteAnswer(429)), "quota" },
        };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void Fails_the_first_obstacle_and_tests_nothing_behind_it(ProbeFacts facts, string check)
    {
        var results = Diagnosis.Of(facts);

        Assert.Equal([check], results.Failed());
        Assert.All(
            results.SkipWhile(result => result.Id != check).Skip(1),
            result => Assert.Equal(CheckState.NotTested, result.State)
        );
    }

    [Fact]
    public void Mends_the_address_and_says_so()
    {
        var facts = Doctor.Healthy with { Address = AddressHint.Mend("https://cn1.awmdm.com/API") };

        var address = Diagnosis.Of(facts).Check(Checks.Address);

        Assert.Equal(CheckState.Pass, address.State);
        Assert.Contains("https://as1.awmdm.com/", address.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_of_clocks_apart_old_versions_and_little_quota()
    {
        var facts = Doctor.Healthy with
        {
            Now = Doctor.Now.AddMinutes(6),
            ProductVersion = "9.1.0.0",
            Quota = new(50_000, 4_000, Doctor.Now.AddHours(1)),
        };

        var warned = Diagnosis.Of(facts).Where(result => result.State == CheckState.Warn).Select(result => result.Id);

        Assert.Equal(["version", "clock", "quota"], warned);
    }

    [Fact]
    public void Blames_the_client_when_the_token_service_refuses()
    {
        var facts = Doctor.Healthy with
        {
            Subject = new(UemAuthentication.OAuth, null, Doctor.Group, 1),
            Token = new(400, Message: "invalid_client"),
            Probes = [],
        };

        var results = Diagnosis.Of(facts);

        Assert.Equal(["oauth-client"], results.Failed());
        Assert.DoesNotContain(results, result => result.Id == Checks.Basic.Id);
    }

    private static ProbeFacts With(DoctorSubject subject) => Doctor.Healthy with { Subject = subject };

    private static ProbeFacts With(NetworkFacts network) => Doctor.Healthy with { Network = network };

    private static ProbeFacts With(RemoteAnswer info) =>
        Doctor.Healthy with
        {
            Probes = [new(DoctorProbes.Info, info)],
        };
}
