using static Picket.Server.Console.Texts;

namespace Picket.Server.Console;

/// <summary>What Picket's words mean, where the page that they are met on does not say so itself.</summary>
internal static class Terms
{
    public const string Verdict = "verdict";
    public const string OrganizationGroup = "organization-group";
    public const string Inventory = "inventory";
    public const string Indicator = "indicator";

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
                "Something bad that can be recognised on a device: an app by its id, its signing certificate or its name, or a profile."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(term)),
        };
}
