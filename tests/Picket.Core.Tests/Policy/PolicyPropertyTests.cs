using CsCheck;
using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Core.Tests.Risk;

namespace Picket.Core.Tests.Policy;

/// <summary>What must hold under any policy.</summary>
public sealed class PolicyPropertyTests
{
    private static readonly string[] Groups = ["*", "World", "Europe", "World / Europe / Sales", "Asia"];
    private static readonly string[] LevelWords = ["low", "medium", "high", "critical", "off"];
    private static readonly string[] Silences = ["unknown", "fail-open", "grace 7d", "fail-closed"];

    private static readonly string[] Conditions =
    [
        "",
        "when: {platform: [ios]}",
        "when: {platform: [android], ownership: [corporate]}",
        "when: {userGroup: [Guests]}",
        "when: {smartGroup: [Kiosks, VIP]}",
        "when: {tag: [Lent], platform: [ios, android]}",
    ];

    private static readonly string[] Kinds =
    [
        .. FindingKinds.All.Select(kind => kind.Id).Except(["os.patch-old", "device.no-contact"]),
    ];

    private static readonly Gen<string> AnyPolicy =
        from name in Gen.Int[0, 99_999]
        from priority in Gen.Int[1, 3]
        from levels in Gen.Select(OneOf(Kinds), OneOf(LevelWords)).Array[0, 4]
        from grace in OneOf(Kinds).Array[0, 2]
        from rest in Gen.Select(OneOf(Groups), OneOf(Conditions), OneOf(Silences), Gen.Bool)
        from supervised in Gen.Bool
        select Lines(
            $"- name: p{name}",
            $"  group: '{rest.Item1}'",
            $"  priority: {priority}",
            $"  {rest.Item2}",
            $"  levels: {{{string.Join(", ", levels.DistinctBy(l => l.Item1).Select(l => $"{l.Item1}: {l.Item2}"))}}}",
            $"  grace: {{{string.Join(", ", grace.Distinct().Select(kind => $"{kind}: 5d"))}}}",
            rest.Item4 ? $"  silence: {rest.Item3}" : "",
            supervised ? "  supervision: required" : "",
            supervised ? $"  brake: {{percent: {priority}.5, perHour: {name}, perRun: 3}}" : "",
            rest.Item4 ? "  apps: {denied: [{id: com.example.harmless}], required: [{id: com.example.vpn}]}" : ""
        );

    private static readonly Gen<string> AnyException =
        from name in Gen.Int[0, 99_999]
        from kind in OneOf(Kinds)
        from scope in OneOf(
            "group: Europe",
            "group: Asia",
            "when: {platform: [android]}",
            "when: {tag: [Lent]}",
            "device: SN-1"
        )
        from days in Gen.Int[0, 40]
        select $"- {{name: e{name}, finding: {kind}, {scope}, owner: a, reason: b, "
            + $"ends: {Documents.Today.AddDays(days - 20):yyyy-MM-dd}}}";

    private static readonly Gen<string[]> Policies = AnyPolicy.Array[0, 5].Select(all => all.Distinct().ToArray());
    private static readonly Gen<string[]> Exceptions = AnyException.Array[0, 4].Select(all => all.Distinct().ToArray());

    private static readonly Gen<DeviceFacts> AnyDevice =
        from device in OneOf(SomeDevices.Iphone, SomeDevices.Android, SomeDevices.Windows)
        from ownership in Gen.Enum<DeviceOwnership>()
        from place in OneOf(
            Documents.In("World"),
            Documents.In("World", "Europe", "Sales"),
            Documents.In("World", "Asia") with
            {
                UserGroups = Memberships.Of("Guests"),
                SerialNumber = "SN-2",
            },
            Documents.In("World") with
            {
                SmartGroups = Memberships.Of("kiosks"),
                Tags = Memberships.NotKnown,
            },
            Documents.In("World") with
            {
                SmartGroups = new Memberships(Memberships.NoNames, new HashSet<string> { "VIP" }),
                Tags = Memberships.Of("Lent"),
            },
            DevicePlace.NotKnown
        )
        from passcode in Gen.Bool
        from supervised in Gen.Bool
        from version in OneOf("26.6.1", "18.5", "16", "12")
        select device with
        {
            Ownership = ownership,
            Place = place,
            PasscodePresent = SomeDevices.Known(passcode),
            Supervised = SomeDevices.Known(supervised),
            OsVersion = SomeDevices.Known(OsVersion.Parse(version)),
            Apps = SomeDevices.Apps("com.example.harmless", "com.example.vpn"),
        };

