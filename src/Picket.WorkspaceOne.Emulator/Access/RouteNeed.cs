namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>What a role needs for a route.</summary>
/// <param name="Right">Null: any signed-in administrator.</param>
/// <param name="RefusalCode">The error code when it is missing: 1011 on most routes.</param>
internal sealed record RouteNeed(Right? Right, Trust Trust, int RefusalCode = 1011);

/// <summary>How far it is known that the route needs this right.</summary>
internal enum Trust
{
    /// <summary>Documented by the vendor or by another vendor's integration guide.</summary>
    Documented,

    /// <summary>Inferred from names.</summary>
    Inferred,
}
