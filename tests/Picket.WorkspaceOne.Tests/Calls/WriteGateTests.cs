using System.Net;
using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

/// <summary>Behind a closed gate nothing that changes something goes out; what only reads does.</summary>
public sealed class WriteGateTests
{
    private const string Closed = "All writes are stopped.";

    private readonly WriteGate gate = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WorkspaceOneOptions Options => Clients.Options with { Writes = gate };

    private static Func<HttpResponseMessage> Tagged =>
        () => ScriptedServer.Json("""{"TotalItems":1,"AcceptedItems":1,"FailedItems":0}""");

    [Fact]
    public async Task Holds_back_a_write_and_lets_a_read_pass()
    {
        var server = ScriptedServer.Always("""{"ProductVersion":"25.11"}""");
        using var client = Clients.For(server, Options);
        gate.Close(Closed);

        var stopped = await Assert.ThrowsAsync<WritesStoppedException>(() =>
            client.Messages.PushAsync(7, "Hello", Cancel)
        );

        Assert.Equal((FailureStage.Stopped, Closed, false), (stopped.Stage, stopped.Reason, stopped.SentBefore));
        Assert.Empty(server.Requests);
        Assert.Equal("25.11", (await client.GetSystemInfoAsync(Cancel)).ProductVersion);
    }

    [Fact]
    public async Task Lets_writes_pass_once_it_is_open_again()
    {
        var server = ScriptedServer.InOrder(Tagged);
        using var client = Clients.For(server, Options);
        gate.Close(Closed);
        await Assert.ThrowsAsync<WritesStoppedException>(() => client.Tags.AddDevicesAsync(1, [7], Cancel));

        gate.Open();
        await client.Tags.AddDevicesAsync(1, [7], Cancel);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Counts_what_is_under_way_and_waits_for_its_end()
    {
        var held = new HeldServer(ScriptedServer.InOrder(Tagged));
        using var client = Clients.For(held, Options);
        var writing = client.Tags.AddDevicesAsync(1, [7], Cancel);
        var request = await held.NextAsync(Cancel);

        gate.Close(Closed);
        var ended = gate.EndedAsync(Cancel);

        Assert.Equal(1, gate.UnderWay);
        Assert.False(ended.IsCompleted);
        request.SetResult();
        await writing; // What had passed the gate ends as it would have.
        await ended;
        Assert.Equal(0, gate.UnderWay);
    }

    /// <summary>The first attempt may have been acted on: to say "not sent" would be a lie.</summary>
    [Fact]
    public async Task Says_of_a_retry_that_it_held_back_that_it_was_sent_before()
    {
        var server = new ScriptedServer(
            (_, _) =>
            {
                gate.Close(Closed);
                return ScriptedServer.Error(HttpStatusCode.InternalServerError, 1000, "Internal Server Error");
            }
        );
        using var client = Clients.For(server, Options);

        var stopped = await Assert.ThrowsAsync<WritesStoppedException>(() =>
            client.Tags.AddDevicesAsync(1, [7], Cancel)
        );

        Assert.True(stopped.SentBefore);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Says_of_a_retry_of_what_was_turned_away_that_nothing_was_done()
    {
        var server = new ScriptedServer(
            (_, _) =>
            {
                gate.Close(Closed);
                return ScriptedServer.Error(HttpStatusCode.TooManyRequests, 1000, "Too many");
            }
        );
        using var client = Clients.For(server, Options);

        var stopped = await Assert.ThrowsAsync<WritesStoppedException>(() =>
            client.Messages.PushAsync(7, "Hello", Cancel)
        );

        Assert.False(stopped.SentBefore);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Nothing_begins_after_it_was_closed_whatever_goes_on_at_once()
    {
        var late = 0;
        var closed = false;
        var server = new ScriptedServer(
            (_, _) =>
            {
                late += Volatile.Read(ref closed) ? 1 : 0;
                return Tagged();
            }
        );
        using var client = Clients.For(server, Options);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable
            .Range(0, 8)
            .Select(_ =>
                Task.Run(
                    async () =>
                    {
                        while (!stop.IsCancellationRequested)
                        {
                            try
                            {
                                await client.Tags.AddDevicesAsync(1, [7], Cancel);
                            }
                            catch (WritesStoppedException)
                            {
                                await Task.Yield();
                            }
                        }
                    },
                    Cancel
                )
            )
            .ToList();

        for (var round = 0; round < 50; round++)
        {
            gate.Close(Closed);
            await gate.EndedAsync(Cancel);
            Volatile.Write(ref closed, true);
            await Task.Yield();
            Volatile.Write(ref closed, false);
            gate.Open();
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal(0, late);
    }

    [Fact]
    public void Asks_before_each_route_that_is_not_a_reading()
    {
        Assert.All(Routes.All, route => Assert.Equal(route.Method != HttpMethod.Get, route.Changes));
        Assert.Contains(Routes.All, route => route is { Changes: true, Template: "mdm/devices/{id}/messages/push" });
    }
}
