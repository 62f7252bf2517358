using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Intelligence;

/// <summary>Section <c>Feeds</c>: where feeds may come from, and when a new version waits for a person.</summary>
public sealed record FeedOptions
{
    /// <summary>The folder below which feeds may be read from files of this host; without it none is.</summary>
    public string? Folder { get; init; }

    /// <summary>Proxy for addresses of feeds, as <c>http://proxy.example:3128</c>; without it they are reached directly.</summary>
    public string? Proxy { get; init; }

    /// <summary>How long one file may take, from the first connection to its last byte.</summary>
    [Range(1, 600, ErrorMessage = "Feeds:FetchTimeoutSeconds must lie between 1 and 600.")]
    public int FetchTimeoutSeconds { get; init; } = 60;

    /// <summary>How often Picket looks which source is due.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Feeds:LookEveryMilliseconds must lie between 10 and 3600000.")]
    public int LookEveryMilliseconds { get; init; } = 15_000;

    /// <summary>A version that differs in more entries than this share of the version in force waits for a person.</summary>
    [Range(1, 1000, ErrorMessage = "Feeds:AsideChangePercent must lie between 1 and 1000.")]
    public int AsideChangePercent { get; init; } = 30;

    /// <summary>So does one that has fewer entries by more than this share.</summary>
    [Range(1, 100, ErrorMessage = "Feeds:AsideShrinkPercent must lie between 1 and 100.")]
    public int AsideShrinkPercent { get; init; } = 10;

    /// <summary>Differences of fewer entries than this never wait, so that small lists can change.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Feeds:AsideFloor must lie between 0 and 1000000.")]
    public int AsideFloor { get; init; } = 20;
}
