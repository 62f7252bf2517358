namespace Picket.Core.Enrollment;

/// <summary>How much an import may write on the word of somebody who only operates.</summary>
public static class ImportBrake
{
    /// <summary>Lines. A file of another customer, or of last year, is mostly larger.</summary>
    public const int Most = 200;

    public static bool NeedsApproval(int creates, int changes) => creates + changes > Most;
}
