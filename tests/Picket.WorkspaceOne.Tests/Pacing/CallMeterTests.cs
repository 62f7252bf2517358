using System.Net;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Pacing;

public sealed class CallMeterTests
{
    private const string Body = """{"ProductVersion":"25.11"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_the_calls_of_its_own_view_of_the_client_alone()
    {
        var server = new ScriptedServer((_, _) => ScriptedServer.Json(Body));
        using var client = Clients.For(server);
        var (one, other) = (new CallMeter(), new CallMeter());

        await client.GetSystemInfoAsync(Cancel);
        await client.Metered(one).GetSystemInfoAsync(Cancel);
        await client.Metered(one).Interactive.GetSystemInfoAsync(Cancel);
        await client.Interactive.Metered(other).GetSystemInfoAsync(Cancel);

        Assert.Equal((2, 2L * Body.Length), (one.Calls, one.Bytes));
        Assert.Equal((1, (long)Body.Length), (other.Calls, other.Bytes));
    }

    [Fact]
    public async Task Counts_attempts_that_were_repeated_and_the_bodies_of_errors()
    {
        var error = ScriptedServer.Error(HttpStatusCode.ServiceUnavailable, 1000, "Later");
        var length = (await error.Content.ReadAsByteArrayAsync(Cancel)).Length;
        var server = ScriptedServer.InOrder(
            () => ScriptedServer.Error(HttpStatusCode.ServiceUnavailable, 1000, "Later"),
            () => ScriptedServer.Json(Body)
        );
        using var client = Clients.For(server);
        var meter = new CallMeter();

        await client.Metered(meter).GetSystemInfoAsync(Cancel);

        Assert.Equal((2, (long)length + Body.Length), (meter.Calls, meter.Bytes));
    }
}
