using Microsoft.Extensions.Time.Testing;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Pacing;

public sealed class CallPacerTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stops_background_calls_before_the_reserve_and_interactive_calls_at_the_share()
    {
        var pacer = new CallPacer(new CallPacerOptions { Share = 0.5 }, time);
        pacer.Learn(Headers(limit: 40, remaining: 40));

        for (var call = 0; call < 18; call++)
        {
            await pacer.EnterAsync(CallClass.Background, "GET x", Cancel);
        }

        var background = await RefusedAsync(pacer, CallClass.Background);
        await pacer.EnterAsync(CallClass.Interactive, "GET x", Cancel);
        await pacer.EnterAsync(CallClass.Interactive, "GET x", Cancel);
        await RefusedAsync(pacer, CallClass.Interactive);

        Assert.Equal(new QuotaSnapshot(40, 40, time.GetUtcNow().AddHours(20), 18, 20), background.Quota);
    }

    [Fact]
    public async Task Stops_when_others_have_spent_the_quota()
    {
        var pacer = new CallPacer(time: time);
        pacer.Learn(Headers(limit: 1000, remaining: 3));

        await RefusedAsync(pacer, CallClass.Background);
        await pacer.EnterAsync(CallClass.Interactive, "GET x", Cancel);
    }

    [Fact]
    public async Task Starts_anew_when_the_day_of_the_server_ends()
    {
        var pacer = new CallPacer(time: time);
        pacer.Learn(Headers(limit: 1000, remaining: 0));
        await RefusedAsync(pacer, CallClass.Interactive);

        time.Advance(TimeSpan.FromHours(20));
        await pacer.EnterAsync(CallClass.Background, "GET x", Cancel);

        Assert.Equal(1, pacer.Snapshot.CallsMade);
    }

    [Fact]
    public async Task Remembers_over_a_restart_what_was_spent()
    {
        var earlier = new QuotaSnapshot(100, 80, time.GetUtcNow().AddHours(1), 50, 50);
        var pacer = new CallPacer(new CallPacerOptions { Resume = earlier }, time);

        await RefusedAsync(pacer, CallClass.Interactive);
    }

    [Fact]
    public void Takes_the_lowest_figure_when_answers_overtake_each_other()
    {
        var pacer = new CallPacer(time: time);
        pacer.Learn(Headers(limit: 100, remaining: 90));
        pacer.Learn(Headers(limit: 100, remaining: 92));

        Assert.Equal(90, pacer.Snapshot.Remaining);
    }

    [Fact]
    public async Task Never_lets_more_calls_through_in_any_minute_than_set()
    {
        var pacer = new CallPacer(new CallPacerOptions { CallsPerMinute = 5 }, time);
        var began = time.GetUtcNow();
        var entered = new List<DateTimeOffset>();

        await time.PassUntilDoneAsync(EnterAllAsync(), TimeSpan.FromSeconds(5), Cancel);

        Assert.True(entered[^1] - began >= TimeSpan.FromMinutes(2));
        Assert.All(
            entered.Skip(5).Zip(entered),
            pair => Assert.True(pair.First - pair.Second >= TimeSpan.FromMinutes(1))
        );

        async Task<int> EnterAllAsync()
        {
            for (var call = 0; call < 12; call++)
            {
                await pacer.EnterAsync(CallClass.Background, "GET x", Cancel);
                entered.Add(time.GetUtcNow());
            }

            return entered.Count;
        }
    }

    [Fact]
    public async Task Holds_everybody_back_as_long_as_the_server_asked()
    {
        var pacer = new CallPacer(time: time);
        pacer.Hold(TimeSpan.FromSeconds(30));
        var waiting = pacer.EnterAsync(CallClass.Interactive, "GET x", Cancel).AsTask();

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        await waiting;
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(1.1, 0.1)]
    [InlineData(0.5, 1)]
    public void Refuses_shares_that_make_no_sense(double share, double reserve) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new CallPacer(new CallPacerOptions { Share = share, InteractiveReserve = reserve })
        );

    private static Task<QuotaExhaustedException> RefusedAsync(CallPacer pacer, CallClass callClass) =>
        Assert.ThrowsAsync<QuotaExhaustedException>(() => pacer.EnterAsync(callClass, "GET x", Cancel).AsTask());

    private static System.Net.Http.Headers.HttpResponseHeaders Headers(long limit, long remaining) =>
        ScriptedServer
            .Quota(new HttpResponseMessage(), limit, remaining, new DateTimeOffset(2026, 11, 2, 4, 0, 0, TimeSpan.Zero))
            .Headers;
}
