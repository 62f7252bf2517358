using Picket.Api;

namespace Picket.Server.Deployment;

/// <summary>Nudges in the words of the API.</summary>
internal static class NudgeWords
{
    public static string Of(NudgeSkip skip) =>
        skip switch
        {
            NudgeSkip.Recent => "It got a message of this publication not long ago, or may have got one.",
            NudgeSkip.NeverTouched => "It is on the never-touch list: see Brakes.",
            NudgeSkip.Gone => "It has left the fleet.",
            _ => "The nudge ended before its turn.",
        };
}
