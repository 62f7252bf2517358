using System.Text;

namespace Picket.Server.Tests.Intelligence;

/// <summary>Small feeds of invented apps, and the way to the sample feeds.</summary>
internal static class FeedFiles
{
    public static string Samples { get; } = Path.Combine(Root(), "samples", "feeds");

    public static MemoryStream Stalkerware(params string[] packages)
    {
        var text = new StringBuilder("- name: Example Tracker\n  type: stalkerware\n  packages:\n");
        foreach (var package in packages)
        {
            text.Append("  - ").Append(package).Append('\n');
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Picket.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
