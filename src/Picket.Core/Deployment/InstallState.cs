namespace Picket.Core.Deployment;

/// <summary>How an app stands on a device, as the UEM tells it. The first value is what nobody read.</summary>
public enum InstallState
{
    NotRead,

    /// <summary>The UEM lists the device neither as assigned nor as installed.</summary>
    NotAssigned,

    /// <summary>Assigned, and nothing is heard of the device yet.</summary>
    Pending,
    Installed,
    Failed,

    /// <summary>It was there, and somebody took it off the device or refused it.</summary>
    Removed,

    /// <summary>The UEM uses a word that is not known.</summary>
    NotUnderstood,
}

/// <summary>The words of the UEM. Its list of states is specified; which of them it sends where is not.</summary>
public static class InstallStates
{
    private static readonly string[] Failures =
    [
        "Failed",
        "DownloadFailed",
        "CommandFailed",
        "LicenseNotAvailable",
        "CriteriaMissing",
        "ManagementRejected",
    ];

    private static readonly string[] Removals =
    [
        "ManagedButUninstalled",
        "UserRejected",
        "Rejected",
        "MDMRemoved",
        "MDMRemoval",
        "PendingRemoval",
    ];

    /// <param name="assignment"><c>Assigned</c> or <c>NotAssigned</c>.</param>
    /// <param name="installed"><c>Installed</c> or <c>NotInstalled</c>.</param>
    /// <param name="lastAction">What the UEM last did about it.</param>
    public static InstallState Of(string? assignment, string? installed, string? lastAction) =>
        Is(installed, "Installed") ? InstallState.Installed
        : !Is(installed, "NotInstalled") || !(Is(assignment, "Assigned") || Is(assignment, "NotAssigned"))
            ? InstallState.NotUnderstood
        : Is(assignment, "NotAssigned") ? InstallState.NotAssigned
        : Failures.Any(word => Is(lastAction, word)) ? InstallState.Failed
        : Removals.Any(word => Is(lastAction, word)) ? InstallState.Removed
        : InstallState.Pending;

    private static bool Is(string? text, string word) =>
        text is not null
        && text.Replace(" ", "", StringComparison.Ordinal).Equals(word, StringComparison.OrdinalIgnoreCase);
}
