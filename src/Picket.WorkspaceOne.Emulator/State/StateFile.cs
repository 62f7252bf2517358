using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.WorkspaceOne.Emulator.Hosting;

namespace Picket.WorkspaceOne.Emulator.State;

/// <summary>
/// Everything that differs from what the seed gives, as one JSON document. Loaded into a server of the same seed and
/// size it gives the same answers. It holds passwords and keys.
/// </summary>
internal sealed record StateFile(
    int Version,
    ulong Seed,
    int Devices,
    EmulatorCredentials Credentials,
    Dictionary<string, JsonElement> Parts
)
{
    private const int Current = 1;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // Tuples have fields only.
        IncludeFields = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static StateFile Of(Uem uem, EmulatorCredentials credentials) =>
        new(
            Current,
            uem.Options.Seed,
            uem.Options.Devices,
            // The token is of one start only.
            credentials with
            {
                ControlToken = "",
            },
            StateParts.Of(uem).ToDictionary(part => part.Name, part => part.Save())
        );

    public static StateFile Parse(string json)
    {
        var state = JsonSerializer.Deserialize<StateFile>(json, Json);
        return state?.Version == Current
            ? state
            : throw new FormatException($"This is no saved state of version {Current}.");
    }

    /// <summary>All or nothing is not promised: a file that was edited by hand may leave a half-loaded server.</summary>
    public void LoadInto(Uem uem)
    {
        if (Seed != uem.Options.Seed || Devices != uem.Options.Devices)
        {
            throw new FormatException(
                $"The state is of seed {Seed} with {Devices} devices, and this server has seed {uem.Options.Seed} "
                    + $"with {uem.Options.Devices}."
            );
        }

        var parts = StateParts.Of(uem);
        var missing = parts.Where(part => !Parts.ContainsKey(part.Name)).Select(part => part.Name).ToList();
        if (missing.Count > 0)
        {
            throw new FormatException($"The state lacks: {string.Join(", ", missing)}.");
        }

        foreach (var part in parts)
        {
            part.Load(Parts[part.Name]);
        }

        uem.Life.Settle();
    }
}
