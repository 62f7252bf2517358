namespace Picket.Core.Risk;

/// <summary>Ordered by severity; Unknown is no severity and never the result of a comparison with one.</summary>
public enum RiskLevel
{
    Unknown = 0,
    Secure = 1,
    Low = 2,
    Medium = 3,
    High = 4,
    Critical = 5,
}
