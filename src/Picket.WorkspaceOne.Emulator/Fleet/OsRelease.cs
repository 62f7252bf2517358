namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>An operating-system release with its share (weight) among the devices of its branch.</summary>
internal sealed record OsRelease(int Branch, string Version, string Build, int Weight, DateOnly? Patch = null);
