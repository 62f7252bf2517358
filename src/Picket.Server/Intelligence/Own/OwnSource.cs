using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;

namespace Picket.Server.Intelligence;

/// <summary>The source that findings name when the organization's own word is behind them.</summary>
internal static class OwnSource
{
    public const string Name = "own indicators";

    public static FeedSource Of(string version, DateOnly? date) =>
        new(Name, FeedFormat.Own, version, date, FeedLicences.Of(FeedFormat.Own));
}
