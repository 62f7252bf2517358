namespace Picket.Bench.Harness;

/// <summary>Where the programs under measurement lie.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The built program of a project under src, of the same configuration as this one.</summary>
    public static string Program(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name;
        var program = Path.Combine(Root, "src", project, "bin", configuration, output.Name, $"{project}.dll");
        return File.Exists(program) ? program : throw new FileNotFoundException($"{program} is not built.");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Picket.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Picket.slnx lies in no folder above.");
    }
}
