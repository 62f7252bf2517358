namespace Picket.Core.Risk;

/// <summary>Something that people expect to be judged, and why no rule does.</summary>
public sealed record Gap(string Id, string Title, string Why);

/// <summary>What no device can be judged by, whatever the policy says. Told once, not at each device.</summary>
public static class Gaps
{
    public static readonly IReadOnlyList<Gap> All =
    [
        new(
            "gap.developer-settings",
            "Developer mode, USB debugging and unknown sources",
            "No public route of the UEM reports whether they are on. Its restriction profiles can forbid them, and a compliance "
                + "policy can test them: such a device is found as not compliant, with the policy's name."
        ),
        new(
            "gap.profiles",
            "Configuration profiles that the UEM did not install",
            "The UEM lists a device's profiles by its own numbers, and its own ones alone: neither their identifiers nor those "
                + "that somebody else installed. Indicators of profiles are kept and find nothing."
        ),
        new(
            "gap.files-and-network",
            "Files, processes, domains and addresses",
            "A UEM does not report what a device stores, runs or talks to: such indicators are kept and find nothing."
        ),
    ];
}
