using System.Globalization;
using Picket.Core.Devices;

namespace Picket.Core.Risk;

/// <summary>What the UEM itself says about a device, and how long ago it said it.</summary>
internal static class PostureRules
{
    private static readonly string[] CompromisedKinds = [FindingKinds.Compromised.Id];
    private static readonly string[] ComplianceKinds = [FindingKinds.NotCompliant.Id];
    private static readonly string[] PasscodeKinds = [FindingKinds.NoPasscode.Id, FindingKinds.WeakPasscode.Id];
    private static readonly string[] WeakPasscodeKinds = [FindingKinds.WeakPasscode.Id];
    private static readonly string[] EncryptionKinds =
    [
        FindingKinds.NotEncrypted.Id,
        FindingKinds.NoBlockEncryption.Id,
    ];
    private static readonly string[] BlockKinds = [FindingKinds.NoBlockEncryption.Id];
    private const int PoliciesNamed = 5;
    private static readonly string[] ContactKinds = [FindingKinds.NoContact.Id];

    public static void Apply(Judging judging)
    {
        Compromised(judging);
        Compliance(judging);
        Passcode(judging);
        Encryption(judging);
        Contact(judging);
    }

    private static void Compromised(Judging judging)
    {
        var fact = judging.Facts.Compromised;
        if (judging.Knows(fact, FactName.Compromised, CompromisedKinds, out var compromised) && compromised)
        {
            Report(
                judging,
                FindingKinds.Compromised,
                "The UEM reports the device as jailbroken or rooted. Take it out of use and set it up anew.",
                Judging.Used(FactName.Compromised, fact)
            );
        }
    }

    private static void Compliance(Judging judging)
    {
        var fact = judging.Facts.Compliant;
        if (judging.Knows(fact, FactName.Compliance, ComplianceKinds, out var compliant) && !compliant)
        {
            FindNotCompliant(judging, Judging.Used(FactName.Compliance, fact));
        }
    }

