using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Tests.Conformance;

/// <summary>One call of the walk, and what came back.</summary>
/// <param name="Route">Method and template, as the emulator names its routes.</param>
/// <param name="Path">What was called, with its query.</param>
/// <param name="Body">Null: the answer has none.</param>
internal sealed record Step(string Route, int Version, string Path, int Status, JsonElement? Body)
{
    public string Method => Route[..Route.IndexOf(' ', StringComparison.Ordinal)];

    public string Template => Route[(Route.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    public override string ToString() => $"{Route} v{Version}: {Status} at {Path}";
}
