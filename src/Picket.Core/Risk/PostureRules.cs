using System.Globalization;

namespace Picket.Core.Risk;

/// <summary>What the UEM itself says about a device, and how long ago it said it.</summary>
internal static class PostureRules
{
    private static readonly string[] CompromisedKinds = [FindingKinds.Compromised.Id];
    private static readonly string[] ComplianceKinds = [FindingKinds.NotCompliant.Id];
    private static readonly string[] PasscodeKinds = [FindingKinds.NoPasscode.Id, FindingKinds.WeakPasscode.Id];
    private static readonly string[] WeakPasscodeKinds = [FindingKinds.WeakPasscode.Id];
    private static readonly string[] EncryptionKinds = [FindingKinds.NotEncrypted.Id];
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
            Report(
                judging,
                FindingKinds.NotCompliant,
                "The device breaks a compliance policy of the UEM. Its device page names the policy.",
                Judging.Used(FactName.Compliance, fact)
            );
        }
    }

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

    /// <summary>Full encryption counts; block-level encryption is enough where the UEM reports only that.</summary>
    private static void Encryption(Judging judging)
    {
        var facts = judging.Facts;
        var fact = facts.Encrypted.IsKnown ? facts.Encrypted : facts.BlockLevelEncrypted;
        fact = fact.IsKnown ? fact : facts.Encrypted;
        if (judging.Knows(fact, FactName.Encryption, EncryptionKinds, out var encrypted) && !encrypted)
        {
            Report(
                judging,
                FindingKinds.NotEncrypted,
                "Data can be read from the storage of a lost device. Require encryption by a profile of the UEM.",
                Judging.Used(FactName.Encryption, fact)
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

    private static void Report(Judging judging, FindingKind kind, string text, FactUsed fact) =>
        judging.Find(kind, text, FindingProof.Reported, new FindingEvidence([fact]));
}
