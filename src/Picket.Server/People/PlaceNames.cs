using Picket.Api;
using Picket.Server.Console;

namespace Picket.Server.People;

/// <summary>The integrations that somebody may see, by name: where roles can hold.</summary>
internal static class PlaceNames
{
    public static async Task<Dictionary<Guid, string>> ReadAsync(OwnApi api, CancellationToken cancellation)
    {
        var names = new Dictionary<Guid, string>();
        await foreach (var integration in api.Client.Integrations().WithCancellation(cancellation))
        {
            names[integration.Id] = integration.Name;
        }

        return names;
    }
}
