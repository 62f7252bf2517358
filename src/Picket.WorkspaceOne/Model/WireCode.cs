namespace Picket.WorkspaceOne;

/// <summary>An enumeration of the UEM: the wire sends its number on some routes and its name on others.</summary>
/// <param name="Number">The number, when one was sent.</param>
/// <param name="Name">The name, when one was sent.</param>
public readonly record struct WireCode(int? Number, string? Name)
{
    /// <summary>Whatever was sent, as text.</summary>
    public override string ToString() =>
        Name ?? Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
