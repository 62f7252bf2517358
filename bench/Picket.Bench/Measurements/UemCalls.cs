using System.Text.RegularExpressions;
using Picket.Bench.Harness;
using Picket.Bench.Raw;

namespace Picket.Bench.Measurements;

/// <summary>
/// Calls of one full inventory, as the emulator saw them, beside the least that paging permits: for each list its length
/// divided by 500, rounded up.
/// </summary>
internal static partial class UemCalls
{
    private const int PageSize = 500;

    public static async Task MeasureAsync(BenchSite bench)
    {
        var fleet = await bench.FleetAsync();
        await using var server = await ServerProgram.StartAsync(bench.NewFolder());
        var integration = await server.ConnectAsync(fleet, "calls");
        var before = (await fleet.StateAsync()).Calls;
        await server.SyncAsync(integration);
        var calls = await fleet.RequestsAsync(before);

        var perDevice = calls.Where(call => OfOneDevice().IsMatch(call.Path)).ToList();
        var details = perDevice.Count(call => Detail().IsMatch(call.Path));
        var lists = await ListsAsync(fleet, calls.Except(perDevice));
        Report(bench.Report, lists, perDevice.Count - details, details);
    }

    private static void Report(Report report, List<ReadList> lists, int perDevice, int details)
    {
        var made = lists.Sum(list => list.Calls);
        var least = lists.Sum(list => list.Least);
        var note =
            $"{made} calls, {least} by arithmetic for {lists.Count(list => list.Least > 0)} lists; beside them {details} budgeted calls for details";
        report.Add(Figure.AtMost("UEM calls / arithmetic minimum", made / (double)least, 1.02, note, law: true));
        var beyond = lists.Where(list => list.Beyond > 0).ToList();
        var where = string.Join(", ", beyond.Select(list => list.Address));
        report.Add(Figure.None("calls after the total was reached", beyond.Sum(list => list.Beyond), where));
        report.Add(Figure.None("calls per device for what a listing gives", perDevice, ""));
    }

    private static async Task<List<ReadList>> ListsAsync(EmulatorProgram fleet, IEnumerable<EmulatorRequest> calls)
    {
        using var raw = new RawPages(fleet);
        var lists = new List<ReadList>();
        foreach (var list in calls.GroupBy(call => call.Path.TrimStart('/') + Page().Replace(call.Query, "")))
        {
            var pages = list.Select(call => Page().Match(call.Query)).Where(page => page.Success).ToList();
            var total = pages.Count == 0 ? null : await raw.TotalAsync($"/{list.Key}");
            var least = OneThing().IsMatch(list.Key) ? 0 : Math.Max(1, ((total ?? 0) + PageSize - 1) / PageSize);
            var beyond = pages.Count(page => int.Parse(page.Groups["page"].ValueSpan, null) >= least);
            lists.Add(new ReadList(list.Key, list.Count(), least, beyond));
        }

        return lists;
    }

    [GeneratedRegex("(?<=[?&])page=(?<page>[0-9]+)&?")]
    private static partial Regex Page();

    [GeneratedRegex("/mdm/devices/([0-9]+|[0-9a-f]{8}-[0-9a-f-]+)(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex OfOneDevice();

    [GeneratedRegex("/(apps/search|security)$", RegexOptions.IgnoreCase)]
    private static partial Regex Detail();

    /// <summary>No list at all: it counts as a call more than the arithmetic has.</summary>
    [GeneratedRegex("/[0-9]+[?]?$")]
    private static partial Regex OneThing();

    private sealed record ReadList(string Address, int Calls, int Least, int Beyond);
}
