namespace Picket.Server.Tests;

/// <summary>A folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("picket-test-");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
