namespace Picket.Cli.Tests.Demo;

/// <summary>The checkout that the tests run from, and the programs that were built in it as ./run builds them.</summary>
internal static class Checkout
{
    public static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary>As bin/Release/net10.0: what follows the project's folder in a path.</summary>
    private static string Built =>
        Path.GetRelativePath(Path.Combine(Root, "tests"), AppContext.BaseDirectory)
            .Split(Path.DirectorySeparatorChar, 2)[1];

    public static string Program(string project, string assembly) =>
        Path.GetFullPath(Path.Combine(Root, "src", project, Built, assembly + ".dll"));

    private static string Find(string folder) =>
        Path.Exists(Path.Combine(folder, "Picket.slnx")) ? folder : Find(Directory.GetParent(folder)!.FullName);
}
