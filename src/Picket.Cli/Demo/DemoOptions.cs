namespace Picket.Cli.Demo;

/// <summary>What <c>./run demo</c> was told.</summary>
/// <param name="Port">Of the server; 0 for a free one, null for the usual one or, where that is taken, a free one.</param>
/// <param name="Environment">File to <c>source</c>, with what <c>picket</c> needs to know of this demo; null for none.</param>
internal sealed record DemoOptions(
    int Devices,
    int Seed,
    int? Port,
    bool Once,
    FileInfo ServerProgram,
    FileInfo EmulatorProgram,
    DirectoryInfo Feeds,
    FileInfo? Environment
);
