namespace Picket.WorkspaceOne.Connection;

/// <summary>A compressed body that cannot be unpacked.</summary>
internal sealed class DamagedBodyException(Exception cause)
    : IOException("The compressed body cannot be unpacked.", cause);
