namespace Picket.WorkspaceOne.Emulator.Tests.Conformance;

/// <summary>An emulator that was walked once, for all tests that look at the steps.</summary>
public sealed class WalkedEmulator : IAsyncLifetime
{
    private Visitor? visitor;

    internal IReadOnlyList<Step> Steps { get; private set; } = [];

    internal IReadOnlyList<string> Surprises { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var role = new EmulatorOptions { Devices = 60, Role = "Console Administrator" };
        visitor = await Visitor.ComeAsync(role);
        var walker = new Walker(visitor);
        await SystemWalk.RunAsync(walker);
        await DeviceWalk.RunAsync(walker);
        await AppWalk.RunAsync(walker);
        await CommandWalk.RunAsync(walker);
        Steps = walker.Steps;
        Surprises = walker.Surprises;
    }

    public async ValueTask DisposeAsync()
    {
        if (visitor is not null)
        {
            await visitor.DisposeAsync();
        }
    }
}
