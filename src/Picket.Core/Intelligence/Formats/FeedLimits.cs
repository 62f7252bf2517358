namespace Picket.Core.Intelligence.Formats;

/// <summary>What a feed may cost. The largest public feed in use is under 5 MB; these leave room, and end somewhere.</summary>
public static class FeedLimits
{
    public const int LargestFile = 32 * 1024 * 1024;
    public const int MostNodes = 4_000_000;
    public const int MostErrors = 20;
    public const int DeepestNesting = 32;
    public const int LongestValue = 1_024;
}
