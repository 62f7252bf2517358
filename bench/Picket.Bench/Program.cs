using Picket.Bench;
using Picket.Bench.Harness;
using Picket.Bench.Measurements;
using Picket.Bench.Raw;

if (args is ["bare-host", var url])
{
    return await BareHost.RunAsync(url);
}

if (args is ["prebuilt-pages", var folder])
{
    return await PrebuiltPages.RunAsync(folder);
}

if (args is ["sql-server", .. var serverArguments])
{
    return SqlServer.Run(serverArguments);
}

if (BenchOptions.Parse(args) is not { } options)
{
    return 2;
}

await using var bench = new BenchSite(options);

(string Name, Func<BenchSite, Task> Measure)[] contents =
[
    ("emulator", EmulatorSpeed.MeasureAsync),
    ("calls", UemCalls.MeasureAsync),
    ("full-sync", FullSync.MeasureAsync),
    ("quiet-resync", QuietResync.MeasureAsync),
    ("first-paint", FirstPaint.MeasureAsync),
    ("lists", ListPages.MeasureAsync),
    ("latency", LatentSync.MeasureAsync),
    ("memory", Memory.MeasureAsync),
    ("matching", Matching.MeasureAsync),
    ("matching-speed", MatchingSpeed.MeasureAsync),
    ("fuzz", FeedFuzz.MeasureAsync),
    ("tagging", Tagging.MeasureAsync),
    ("what-if", WhatIf.MeasureAsync),
    ("imports", Imports.MeasureAsync),
    ("cold-start", ColdStart.MeasureAsync),
];

foreach (var (name, measure) in contents.Where(item => options.Wants(item.Name)))
{
    await bench.Report.RunAsync(name, () => measure(bench));
}

return await bench.Report.FinishAsync(options);
