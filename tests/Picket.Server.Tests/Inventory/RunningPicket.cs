namespace Picket.Server.Tests.Inventory;

/// <summary>One server for all tests of a class.</summary>
public sealed class RunningPicket : IAsyncLifetime
{
    public PicketApplication Application { get; } = new();

    public ValueTask InitializeAsync() => Application.InitializeAsync();

    public ValueTask DisposeAsync() => Application.DisposeAsync();
}
