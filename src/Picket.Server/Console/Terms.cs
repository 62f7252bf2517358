using static Picket.Server.Console.Texts;

namespace Picket.Server.Console;

/// <summary>What Picket's words mean, where the page that they are met on does not say so itself.</summary>
public static class Terms
{
    public const string Verdict = "verdict";
    public const string OrganizationGroup = "organization-group";
    public const string Inventory = "inventory";
    public const string Indicator = "indicator";
    public const string Feed = "feed";
    public const string Finding = "finding";
    public const string Evidence = "evidence";
    public const string Response = "response";
    public const string Ledger = "ledger";
    public const string Brake = "brake";

    public static string Meaning(string term) =>
        term switch
        {
            Verdict => T(
                "The level of one device, from Secure to Critical, with the findings (reasons why it is not fine) that made it. Unknown says that too little was seen to tell."
            ),
            OrganizationGroup => T(
                "The UEM keeps devices and administrators in a tree of organization groups. Who administers one sees what is in it and below it."
            ),
            Inventory => T(
                "What Picket knows of the UEM: groups, people, devices, their apps and tags, with their history."
            ),
            Indicator => T(
                "Something bad that can be recognised on a device: an app by its id, its signing certificate or its name, a profile, a version of the system, or a model."
            ),
            Feed => T(
                "A list of what is known to be bad, or of which system versions are current, with its version and licence. Picket judges by the feeds that were imported."
            ),
            Finding => T("One reason why a device is not fine, with its evidence. It ends when it is no longer true."),
            Evidence => T(
                "What a finding rests on: what was seen on the device and when, and the rule and the feed that call it bad."
            ),
            Response => T(
                "What Picket wants to be true in the UEM, such as the tag of a level on a device. It is undone when its cause is gone."
            ),
            Ledger => T(
                "The record of every write to the UEM: wanted, approved, sent, confirmed, undone. A write stands in it before it is sent."
            ),
            Brake => T(
                "A limit. What would change or remove more than that share of the fleet at once is not done until a person has agreed."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(term)),
        };
}
