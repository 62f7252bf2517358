using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.State;

/// <summary>One store's share of a saved state.</summary>
internal sealed record StatePart(string Name, Func<JsonElement> Save, Action<JsonElement> Load)
{
    public static StatePart Of<T>(string name, Func<T> save, Action<T> load) =>
        new(
            name,
            () => JsonSerializer.SerializeToElement(save(), StateFile.Json),
            saved =>
                load(
                    saved.Deserialize<T>(StateFile.Json)
                        ?? throw new FormatException($"The part {name} of the state is empty.")
                )
        );
}