    private static void FindNotCompliant(Judging judging, FactUsed compliance)
    {
        var read = judging.Facts.BrokenPolicies;
        if (!read.TryGet(out var policies) || policies.Count == 0)
        {
            Report(
                judging,
                FindingKinds.NotCompliant,
                "The device breaks a compliance policy of the UEM. Which one was not read yet, or is not told: its device "
                    + "page in the UEM names it.",
                compliance
            );
            return;
        }

        var sorted = policies.OrderBy(policy => policy.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(", ", sorted.Take(PoliciesNamed).Select(policy => $"\"{policy.Name}\""));
        var more = sorted.Count > PoliciesNamed ? $" and {sorted.Count - PoliciesNamed} more" : "";
        Report(
            judging,
            FindingKinds.NotCompliant,
            $"The device breaks {Counted(sorted.Count)} of the UEM: {names}{more}. What each asks for stands in the UEM.",
            compliance,
            [.. sorted.Take(PoliciesNamed).Select(policy => Broken(policy, read.CollectedAt))]
        );
    }

    private static string Counted(int policies) =>
        policies == 1 ? "a compliance policy" : $"{policies} compliance policies";

    private static FactUsed Broken(BrokenPolicy policy, DateTimeOffset? readAt) =>
        new(
            FactName.Policies,
            policy.Asks is { } asks ? $"{policy.Name} ({asks})" : policy.Name,
            policy.CheckedAt ?? readAt
        );

    private static void Passcode(Judging judging)
    {
        var (present, compliant) = (judging.Facts.PasscodePresent, judging.Facts.PasscodeCompliant);
        if (!judging.Knows(present, FactName.Passcode, PasscodeKinds, out var isPresent))
        {
            return;
        }

        if (!isPresent)
        {
            Report(
                judging,
                FindingKinds.NoPasscode,
                "Anybody who holds the device can use it. Require a passcode by a profile of the UEM.",
                Judging.Used(FactName.Passcode, present)
            );
        }
        else if (judging.Knows(compliant, FactName.Passcode, WeakPasscodeKinds, out var isCompliant) && !isCompliant)
        {
            Report(
                judging,
                FindingKinds.WeakPasscode,
                "A passcode is set, but it is weaker than the UEM's profile asks for. Have it changed.",
                Judging.Used(FactName.Passcode, compliant)
            );
        }
    }

    /// <summary>
    /// Full encryption counts; block-level encryption is enough where the UEM reports only that. Where it reports both,
    /// the text tells which of them is missing.
    /// </summary>
    private static void Encryption(Judging judging)
    {
        var (whole, block) = (judging.Facts.Encrypted, judging.Facts.BlockLevelEncrypted);
        var name = !whole.IsKnown && block.IsKnown ? FactName.BlockEncryption : FactName.Encryption;
        var fact = name is FactName.BlockEncryption ? block : whole;
        if (!judging.Knows(fact, FactName.Encryption, EncryptionKinds, out var encrypted))
        {
            return;
        }

        if (!encrypted)
        {
            FindNotEncrypted(judging, name, fact);
        }
        else if (judging.Facts.Platform.IsApplePhoneOrTablet())
        {
            BlockEncryption(judging);
        }
    }

    private static void FindNotEncrypted(Judging judging, FactName name, Fact<bool> fact)
    {
        var block = judging.Facts.BlockLevelEncrypted;
        var both = name is FactName.Encryption && block.IsKnown;
        Report(
            judging,
            FindingKinds.NotEncrypted,
            "Data can be read from the storage of a lost device. "
                + (
                    both && block.Value
                        ? "The device can encrypt block by block, and does not: require a passcode and encryption by a "
                            + "profile of the UEM."
                        : "Require encryption by a profile of the UEM."
                ),
            Judging.Used(name, fact),
            both ? [Judging.Used(FactName.BlockEncryption, block)] : []
        );
    }

    /// <summary>Apple's devices do both; Android encrypts file by file instead, so nothing is missing there.</summary>
    private static void BlockEncryption(Judging judging)
    {
        var fact = judging.Facts.BlockLevelEncrypted;
        if (judging.Knows(fact, FactName.BlockEncryption, BlockKinds, out var block) && !block)
        {
            Report(
                judging,
                FindingKinds.NoBlockEncryption,
                "Files are encrypted, the storage as a whole is not: what lies outside of them can be read from a lost "
                    + "device. An iPhone or iPad without it is old or was changed: have it looked at.",
                Judging.Used(FactName.BlockEncryption, fact),
                judging.Facts.Encrypted.IsKnown ? [Judging.Used(FactName.Encryption, judging.Facts.Encrypted)] : []
            );
        }
    }

    private static void Contact(Judging judging)
    {
        // Contact is about age itself, so how long ago the time was read does not matter.
        if (!judging.Facts.LastSeen.TryGet(out var lastSeen))
        {
            judging.Miss(FactName.LastSeen, judging.Facts.LastSeen.Reason, ContactKinds);
            return;
        }

        var days = (int)(judging.Now - lastSeen).TotalDays;
        if (AgeSteps.LevelAt(judging.Policy.NoContact, days) is not { } level)
        {
            return;
        }

        var used = new FactUsed(
            FactName.LastSeen,
            lastSeen.ToString("u", CultureInfo.InvariantCulture),
            judging.Facts.LastSeen.CollectedAt
        );
        judging.Find(
            FindingKinds.NoContact,
            $"The device has not been in contact with the UEM for {days} days. Find it, or retire its record.",
            FindingProof.Computed,
            new FindingEvidence([used]),
            level
        );
    }

    private static void Report(
        Judging judging,
        FindingKind kind,
        string text,
        FactUsed fact,
        IReadOnlyList<FactUsed>? more = null
    ) => judging.Find(kind, text, FindingProof.Reported, new FindingEvidence([fact, .. more ?? []]));
}
