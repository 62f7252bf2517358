using System.Globalization;
using System.Text.RegularExpressions;
using Picket.Core.Preparation;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync;

/// <summary>What the failure of a stage means: whether the run may go on, and what its administrator is told.</summary>
internal static partial class StageFailure
{
    public static bool EndsTheRun(WorkspaceOneException failure) =>
        failure
            is SignInRefusedException
                or ApiKeyRefusedException
                or ApiAccessDisabledException
                or QuotaExhaustedException
                or RateLimitedException;

    /// <summary>Whether a call that was about one row says something about that row only, so that the next one can be asked for.</summary>
    public static bool IsOfOneRow(WorkspaceOneException failure) =>
        !EndsTheRun(failure) && failure is not (PermissionMissingException or OutOfScopeException);

    public static string Explain(WorkspaceOneException failure, DateTimeOffset now) =>
        failure switch
        {
            PermissionMissingException => $"{failure.Message} {RowsToGrant(failure.Route)}",
            RateLimitedException { RetryAfter: { } wait } =>
                $"{failure.Message} The UEM asks to come back after {Text(now + wait)}; the next run goes on.",
            RateLimitedException => $"{failure.Message} The UEM limits its calls; the next run goes on.",
            _ => failure.Message,
        };

    /// <summary>The rows of the role editor that the catalogue knows for this route. Several can share one: all are named.</summary>
    private static string RowsToGrant(string route)
    {
        var path = Nameless(route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var rows = RightsCatalogue
            .Rows.Where(row =>
                row.Access == RightAccess.Read
                && row.Routes.Select(Nameless).Contains(path, StringComparer.OrdinalIgnoreCase)
            )
            .Select(row => $"\"{row.ConsolePath}\" ({row.Access})")
            .ToList();
        return rows.Count == 0
            ? "Run the doctor: it names the row to grant."
            : $"Grant {string.Join(" and ", rows)} to the account's role, in {ConsolePaths.Roles}.";
    }

    /// <summary>What stands for an id is called one thing in the catalogue and another by the UEM.</summary>
    private static string Nameless(string route) => Parameter().Replace(route, "{}");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private static string Text(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);
}
