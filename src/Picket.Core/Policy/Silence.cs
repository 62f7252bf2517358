using Picket.Core.Devices;
using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>What a device counts as of which too little is known.</summary>
public enum SilenceMode
{
    /// <summary>Unknown, at once. The rule unless a policy says otherwise.</summary>
    Unknown,

    /// <summary>A device that was Secure stays so, with its age shown. Nothing becomes Secure by it.</summary>
    FailOpen,

    /// <summary>As <see cref="FailOpen"/> for some days, then as <see cref="FailClosed"/>.</summary>
    Grace,

    /// <summary>The silence is itself a finding that counts.</summary>
    FailClosed,
}

/// <param name="GraceDays">Of <see cref="SilenceMode.Grace"/> only.</param>
public sealed record Silence(SilenceMode Mode, int GraceDays = 0)
{
    public static readonly Silence Unknown = new(SilenceMode.Unknown);

    public bool IsFinding => Mode is SilenceMode.Grace or SilenceMode.FailClosed;

    /// <summary>
    /// Only what the device or the UEM keeps silent about. A feed that is missing or old says nothing of the device: it
    /// must neither close a whole fleet nor keep it open.
    /// </summary>
    public static bool IsOf(UnknownFact unknown) =>
        unknown
            is {
                Required: true,
                Cause: MissingReason.TooOld
                    or MissingReason.ReadFailed
                    or MissingReason.NeverCollected
                    or MissingReason.NotReported,
                Fact: not FactName.Membership
            };

    public override string ToString() =>
        Mode switch
        {
            SilenceMode.FailOpen => "fail-open",
            SilenceMode.Grace => $"grace {PolicyWords.Days(GraceDays)}",
            SilenceMode.FailClosed => "fail-closed",
            _ => "unknown",
        };
}
