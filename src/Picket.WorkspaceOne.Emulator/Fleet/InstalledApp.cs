namespace Picket.WorkspaceOne.Emulator.Fleet;

internal sealed record InstalledApp(string BundleId, string Name, string Version, bool Managed, long Size);
