namespace Picket.Core.Enrollment;

/// <summary>How much an import may write on the word of somebody who only operates.</summary>
public static class ImportBrake
{
    /// <summary>Lines. A file of another customer, or of last year, is mostly larger.</summary>
    public const int Most = 200;

    /// <param name="lines">That are left to be written.</param>
    public static bool NeedsApproval(int lines) => lines > Most;

    /// <summary>Whether a check found so many more than somebody said yes to that somebody has to say so again.</summary>
    /// <param name="approved">Lines that were left then.</param>
    public static bool Outgrown(int lines, int approved) => NeedsApproval(lines) && lines > approved;
}
