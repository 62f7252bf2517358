using System.Globalization;
using System.Text;
using Picket.Cli.Settings;

namespace Picket.Cli.Demo;

/// <summary>
/// The file that a shell sources to talk to the demo: the newest demo's, readable by its owner alone, and gone when
/// that demo ends. Its secrets are random and open nothing but two programs on loopback.
/// </summary>
internal sealed class DemoEnvironment : IDisposable
{
    private readonly string _path;
    private readonly string _text;

    private DemoEnvironment(string path, string text) => (_path, _text) = (path, text);

    public string Path => System.IO.Path.GetRelativePath(Environment.CurrentDirectory, _path);

    public static DemoEnvironment Write(FileInfo file, DemoSite site)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Variables(site))
            text.Append("export ").Append(name).Append("='").Append(value?.Replace("'", "'\\''")).Append("'\n");
        var environment = new DemoEnvironment(file.FullName, text.ToString());
        environment.Write();
        return environment;
    }

    public void Dispose()
    {
        try
        {
            // A demo that was started later has written its own over ours.
            if (File.ReadAllText(_path) == _text)
                File.Delete(_path);
        }
        catch (FileNotFoundException)
        {
            // Somebody was faster.
        }
    }

    private void Write()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
        var draft = $"{_path}.{Environment.ProcessId}";
        using (var writer = new StreamWriter(new FileStream(draft, ConfigFile.OwnerOnlyFile())))
            writer.Write(_text);
        File.Move(draft, _path, overwrite: true);
    }

    private static IEnumerable<(string Name, string? Value)> Variables(DemoSite site) =>
        [
            ("PICKET_SERVER", site.ServerAddress.ToString().TrimEnd('/')),
            ("PICKET_TOKEN", site.Owner.Token),
            ("PICKET_UEM_PASSWORD", site.Uem.Password),
            ("PICKET_UEM_API_KEY", site.Uem.ApiKey),
            ("PICKET_UEM_CLIENT_SECRET", site.Uem.ClientSecret),
            ("PICKET_UEM_ADMINISTRATOR_PASSWORD", site.Uem.ConsolePassword),
            ("UEM_ADDRESS", site.Uem.Address),
            ("UEM_CA", site.Uem.CaFile),
            ("UEM_GROUP", site.Uem.OrganizationGroup.ToString(CultureInfo.InvariantCulture)),
            ("UEM_ACCOUNT", site.Uem.Account),
            ("UEM_ADMINISTRATOR", site.Uem.ConsoleAccount),
            ("UEM_TOKEN_ADDRESS", site.Uem.TokenAddress),
            ("UEM_CLIENT_ID", site.Uem.ClientId),
            ("UEM_CONTROL_ADDRESS", site.Uem.ControlAddress),
            ("UEM_CONTROL_TOKEN", site.Uem.ControlToken),
        ];
}
