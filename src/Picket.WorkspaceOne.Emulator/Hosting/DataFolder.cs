namespace Picket.WorkspaceOne.Emulator.Hosting;

/// <summary>Where CA and credentials are kept; a temporary one goes with its owner.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly bool temporary;

    private DataFolder(string path, bool temporary)
    {
        Path = path;
        this.temporary = temporary;
    }

    public string Path { get; }

    public static DataFolder Open(string? path) =>
        path is null
            ? new DataFolder(Directory.CreateTempSubdirectory("picket-emulator-").FullName, temporary: true)
            : new DataFolder(Directory.CreateDirectory(path).FullName, temporary: false);

    public void Dispose()
    {
        if (temporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
