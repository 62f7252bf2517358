using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Picket.Api;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Hosting;

public sealed class StartTests
{
    /// <summary>One start in ten ended so. What prevents it is looked at, and not one start that was lucky.</summary>
    [Fact]
    public async Task A_clock_that_is_set_ahead_while_it_starts_does_not_end_it()
    {
        var clock = new SettableClock();
        clock.Advance(TimeSpan.FromHours(25));
        await using var picket = await PicketApplication.StartAsync(new() { Time = clock, Owned = false });

        var membership = picket.Service<IOptions<ClusterMembershipOptions>>().Value;

        Assert.False(membership.EvictWhenMaxJoinAttemptTimeExceeded);
        Assert.Null(membership.SiloGenerationRetirementAge);
    }

    [Fact]
    public async Task Answers_health_and_knows_its_owner_after_start_and_restart()
    {
        await using var picket = await PicketApplication.StartAsync();
        var cancellation = TestContext.Current.CancellationToken;

        Assert.True((await picket.NewHttp().GetAsync(Routes.Ready, cancellation)).IsSuccessStatusCode);
        Assert.Equal(TokenScope.Full, (await picket.Client.MeAsync(cancellation)).Scope);

        var before = picket.OwnerToken;
        await picket.RestartAsync();

        Assert.Equal(before, picket.OwnerToken);
        Assert.Equal(TokenScope.Full, (await picket.Client.MeAsync(cancellation)).Scope);
    }

    /// <summary>A port that was found free may be taken by another server before this one listens at it.</summary>
    [Fact]
    public async Task Listens_for_no_silo_at_a_port_that_others_may_take_first()
    {
        await using var picket = await PicketApplication.StartAsync();

        var endpoints = picket.Service<IOptions<EndpointOptions>>().Value;

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 0), endpoints.SiloListeningEndpoint);
        Assert.Equal((0, null), (endpoints.GatewayPort, endpoints.GatewayListeningEndpoint));
    }

    [Fact]
    public async Task Starts_beside_others_at_the_same_moment_and_works()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PicketApplication.StartAsync()));

        foreach (var picket in servers)
        {
            var integration = await picket.CreateIntegrationAsync();
            await picket.Client.StartRunAsync(integration.Id, new StartRun(), TestContext.Current.CancellationToken);
            await picket.DisposeAsync();
        }
    }
}
