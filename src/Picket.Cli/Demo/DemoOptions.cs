namespace Picket.Cli.Demo;

/// <summary>What <c>./run demo</c> was told.</summary>
/// <param name="Port">Of the server; 0 for a free one, null for the usual one or, where that is taken, a free one.</param>
/// <param name="Samples">The folder with the sample feeds and policies.</param>
/// <param name="Environment">File to <c>source</c>, with what <c>picket</c> needs to know of this demo; null for none.</param>
internal sealed record DemoOptions(
    int Devices,
    int Seed,
    int? Port,
    bool Once,
    FileInfo ServerProgram,
    FileInfo EmulatorProgram,
    DirectoryInfo Samples,
    FileInfo? Environment
)
{
    public DirectoryInfo Feeds => new(Path.Combine(Samples.FullName, "feeds"));

    public FileInfo Policy => new(Path.Combine(Samples.FullName, "policies", "demo.yaml"));
}
