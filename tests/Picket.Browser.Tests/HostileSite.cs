using Microsoft.Playwright;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>A server whose every row has a hostile name, and one browser.</summary>
public sealed class HostileSite : IAsyncLifetime
{
    public PicketApplication Picket { get; } = new();

    public Browser Browser { get; } = new();

    internal IReadOnlyList<HostileFleet> Fleets { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Picket.InitializeAsync();
        await Browser.InitializeAsync();
        Fleets = [.. HostileFleet.Names.Select((name, number) => new HostileFleet(Picket, name, number + 1))];
        foreach (var fleet in Fleets)
        {
            await fleet.SaveAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Picket.DisposeAsync();
    }

    public async Task<IPage> SignedInAsync() =>
        await (await Browser.OpenAsync(Picket.Http.BaseAddress!)).SignedInAsync(
            PicketApplication.Owner.Name,
            PicketApplication.Owner.Password,
            "/sign-in?ReturnUrl=/about"
        );
}
