namespace Picket.WorkspaceOne.Emulator.Control;

internal static class ControlRoutes
{
    public static void Map(IEndpointRouteBuilder app, Uem uem, string token) { }
}
