using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;

namespace Picket.Server.Intelligence;

/// <summary>The source that findings name when the organization's own word is behind them.</summary>
public static class OwnSource
{
    public const string Name = "own indicators";

    /// <summary>Stands for the own indicators where a feed is named by its id, as in the filters of the devices.</summary>
    public static readonly Guid FeedId = new("00000000-0000-8000-8000-00006f776e00");

    public static FeedSource Of(string version, DateOnly? date) =>
        new(Name, FeedFormat.Own, version, date, FeedLicences.Of(FeedFormat.Own));
}
