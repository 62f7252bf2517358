using Picket.Api;
using Picket.Core.Preparation;
using Picket.WorkspaceOne.Diagnostics;

namespace Picket.Server.Integrations;

/// <summary>The diagnosis as the interface shows it.</summary>
internal static class DoctorReports
{
    private const int LongestBody = 4000;

    public static DoctorReport Of(IReadOnlyList<CheckResult> results) =>
        new()
        {
            Checks = [.. results.Select(Of)],
            Pass = Count(results, Core.Preparation.CheckState.Pass),
            Fail = Count(results, Core.Preparation.CheckState.Fail),
            Warn = Count(results, Core.Preparation.CheckState.Warn),
            NotTested = Count(results, Core.Preparation.CheckState.NotTested),
        };

    /// <param name="withBody">False for a draft: what its address answers is not told, not even masked.</param>
    public static RecordedExchange Of(Exchange exchange, bool withBody) =>
        new(
            exchange.Method,
            exchange.Route,
            exchange.RequestHeaders,
            (int)exchange.Status,
            exchange.ResponseHeaders,
            !withBody ? null
                : exchange.Body.Length > LongestBody ? exchange.Body[..LongestBody] + "…"
                : exchange.Body,
            exchange.Duration.TotalMilliseconds
        );

    public static DoctorCheck Of(CheckResult result) =>
        new()
        {
            Id = result.Id,
            Title = result.Title,
            State = Of(result.State),
            Finding = result.Finding,
            Evidence = result.Evidence is { } seen ? new(seen.Status, seen.Code, seen.Message) : null,
            Breaks = result.Breaks,
            ConsolePath = result.ConsolePath,
            Clicks = result.Clicks,
            Causes =
            [
                .. result.Causes.Select(cause => new DoctorCause(
                    cause.Text,
                    cause.Mend?.Path,
                    cause.Mend?.Clicks ?? []
                )),
            ],
        };

    private static Api.CheckState Of(Core.Preparation.CheckState state) =>
        state switch
        {
            Core.Preparation.CheckState.Pass => Api.CheckState.Pass,
            Core.Preparation.CheckState.Fail => Api.CheckState.Fail,
            Core.Preparation.CheckState.Warn => Api.CheckState.Warn,
            _ => Api.CheckState.NotTested,
        };

    private static int Count(IReadOnlyList<CheckResult> results, Core.Preparation.CheckState state) =>
        results.Count(result => result.State == state);
}
