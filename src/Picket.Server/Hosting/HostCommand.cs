using System.Data.Common;
using Picket.Server.Integrations;
using Picket.Server.People;
using Picket.Server.Storage;

namespace Picket.Server.Hosting;

/// <summary>
/// What is done at the server's own host, in place of starting it: for days on which nobody gets in any more. Whoever can
/// run it can read the database, so it asks for no password; it works while the server runs and while it does not.
/// </summary>
internal static class HostCommand
{
    /// <summary>Exit code of a call that cannot be understood (EX_USAGE).</summary>
    public const int Misused = 64;

    /// <summary>Exit code where the database does not answer (EX_UNAVAILABLE).</summary>
    private const int Unavailable = 69;

    /// <returns>Null where the server is to be started.</returns>
    public static Func<WebApplication, Task<int>>? Asked(string[] arguments) =>
        arguments switch
        {
            [RecoveryCommand.Name, ..] => RecoveryCommand.RunAsync,
            [PasswordLinkCommand.Name, ..] => PasswordLinkCommand.RunAsync,
            _ => null,
        };

    /// <summary>Works on a database of this version.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> WithDatabaseAsync(WebApplication app, Func<PicketDbContext, Task<int>> work)
    {
        try
        {
            var database = app.Services.GetRequiredService<PicketDatabase>();
            if (!await DatabaseMigration.IsCurrentAsync(database, CancellationToken.None))
            {
                return Say(
                    Misused,
                    "There is no database of this version there. Name its Storage:DataFolder; start the server once."
                );
            }

            await using var db = database.Open();
            return await work(db);
        }
        catch (DbException failure)
        {
            return Say(Unavailable, $"The database does not answer: {failure.Message}");
        }
    }

    public static int Say(int code, string text)
    {
        (code == 0 ? System.Console.Out : System.Console.Error).WriteLine(text);
        return code;
    }
}
