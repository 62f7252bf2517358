using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Hosting;
using Picket.WorkspaceOne.Emulator.State;

namespace Picket.WorkspaceOne.Emulator.Control;

/// <summary>The state as one document: read it to save it, put it back to load it. No file of this machine is touched.</summary>
internal static class StateControl
{
    public static void Map(ControlTable routes, Uem uem, EmulatorCredentials credentials)
    {
        routes.Get("saved", _ => JsonSerializer.SerializeToElement(StateFile.Of(uem, credentials), StateFile.Json));
        routes.Put<JsonElement>(
            "saved",
            (_, state) =>
            {
                StateFile.Parse(state.GetRawText()).LoadInto(uem);
                return null;
            }
        );
    }
}
