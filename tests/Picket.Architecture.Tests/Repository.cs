namespace Picket.Architecture.Tests;

/// <summary>The checkout that the tests run from.</summary>
internal static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    public static IEnumerable<string> Sources(string folder, string pattern = "*.cs") =>
        Directory
            .EnumerateFiles(File(folder), pattern, SearchOption.AllDirectories)
            .Where(path =>
                !path.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            );

    private static string Find(string folder) =>
        Path.Exists(Path.Combine(folder, "Picket.slnx")) ? folder : Find(Directory.GetParent(folder)!.FullName);
}
