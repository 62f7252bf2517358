using CsCheck;
using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Risk;

/// <summary>What must hold for any device, however it is spoilt.</summary>
public sealed class VerdictPropertyTests
{
    private static readonly string[] AppIds =
    [
        "com.whatsap",
        "com.example.harmless",
        "com.example.hiddenmonitor",
        "org.example.spycam.pro",
        "com.example.fakebank.update",
    ];

    private static readonly string[] Versions = ["26.6.1", "26.2", "18.5", "18.7.10", "17.4.1", "16", "13", "31", "12"];

    private static readonly Gen<Fact<bool>> Flag = Facts(Gen.Bool);

    private static readonly Gen<DeviceFacts> AnyDevice =
        from device in OneOf(SomeDevices.Iphone, SomeDevices.Android, SomeDevices.Windows)
        from ownership in Gen.Enum<DeviceOwnership>()
        from enrollment in Facts(OneOf(Enum.GetValues<EnrollmentState>()))
        from flags in Flag.Array[6]
        from version in Facts(OneOf(Versions).Select(OsVersion.Parse))
        from patch in Facts(Gen.Int[0, 400].Select(days => new DateOnly(2026, 9, 10).AddDays(-days)))
        from seen in Facts(Gen.Int[0, 200].Select(days => SomeDevices.Now.AddDays(-days)))
        from apps in Facts(OneOf(AppIds).Array[0, 4].Select(ids => SomeDevices.Apps(ids).Value))
        select device with
        {
            Ownership = ownership,
            Enrollment = enrollment,
            Compromised = flags[0],
            Compliant = flags[1],
            PasscodePresent = flags[2],
            PasscodeCompliant = flags[3],
            Encrypted = flags[4],
            BlockLevelEncrypted = flags[5],
            OsVersion = version,
            SecurityPatch = patch,
            LastSeen = seen,
            Apps = apps,
        };

    private static readonly Func<DeviceFacts, DeviceFacts>[] Removals =
    [
        device => device with { Enrollment = default },
        device => device with { LastSeen = default },
        device => device with { Compromised = default },
        device => device with { Compliant = default },
        device => device with { PasscodePresent = default },
        device => device with { PasscodeCompliant = default },
        device => device with { Encrypted = default, BlockLevelEncrypted = default },
        device => device with { OsVersion = default },
        device => device with { Model = default, ModelName = default },
        device => device with { SecurityPatch = default },
        device => device with { Apps = default },
    ];

    private static readonly Func<DeviceFacts, DeviceFacts>[] Spoilers =
    [
        device => device with { Compromised = SomeDevices.Known(true) },
        device => device with { Encrypted = SomeDevices.Known(false) },
        device => device with { PasscodePresent = SomeDevices.Known(false) },
        device => device with { Compliant = SomeDevices.Known(false) },
        device => device with { LastSeen = SomeDevices.Known(SomeDevices.Now.AddDays(-100)) },
    ];

    /// <summary>Evidence is judged again from the facts in its file, so they have to say all that judging looks at.</summary>
    [Fact]
    public void Facts_that_went_through_a_file_are_judged_the_same() =>
        AnyDevice.Sample(device =>
        {
            var again = FactsJson.Read(FactsJson.Write(device));

            var (before, after) = (device.Judge(), again.Judge());

            Assert.Equal(before.Level, after.Level);
            Assert.Equal(before.Findings.Select(each => each.Key), after.Findings.Select(each => each.Key));
            Assert.Equal(
                before.Unknowns.Select(each => (each.Fact, each.Cause, each.Text)),
                after.Unknowns.Select(each => (each.Fact, each.Cause, each.Text))
            );
        });

    [Fact]
    public void A_verdict_that_is_judged_again_by_the_same_knowledge_comes_out_the_same() =>
        AnyDevice.Sample(device =>
        {
            var told = new ToldVerdict(device.Judge().Level, device.Judge().Findings, SomeDevices.Now);

            Assert.Empty(Recomputation.Of(device, SomeDevices.Context, told).Differences);
            Assert.Equal(
                told.Findings.Count > 0,
                Recomputation.Of(device, SomeDevices.Context, told with { Findings = [] }).Differences.Count > 0
            );
        });

    [Fact]
    public void A_finding_more_never_lowers_the_level()
    {
        Gen.Select(AnyDevice, OneOf(Spoilers))
            .Sample(
                (device, spoil) =>
                {
                    var before = device.Judge();
                    var after = spoil(device).Judge();
                    Assert.True(!before.IsJudged || after.Level >= before.Level, $"{before.Level} → {after.Level}");
                }
            );
    }

    [Fact]
    public void A_required_fact_that_is_missing_is_never_called_secure()
    {
        AnyDevice.Sample(device =>
        {
            var verdict = device.Judge();
            Assert.False(verdict.Level is RiskLevel.Secure && verdict.Unknowns.Any(unknown => unknown.Required));
            Assert.Equal(
                verdict.Level is RiskLevel.Secure,
                !verdict.Unknowns.Any(u => u.Required) && verdict.Findings.Count == 0
            );
        });
    }

    /// <summary>
    /// Of computers less is required, because a UEM reports less: what was found on them is held by
    /// <see cref="FindingHistory"/> alone.
    /// </summary>
    [Fact]
    public void Knowing_less_never_makes_a_phone_or_tablet_secure()
    {
        Gen.Select(AnyDevice.Where(device => device.Platform.IsMobile()), OneOf(Removals))
            .Sample(
                (device, remove) =>
                {
                    var before = device.Judge();
                    var after = remove(device).Judge();
                    Assert.True(before.Level is RiskLevel.Secure || after.Level is not RiskLevel.Secure);
                }
            );
    }

    [Fact]
    public void The_order_of_apps_does_not_matter()
    {
        AnyDevice.Sample(device =>
        {
            if (!device.Apps.TryGet(out var list))
            {
                return;
            }

            var turned = device with { Apps = SomeDevices.Known(new AppList([.. list.Apps.Reverse()])) };
            Assert.Equal(Keys(device.Judge()), Keys(turned.Judge()));
        });
    }

    [Fact]
    public void No_unknown_clears_a_stored_finding()
    {
        Gen.Select(AnyDevice, OneOf(Removals))
            .Sample(
                (device, remove) =>
                {
                    var stored = FindingHistory.Merge([], device.Judge(), SomeDevices.Now).Verdict;
                    var merged = FindingHistory.Merge(
                        stored.Findings,
                        remove(device).Judge(),
                        SomeDevices.Now.AddDays(1)
                    );
                    Assert.Empty(merged.Cleared);
                    Assert.True(
                        !merged.Verdict.IsJudged
                            || !stored.IsJudged
                            || merged.Verdict.Level >= stored.Level
                            || stored.Level is RiskLevel.Secure
                    );
                }
            );
    }

    private static IEnumerable<string> Keys(Verdict verdict) => verdict.Findings.Select(finding => finding.Key);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static Gen<Fact<T>> Facts<T>(Gen<T> values) =>
        Gen.Frequency(
            (4, values.Select(SomeDevices.Known)),
            (1, values.Select(value => Fact.Known(value, SomeDevices.Now.AddDays(-60)))),
            (1, Gen.Enum<MissingReason>().Where(r => r is not MissingReason.NotApplicable).Select(Fact.Missing<T>))
        );
}
