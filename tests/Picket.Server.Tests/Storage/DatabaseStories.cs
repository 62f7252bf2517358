namespace Picket.Server.Tests.Storage;

/// <summary>
/// Stories that either database could break in its own way: a class of them has one heir for each. What no database sees
/// differently stands in the heir for SQLite: to tell it twice costs more than it proves.
/// </summary>
public abstract class DatabaseStories(DatabaseKind kind, TestPostgres postgres)
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected async Task<PicketApplication> StartAsync(PicketApplicationOptions? options = null) =>
        await PicketApplication.StartAsync(await OptionsAsync(kind, postgres, options));

    internal static async Task<PicketApplicationOptions> OptionsAsync(
        DatabaseKind kind,
        TestPostgres postgres,
        PicketApplicationOptions? options = null
    )
    {
        options ??= new PicketApplicationOptions();
        if (kind is DatabaseKind.Sqlite)
        {
            return options;
        }

        var settings = new Dictionary<string, string?>(options.Settings)
        {
            ["Storage:Postgres"] = await postgres.NewDatabaseAsync(TestContext.Current.CancellationToken),
        };
        return options with { Settings = settings };
    }
}

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
