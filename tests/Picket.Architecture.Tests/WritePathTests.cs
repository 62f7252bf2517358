namespace Picket.Architecture.Tests;

/// <summary>Each write to a UEM is marked where a stop of all writes is asked for, and passes the one gate on its way out.</summary>
public sealed class WritePathTests
{
    [Fact]
    public void Whoever_writes_the_ledger_begins_where_a_stop_is_asked_for()
    {
        var ledgers = Server()
            .Where(file => File.ReadAllText(file).Contains("new LedgerEntryRow", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(ledgers);
        Assert.All(
            ledgers,
            file =>
            {
                var text = File.ReadAllText(file);
                Assert.Contains("WriteStops.BeginMarkAsync(", text, StringComparison.Ordinal);
                Assert.DoesNotContain("DurableTransaction.BeginAsync(", text, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void Only_one_place_makes_clients_and_gives_them_the_gate()
    {
        var makes = Server()
            .Where(file => File.ReadAllText(file).Contains("WorkspaceOneOptions", StringComparison.Ordinal))
            .ToList();

        var one = Assert.Single(makes);
        Assert.Equal("UemClients.cs", Path.GetFileName(one));
        Assert.Contains("Writes = writes,", File.ReadAllText(one), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_sends_in_one_place_behind_the_gate()
    {
        var sends = Repository
            .Sources("src/Picket.WorkspaceOne")
            .Where(file => File.ReadAllText(file).Contains("http.SendAsync(", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

        Assert.Contains("gate?.Pass(", sends["WorkspaceOneConnection.cs"], StringComparison.Ordinal);
        // What asks for a token writes nothing in the UEM.
        Assert.All(sends.Keys, name => Assert.Contains(name, new[] { "WorkspaceOneConnection.cs", "OAuthTokens.cs" }));
    }

    private static IEnumerable<string> Server() =>
        Repository.Sources("src/Picket.Server").Where(file => !file.Contains("Migrations", StringComparison.Ordinal));
}
