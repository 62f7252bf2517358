using Picket.Server.Tests.Storage;

namespace Picket.Server.Tests.Inventory;

/// <summary>One server for all tests of a class.</summary>
public class RunningPicket(DatabaseKind kind, TestPostgres postgres) : IAsyncLifetime
{
    public PicketApplication Application { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Application = await PicketApplication.StartAsync(await DatabaseStories.OptionsAsync(kind, postgres));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Application.DisposeAsync();
    }
}

public sealed class PicketOnSqlite(TestPostgres postgres) : RunningPicket(DatabaseKind.Sqlite, postgres);

public sealed class PicketOnPostgres(TestPostgres postgres) : RunningPicket(DatabaseKind.Postgres, postgres);
