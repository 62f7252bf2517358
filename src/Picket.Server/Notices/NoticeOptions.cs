using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Notices;

/// <summary>Section <c>Notices</c>.</summary>
public sealed record NoticeOptions
{
    /// <summary>Milliseconds between two looks at what is wrong and what is due.</summary>
    [Range(50, 600_000, ErrorMessage = "Notices:LookEveryMilliseconds must lie between 50 and 600000.")]
    public int LookEveryMilliseconds { get; init; } = 15_000;

    /// <summary>Hours without a complete run after which an integration counts as silent; never less than two of its intervals.</summary>
    [Range(1, 720, ErrorMessage = "Notices:SilentAfterHours must lie between 1 and 720.")]
    public int SilentAfterHours { get; init; } = 24;

    /// <summary>Days before the typed end of a credential from which on people are told.</summary>
    [Range(0, 365, ErrorMessage = "Notices:CredentialEndsDays must lie between 0 and 365.")]
    public int CredentialEndsDays { get; init; } = 30;

    /// <summary>Seconds that one try may take.</summary>
    [Range(1, 120, ErrorMessage = "Notices:TimeoutSeconds must lie between 1 and 120.")]
    public int TimeoutSeconds { get; init; } = 20;

    /// <summary>Tries an hour through one channel; what is more waits.</summary>
    [Range(1, 10_000, ErrorMessage = "Notices:MostPerHour must lie between 1 and 10000.")]
    public int MostPerHour { get; init; } = 120;

    /// <summary>Days for which what was delivered or given up is kept.</summary>
    [Range(1, 3650, ErrorMessage = "Notices:KeepDays must lie between 1 and 3650.")]
    public int KeepDays { get; init; } = 90;

    /// <summary>Where people reach the console, such as https://picket.example.com: notices link there.</summary>
    public string? ConsoleAddress { get; init; }
}
