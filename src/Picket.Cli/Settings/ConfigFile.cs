using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Cli.Settings;

/// <summary>What <c>picket login</c> remembers. Holds a secret: readable by its owner alone.</summary>
internal sealed record ConfigFile(string Server, string Token, string? Ca)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public override string ToString() => $"{nameof(ConfigFile)} {{ {Server} }}";

    public static string PathIn(string folder) => Path.Combine(folder, "config.json");

    public static ConfigFile? Read(string folder)
    {
        var path = PathIn(folder);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ConfigJson.Default.ConfigFile);
        }
        catch (JsonException)
        {
            throw new UsageException($"{path} cannot be read as JSON. Remove it and run `picket login` again.");
        }
    }

    /// <summary>Writes beside the old file and renames, so that a full disk leaves the old one whole.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = PathIn(folder);
        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, OwnerOnlyFile()))
            JsonSerializer.Serialize(file, this, ConfigJson.Default.ConfigFile);
        File.Move(draft, path, overwrite: true);
    }

    public static FileStreamOptions OwnerOnlyFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ConfigFile))]
[JsonSerializable(typeof(SecretsFromInput))]
internal sealed partial class ConfigJson : JsonSerializerContext;
