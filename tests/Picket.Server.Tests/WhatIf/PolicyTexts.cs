using CsCheck;

namespace Picket.Server.Tests.WhatIf;

/// <summary>Documents such as people may write: up to three policies and two exceptions, over each other.</summary>
internal static class PolicyTexts
{
    /// <summary>A day on which an exception may end.</summary>
    public static string Soon => $"{TimeProvider.System.GetUtcNow().AddDays(60):yyyy-MM-dd}";

    private static readonly string[] Kinds =
    [
        "device.no-passcode",
        "device.not-encrypted",
        "device.not-compliant",
        "device.compromised",
        "device.wipe-pending",
        "app.denied",
        "app.required-missing",
    ];

    private static readonly Gen<string> Kind = OneOf(Kinds);

    private static readonly Gen<string> Level = OneOf("off", "low", "medium", "high", "critical");

    private static readonly Gen<string> Levels = Map("levels", Kind, Level);

    private static readonly Gen<string> Grace = Map("grace", Kind, OneOf("1d", "7d", "400d"));

    private static readonly Gen<string> Silence = OneOf(
        "",
        "    silence: unknown\n",
        "    silence: fail-open\n",
        "    silence: grace 14d\n",
        "    silence: fail-closed\n"
    );

    private static readonly Gen<string> When = OneOf(
        "",
        "    when: {ownership: [employee]}\n",
        "    when: {ownership: [corporate]}\n",
        "    when: {platform: [ios]}\n",
        "    when: {userGroup: [Sales]}\n"
    );

    private static readonly Gen<string> Apps = OneOf(
        "",
        "    apps:\n      denied: [{id: com.example.game, reason: no games}]\n",
        "    apps:\n      denied: [{pattern: '^com[.]example[.]', reason: none of ours}]\n",
        "    apps:\n      required: [{id: com.example.vpn}]\n",
        "    apps:\n      required: [{id: com.example.vpn}]\n      denied: [{id: com.example.vpn, reason: both}]\n"
    );

    private static readonly Gen<string> Ages = OneOf(
        "",
        "    ages: {oldestFact: 5d}\n",
        "    ages: {oldestFact: 300d, patchAge: {10d: low, 300d: critical}}\n",
        "    ages: {noContact: {30d: low, 90d: high}}\n"
    );

    private static readonly Gen<string> Policy = Gen.Select(
        Gen.Int[1, 9],
        Gen.Select(When, Levels, Grace),
        Gen.Select(Silence, Apps, Ages),
        (priority, scope, values) =>
            $"    group: \"*\"\n    priority: {priority}\n{scope.Item1}{scope.Item2}{scope.Item3}{values.Item1}{values.Item2}{values.Item3}"
    );

    private static readonly Gen<string> Exception = Gen.Select(
        Gen.OneOf(Kind.Select(kind => $"finding: {kind}"), Gen.Const("appPattern: '^com[.]example[.]g'")),
        OneOf("everywhere: true", "device: KIOSK-1", "when: {ownership: [employee]}"),
        (what, where) => $"    {what}\n    {where}\n    owner: Ada Example\n    reason: by chance\n    ends: {Soon}\n"
    );

    public static readonly Gen<string> Any = Gen.Select(
        Policy.Array[1, 3],
        Exception.Array[0, 2],
        (policies, exceptions) =>
            $"version: 1\npolicies:\n{Named("Policy", policies)}"
            + (exceptions.Length == 0 ? "" : $"exceptions:\n{Named("Exception", exceptions)}")
    );

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    private static Gen<string> Map(string name, Gen<string> key, Gen<string> value) =>
        Gen.Select(key, value)
            .Array[0, 3]
            .Select(pairs =>
                pairs.Length == 0
                    ? ""
                    : $"    {name}: {{{string.Join(", ", pairs.DistinctBy(pair => pair.Item1).Select(pair => $"{pair.Item1}: {pair.Item2}"))}}}\n"
            );

    private static string Named(string name, string[] parts) =>
        string.Concat(parts.Index().Select(part => $"  - name: {name} {part.Index}\n{part.Item}"));
}