    private static readonly Func<DeviceFacts, DeviceFacts>[] Spoilers =
    [
        device => device with { Compromised = SomeDevices.Known(true) },
        device => device with { Encrypted = SomeDevices.Known(false) },
        device => device with { PasscodePresent = SomeDevices.Known(false) },
        device => device with { Compliant = SomeDevices.Known(false) },
        device => device with { Supervised = SomeDevices.Known(false) },
        device => device with { Apps = SomeDevices.Apps("com.example.harmless", "com.example.fakebank.update") },
    ];

    private static readonly Func<DeviceFacts, DeviceFacts>[] Removals =
    [
        device => device with { Enrollment = default },
        device => device with { LastSeen = default },
        device => device with { Compromised = default },
        device => device with { Compliant = default },
        device => device with { PasscodePresent = default },
        device => device with { Encrypted = default },
        device => device with { OsVersion = default },
        device => device with { Supervised = default },
        device => device with { Apps = default },
        device => device with { Place = DevicePlace.NotKnown },
        device => device with { Place = device.Place with { SmartGroups = Memberships.NotKnown } },
        device => device with { Place = device.Place with { Tags = Memberships.NotKnown } },
    ];

    [Fact]
    public void Evidence_never_lowers_a_level() =>
        Gen.Select(Policies, AnyDevice, OneOf(Spoilers))
            .Sample(
                (policies, device, spoil) =>
                {
                    var context = Documents.Context(Document(policies, []));
                    var (before, after) = (device.Judge(context), spoil(device).Judge(context));
                    Assert.True(after.Level >= before.Level, $"{before.Level} → {after.Level}");
                },
                iter: 300
            );

    /// <summary>What stands for a milder finding must not take its weight away with its own.</summary>
    [Fact]
    public void Lacking_more_fixes_never_lowers_a_level() =>
        Gen.Select(
                Gen.Select(OneOf("os.exploited-cves", "os.outdated"), OneOf([.. LevelWords])).Array[0, 2],
                Gen.Select(OneOf("os.exploited-cves", "os.outdated"), OneOf("0d", "5d")).Array[0, 2],
                OneOf("", "os.exploited-cves", "os.outdated")
            )
            .Sample(
                (levels, grace, excepted) =>
                {
                    var exception =
                        $"- {{name: x, finding: {excepted}, everywhere: true, owner: a, reason: b, ends: 2026-12-01}}";
                    var context = Documents.WithPolicy(
                        $"levels: {{{Pairs(levels)}}}\ngrace: {{{Pairs(grace)}}}",
                        excepted.Length == 0 ? "" : exception
                    );
                    var (before, after) = (
                        SomeDevices.Iphone.On("26.5.2").Judge(context),
                        SomeDevices.Iphone.On("26.2").Judge(context)
                    );
                    Assert.True(after.Level >= before.Level, $"{before.Level} → {after.Level}");
                },
                iter: 300
            );

    private static string Pairs((string Kind, string Value)[] pairs) =>
        string.Join(", ", pairs.DistinctBy(pair => pair.Kind).Select(pair => $"{pair.Kind}: {pair.Value}"));

