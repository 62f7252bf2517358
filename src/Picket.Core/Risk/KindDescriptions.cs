namespace Picket.Core.Risk;

/// <summary>The catalogue of findings: a description for each of <see cref="FindingKinds.All"/>.</summary>
internal static class KindDescriptions
{
    private const string Reported =
        "The UEM reports it at the device's contacts: what changed since the last one is not seen.";

    private const string Indicators = "indicators of apps";
    private const string Releases = "releases, and which vulnerabilities they fix";
    private const string Names =
        "Apps that privacy settings hide, and the user's own side of a work profile or of User Enrollment. A renamed app "
        + "has another identifier.";

    /// <summary>
    /// Whoever put stalkerware or watchware on a device may read what its user is sent, and may live with that person:
    /// nothing is written to the device; an administrator talks to the user in person.
    /// </summary>
    private const string TellNobodyThere = "";

    private static readonly Dictionary<string, KindDescription> All = new(StringComparer.Ordinal)
    {
        [FindingKinds.Compromised.Id] = new(
            "The protection that the maker built into the system was removed: a jailbreak or root.",
            "The built-in protection of this device has been removed. Please do not use it for work, and ask your help desk: "
                + "it has to be set up anew.",
            [FactName.Compromised],
            "Jailbreaks that hide from the UEM's agent, and devices without an agent that can look."
        ),
        [FindingKinds.NoPasscode.Id] = new(
            "Whoever holds the device can use it.",
            "Please set a passcode on this device: Settings, then the part about the passcode or the screen lock.",
            [FactName.Passcode],
            Reported
        ),
        [FindingKinds.WeakPasscode.Id] = new(
            "A passcode is set, and it is weaker than the UEM's profile asks for.",
            "Your passcode is shorter or simpler than your organization asks for. Please choose a longer one.",
            [FactName.Passcode],
            Reported
        ),
        [FindingKinds.NotEncrypted.Id] = new(
            "The storage of a lost device can be read.",
            "The storage of this device is not encrypted. Setting a passcode usually switches encryption on; your help desk "
                + "can show you how.",
            [FactName.Encryption],
            Reported
        ),
        [FindingKinds.NoBlockEncryption.Id] = new(
            "An iPhone or iPad encrypts its files and not its storage as a whole, though both are reported.",
            "Please let your help desk look at this device: its storage is not encrypted as it should be.",
            [FactName.Encryption, FactName.BlockEncryption],
            "Android, which encrypts file by file, and computers, where the UEM reports no more than one answer."
        ),
        [FindingKinds.NotProperlyEnrolled.Id] = new(
            "The UEM lists the device and does not manage it: enrolment was begun and not finished, only apps are offered, or a "
                + "list keeps it out.",
            "Setting up this device for work was not finished. Please open the setup again and follow it to its end, or ask "
                + "your help desk.",
            [FactName.Enrollment],
            "Devices that were never registered. How the device was enrolled is not told by a listing."
        ),
        [FindingKinds.WipePending.Id] = new(
            "A wipe was ordered and not carried out: the device made no contact since.",
            "Your organization is about to remove its data from this device. If that surprises you, please ask your help desk.",
            [FactName.Enrollment],
            "Whether the device was wiped and could not say so any more."
        ),
        [FindingKinds.NotCompliant.Id] = new(
            "The device breaks a compliance policy of the UEM.",
            "This device does not meet a rule of your organization. The Hub app shows which one and what to do; your help desk "
                + "helps, too.",
            [FactName.Compliance],
            "Which policy it is, until the device's compliance was read; why a policy exists."
        ),
        [FindingKinds.NoContact.Id] = new(
            "The device made no contact with the UEM for long.",
            "This device has not been in touch with your organization for a while. Please connect it and open the Hub app.",
            [FactName.LastSeen],
            "Whether it is lost, switched off, or merely offline."
        ),
        [FindingKinds.OsExploited.Id] = new(
            "The system lacks fixes for vulnerabilities that are known to be used in attacks.",
            "An update for this device closes holes that attackers use now. Please install it today: Settings, then the part "
                + "about software updates.",
            [FactName.OsVersion, FactName.Model],
            "Attacks themselves; fixes that a maker brought to an older version; vulnerabilities that nobody has published. Of "
                + "those that only later trains mend, whether each is in the older train, too."
        )
        {
            NeedsFeed = Releases,
        },
        [FindingKinds.OsOutdated.Id] = new(
            "Newer releases of the system are there for this model, longer than the grace period.",
            "An update is ready for this device. Please install it: Settings, then the part about software updates.",
            [FactName.OsVersion, FactName.Model],
            "Whether the update was offered to this device, and whether it has room for it."
        )
        {
            NeedsFeed = Releases,
        },
        [FindingKinds.OsTrainEnded.Id] = new(
            "The major version of the system gets no more security updates on this model; a later one is there.",
            "The system version of this device is no longer cared for. Please update to the newest one that is offered.",
            [FactName.OsVersion, FactName.Model],
            "Extended support that an organization bought."
        )
        {
            NeedsFeed = "until when versions get security updates",
        },
        [FindingKinds.PatchOld.Id] = new(
            "Android's security patch level is older than a quarterly bulletin explains.",
            "This device has not had a security update for a while. Please look for one: Settings, then the part about system "
                + "updates.",
            [FactName.SecurityPatch],
            "Fixes that a maker brought without raising the level, and whether the maker offers a newer one."
        ),
        [FindingKinds.HardwareEnded.Id] = new(
            "The maker makes no more security updates for this model: replace the device, no update mends it.",
            "This device is too old to be kept safe: no more updates are made for it. Please ask your help desk for another one.",
            [FactName.Model, FactName.OsVersion],
            "Models that the feeds do not name."
        )
        {
            NeedsFeed = "until when models get security updates",
        },
        [FindingKinds.MaliciousApp.Id] = new(
            "An installed app is listed as malware or spyware.",
            "An app on this device may harm you or your organization. Please do not use the device for work, and ask your help "
                + "desk before you change anything on it.",
            [FactName.Apps],
            Names
        )
        {
            NeedsFeed = Indicators,
        },
        [FindingKinds.Stalkerware.Id] = new(
            "An installed app is listed as stalkerware: somebody may be watching the device's user.",
            TellNobodyThere,
            [FactName.Apps],
            Names
        )
        {
            NeedsFeed = Indicators,
        },
        [FindingKinds.Watchware.Id] = new(
            "An installed app is listed as made for watching others, such as children or employees.",
            TellNobodyThere,
            [FactName.Apps],
            Names + " Whether the user agreed to be watched."
        )
        {
            NeedsFeed = Indicators,
        },
        [FindingKinds.LookAlike.Id] = new(
            "An app bears the name or nearly the identifier of a well-known app, and is not by its maker.",
            "One of the apps on this device may not be what its name says. Please remove it, and get the app from the official "
                + "store.",
            [FactName.Apps],
            Names
                + " Apps that the UEM manages are left out, and only a short list of well-known apps is compared. A name is "
                + "no proof: some such apps are honest."
        ),
        [FindingKinds.RogueProfile.Id] = new(
            "An installed configuration profile is listed as part of an attack.",
            "Please bring this device to your help desk as it is, and do not change anything on it.",
            [FactName.Profiles],
            "The UEM tells no identifiers of profiles, and nothing of those that it did not install itself: nothing that reads it "
                + "alone can find this."
        )
        {
            NeedsFeed = "indicators of profiles",
        },
        [FindingKinds.OsListed.Id] = new(
            "A feed, or an indicator of your own, names the version or the patch level of the system.",
            "The system version of this device is known to be unsafe. Please install the newest update that is offered.",
            [FactName.OsVersion],
            "Whether the hole that the version was listed for was mended in another way."
        )
        {
            NeedsFeed = "indicators of versions",
        },
        [FindingKinds.ModelListed.Id] = new(
            "A feed, or an indicator of your own, names the model.",
            "This model is not to be used for work any more. Please ask your help desk for another device.",
            [FactName.Model],
            "Models whose name the UEM does not tell."
        )
        {
            NeedsFeed = "indicators of models",
        },
        [FindingKinds.DeniedApp.Id] = new(
            "The policy denies an installed app.",
            "An app on this device is not allowed by your organization. Please remove it, or ask your help desk.",
            [FactName.Apps],
            Names
        ),
        [FindingKinds.RequiredAppMissing.Id] = new(
            "The policy requires an app that is not installed.",
            "An app that your organization needs on this device is missing. Please install it from the Hub app.",
            [FactName.Apps],
            "Whether the app works, or was ever opened."
        ),
        [FindingKinds.NotSupervised.Id] = new(
            "The policy wants the device supervised, and it is not.",
            "This device has to be set up anew for work. Please ask your help desk.",
            [FactName.Supervision],
            "Android and computers, which have no supervision."
        ),
        [FindingKinds.Silent.Id] = new(
            "The policy does not accept that so little is known about the device.",
            "Your organization has not heard enough from this device. Please connect it and open the Hub app.",
            [FactName.LastSeen],
            "What is wrong with the device, if anything is."
        ),
    };

    public static KindDescription Of(string id) =>
        All.TryGetValue(id, out var known)
            ? known
            : throw new KeyNotFoundException(
                $"The kind of finding {id} has no description in {nameof(KindDescriptions)}."
            );
}
