namespace Picket.Core.Intelligence.Formats;

/// <summary>What a feed may cost. The largest public feed in use is under 5 MB; these leave room, and end somewhere.</summary>
public static class FeedLimits
{
    public const int LargestFile = 32 * 1024 * 1024;
    public const int MostNodes = 4_000_000;
    public const int MostErrors = 20;
    public const int DeepestNesting = 32;
    public const int LongestValue = 1_024;

    /// <summary>Other names of one vulnerability; most have one or two.</summary>
    public const int MostAliases = 100;

    /// <summary>A vulnerability on one version of Android; the records of all years hold some ten thousands.</summary>
    public const int MostFixes = 1_000_000;

    /// <summary>Of app ids, in one feed. Each is tried on each app, where exact ids are looked up at once.</summary>
    public const int MostPatterns = 2_000;

    /// <summary>Of an archive: the records of a source's whole history are some thousands.</summary>
    public const int MostEntries = 50_000;

    /// <summary>Of one file in an archive, unpacked.</summary>
    public const int LargestEntry = 8 * 1024 * 1024;

    /// <summary>Of all files in an archive together, unpacked.</summary>
    public const long LargestArchive = 256L * 1024 * 1024;

    /// <summary>Text shrinks to a tenth, at most to a thirtieth; what shrinks to less was made to swell.</summary>
    public const int MostSwelling = 100;
}
