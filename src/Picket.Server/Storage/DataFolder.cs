namespace Picket.Server.Storage;

/// <summary>The folder of the database and the key ring: for the account of the server alone.</summary>
internal static class DataFolder
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes it where it is not there. One that is there stays as its administrator made it.</summary>
    public static DirectoryInfo Create(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, Mine);

    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && (new DirectoryInfo(path).UnixFileMode & ~Mine) != 0;
}
