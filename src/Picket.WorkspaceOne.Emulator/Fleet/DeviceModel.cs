namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>
/// A hardware model. <see cref="Name"/> is what v1 and v2 rows call Model; <see cref="Identifier"/> is what v3 tells.
/// </summary>
/// <param name="Newest">The newest release branch that the hardware runs (iOS major or Android version).</param>
/// <param name="Oldest">The release it was sold with.</param>
public sealed record DeviceModel(
    int Id,
    string Name,
    string Identifier,
    string Maker,
    int Oldest,
    int Newest,
    bool Cellular = true
)
{
    /// <summary>Without colour and size.</summary>
    public string ShortName { get; } = Name.Split(" (")[0];
}