    [Fact]
    public void Knowing_less_never_makes_a_phone_or_tablet_secure() =>
        Gen.Select(Policies, AnyDevice.Where(device => device.Platform.IsMobile()), OneOf(Removals))
            .Sample(
                (policies, device, remove) =>
                {
                    var context = Documents.Context(Document(policies, []));
                    var before = FindingHistory.Merge([], device.Judge(context), SomeDevices.Now).Verdict;
                    var later = SomeDevices.Now.AddDays(1);
                    var current = RiskEngine.Judge(remove(device), context, later);
                    var after = FindingHistory.Merge(before.Findings, current, later, before.Level).Verdict;
                    // Where somebody is decides what counts: leaving a group may end what only the group asked for.
                    var moved = after.Policy != before.Policy && !after.Policy.JudgesAs(before.Policy);
                    Assert.True(moved || before.Level is RiskLevel.Secure || after.Level is not RiskLevel.Secure);
                    Assert.True(
                        after.Level is not RiskLevel.Secure
                            || !after.Unknowns.Any(unknown => unknown.Required)
                            || after.Notes.Any(note => note.Id == "kept-secure")
                    );
                },
                iter: 300
            );

    [Fact]
    public void An_exception_touches_only_its_scope_and_its_kind() =>
        Gen.Select(Policies, AnyException, AnyDevice)
            .Sample(
                (policies, exception, device) =>
                {
                    var plain = device.Judge(Documents.Context(Document(policies, [])));
                    var context = Documents.Context(Document(policies, [exception]));
                    var only = context.Policies.Document.Exceptions[0];
                    var verdict = device.Judge(context);
                    var subject = DeviceSubject.Of(device);
                    var isMeant =
                        only.HoldsOn(Documents.Today) && only.IsFor(subject) && only.Scope.Ask(subject).Holds is true;
                    var before = plain.Findings.ToDictionary(finding => finding.Key);
                    Assert.Subset(verdict.Findings.Select(f => f.Key).ToHashSet(), before.Keys.ToHashSet());
                    foreach (var with in verdict.Findings)
                    {
                        if (!before.TryGetValue(with.Key, out var without))
                        {
                            // What an excepted finding stood for stands by itself again.
                            Assert.True(isMeant && with.Kind is ("os.outdated" or "os.train-ended"), with.Key);
                            continue;
                        }

                        var expected = isMeant && only.Concerns(with) ? FindingStanding.Excepted : without.Standing;
                        Assert.Equal((expected, without.Level), (with.Standing, with.Level));
                    }
                },
                iter: 300
            );

    [Fact]
    public void The_order_in_the_document_does_not_matter() =>
        Gen.Select(Policies, Exceptions, AnyDevice)
            .Sample(
                (policies, exceptions, device) =>
                {
                    var one = device.Judge(Documents.Context(Document(policies, exceptions)));
                    var other = device.Judge(
                        Documents.Context(Document([.. policies.Reverse()], [.. exceptions.Reverse()]))
                    );
                    Assert.Equal(one.Level, other.Level);
                    Assert.Equal(
                        one.Findings.Select(f => (f.Key, f.Level, f.Standing, f.Exception)),
                        other.Findings.Select(f => (f.Key, f.Level, f.Standing, f.Exception))
                    );
                },
                iter: 300
            );

    [Fact]
    public void Every_document_reads_back_as_it_was_written() =>
        Gen.Select(Policies, Exceptions)
            .Sample(
                (policies, exceptions) =>
                {
                    var text = PolicyText.Write(Documents.Accepted(Document(policies, exceptions)));
                    Assert.Equal(text, PolicyText.Write(Documents.Accepted(text)));
                },
                iter: 300
            );

    private static string Document(string[] policies, string[] exceptions) =>
        "version: 1\npolicies:"
        + (policies.Length == 0 ? " []\n" : "\n" + string.Join('\n', UniqueNames(policies)) + "\n")
        + (exceptions.Length == 0 ? "" : "exceptions:\n" + string.Join('\n', UniqueNames(exceptions)) + "\n");

    private static IEnumerable<string> UniqueNames(string[] entries) =>
        entries.DistinctBy(entry => entry.Split(',', '\n')[0]);

    private static string Lines(params string[] lines) =>
        string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line)));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);
}
