namespace Picket.Server.Intelligence.Sources;

/// <summary>A file as a source gave it.</summary>
/// <param name="FileName">Some formats say only there what they are about.</param>
/// <param name="ETag">What the source called this state of it.</param>
internal sealed record FetchedFile(
    byte[] Bytes,
    string FileName,
    string? ETag = null,
    DateTimeOffset? LastModified = null
);

/// <summary>A source gave no file; the message says why, and what to do.</summary>
/// <param name="wait">How long it asked to be left alone.</param>
internal sealed class FeedSourceException(string message, TimeSpan? wait = null) : Exception(message)
{
    public TimeSpan? Wait => wait;
}
