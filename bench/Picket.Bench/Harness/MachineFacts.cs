using System.Runtime.InteropServices;

namespace Picket.Bench.Harness;

/// <summary>What the figures were taken on. Ratios travel between machines, absolute times do not.</summary>
internal sealed record MachineFacts(int Cores, string Processor, string System, string Runtime, string Load, string At)
{
    public static MachineFacts Read() =>
        new(
            Environment.ProcessorCount,
            Model(),
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "",
            $"{TimeProvider.System.GetUtcNow():u}"
        );

    private static string Model() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal), "")
                .Split(':')[^1]
                .Trim()
            : "";
}
