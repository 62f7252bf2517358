namespace Picket.Core.Risk;

internal static class AgeSteps
{
    /// <summary>The level of the highest step that is reached; null below the first.</summary>
    public static RiskLevel? LevelAt(IReadOnlyList<AgeStep> steps, int days)
    {
        AgeStep? reached = null;
        foreach (var step in steps)
        {
            if (days >= step.Days && (reached is null || step.Days > reached.Days))
            {
                reached = step;
            }
        }

        return reached?.Level;
    }
}
