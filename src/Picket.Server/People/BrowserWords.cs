using static Picket.Server.Console.Texts;

namespace Picket.Server.People;

/// <summary>What a browser calls itself, as people call it.</summary>
internal static class BrowserWords
{
    // In this order: each of the first pretends to be one of the later.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>"Firefox on Linux"; what it calls itself where that is none of those known here.</summary>
    public static string Of(string agent) =>
        (Find(Browsers, agent), Find(Systems, agent)) switch
        {
            ({ } browser, { } system) => T("{0} on {1}", browser, system),
            ({ } browser, null) => browser,
            _ => string.IsNullOrWhiteSpace(agent) ? T("not known") : agent,
        };

    private static string? Find((string Sign, string Name)[] known, string agent) =>
        known.FirstOrDefault(each => agent.Contains(each.Sign, StringComparison.Ordinal)).Name;
}
