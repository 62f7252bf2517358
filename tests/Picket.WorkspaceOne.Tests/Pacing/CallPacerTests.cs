using System.Net.Http.Headers;
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
            await EnterAsync(pacer);
        }

        var background = await RefusedAsync(pacer, CallClass.Background);
        await EnterAsync(pacer, CallClass.Interactive);
        await EnterAsync(pacer, CallClass.Interactive);
        await RefusedAsync(pacer, CallClass.Interactive);

        Assert.Equal(new QuotaSnapshot(40, 40, time.GetUtcNow().AddHours(20), 18, 20), background.Quota);
    }

    [Fact]
    public async Task Stops_when_others_have_spent_the_quota()
    {
        var pacer = new CallPacer(time: time);
        pacer.Learn(Headers(limit: 1000, remaining: 3));

        await RefusedAsync(pacer, CallClass.Background);
        await EnterAsync(pacer, CallClass.Interactive);
    }

    [Fact]
    public async Task Starts_anew_when_the_day_of_the_server_ends()
    {
        var pacer = new CallPacer(time: time);
        pacer.Learn(Headers(limit: 1000, remaining: 0));
        await RefusedAsync(pacer, CallClass.Interactive);

        time.Advance(TimeSpan.FromHours(20));
        await EnterAsync(pacer);

        Assert.Equal(1, pacer.Snapshot.CallsMade);
    }

    [Theory]
    [InlineData(74, 1000, 56)] // six were spent since, one of them by the call that brought this answer
    [InlineData(20, 30, 81)]
    [InlineData(79, 1000, 51)]
    public async Task Takes_calls_that_nobody_saved_for_its_own_up_to_a_bound(int remaining, int unsaved, int made)
    {
        var saved = new QuotaSnapshot(100, 80, time.GetUtcNow().AddHours(20), 50, 100);
        var pacer = new CallPacer(
            new()
            {
                Share = 1,
                Resume = saved,
                UnsavedCalls = unsaved,
            },
            time
        );
        await EnterAsync(pacer);

        pacer.Learn(Headers(limit: 100, remaining: remaining));
        pacer.Learn(Headers(limit: 100, remaining: remaining - 10));

        Assert.Equal(made, pacer.Snapshot.CallsMade);
    }

    [Fact]
    public async Task Keeps_its_count_when_the_nodes_of_a_uem_name_ends_that_differ_by_seconds()
    {
        var pacer = new CallPacer(time: time);
        for (var call = 0; call < 10; call++)
        {
            await EnterAsync(pacer);
            pacer.Learn(Headers(1000, 990 - call, End.AddSeconds(call % 3)));
        }

        Assert.Equal((10, 981L, End), (pacer.Snapshot.CallsMade, pacer.Snapshot.Remaining, pacer.Snapshot.ResetAt));
    }

    [Fact]
    public async Task Starts_anew_when_the_server_names_a_later_day()
    {
        var pacer = new CallPacer(time: time);
        pacer.Learn(Headers(1000, 0, End));
        await RefusedAsync(pacer, CallClass.Interactive);

        pacer.Learn(Headers(1000, 999, End.AddHours(24)));
        pacer.Learn(Headers(1000, 0, End)); // overtaken on its way
        await EnterAsync(pacer);

        Assert.Equal(new QuotaSnapshot(1000, 999, End.AddHours(24), 2, 500), pacer.Snapshot);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("soon")]
    [InlineData("1762")]
    [InlineData("32503680000")]
    public async Task Takes_a_day_of_24_hours_where_the_server_names_no_usable_end(string? reset)
    {
        var pacer = new CallPacer(new CallPacerOptions { Share = 0.5, InteractiveReserve = 0 }, time);
        pacer.Learn(Headers(10, 9, reset));
        for (var call = 0; call < 5; call++)
        {
            await EnterAsync(pacer);
        }

        await RefusedAsync(pacer, CallClass.Background);
        time.Advance(TimeSpan.FromHours(23));
        pacer.Learn(Headers(10, 9, reset));
        await RefusedAsync(pacer, CallClass.Background);
        time.Advance(TimeSpan.FromHours(1));
        await EnterAsync(pacer);

        Assert.Equal(1, pacer.Snapshot.CallsMade);
    }

    [Fact]
    public void Reads_an_end_in_milliseconds()
    {
        var pacer = new CallPacer(time: time);

        pacer.Learn(Headers(10, 9, $"{End.ToUnixTimeMilliseconds()}"));

        Assert.Equal(End, pacer.Snapshot.ResetAt);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public async Task Goes_by_the_clock_of_the_server_when_ours_is_wrong(int hoursAhead)
    {
        var pacer = new CallPacer(time: time);
        var there = time.GetUtcNow().AddHours(-hoursAhead);
        for (var call = 0; call < 3; call++)
        {
            await EnterAsync(pacer);
            pacer.Learn(Headers(1000, 900 - call, there.AddHours(20), there));
        }

        Assert.Equal((3, 898L), (pacer.Snapshot.CallsMade, pacer.Snapshot.Remaining));
        time.Advance(TimeSpan.FromHours(20));
        await EnterAsync(pacer);
        Assert.Equal(1, pacer.Snapshot.CallsMade);
    }

    [Fact]
    public async Task Forgets_nothing_over_a_restart_although_our_clock_is_ahead()
    {
        var there = time.GetUtcNow().AddHours(-30);
        var earlier = new QuotaSnapshot(100, 80, there.AddHours(1), 30, 50);
        var pacer = new CallPacer(new CallPacerOptions { Resume = earlier }, time);

        await EnterAsync(pacer);
        pacer.Learn(Headers(100, 79, there.AddHours(1), there));

        Assert.Equal(31, pacer.Snapshot.CallsMade);
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
                await EnterAsync(pacer);
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
        var waiting = EnterAsync(pacer, CallClass.Interactive).AsTask();

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
        Assert.ThrowsAsync<QuotaExhaustedException>(() => EnterAsync(pacer, callClass).AsTask());

    private static DateTimeOffset End => new(2026, 11, 2, 4, 0, 0, TimeSpan.Zero);

    private static ValueTask EnterAsync(CallPacer pacer, CallClass callClass = CallClass.Background) =>
        pacer.EnterAsync(callClass, "GET x", TimeSpan.FromMinutes(2), Cancel);

    private static HttpResponseHeaders Headers(long limit, long remaining) => Headers(limit, remaining, End);

    private static HttpResponseHeaders Headers(
        long limit,
        long remaining,
        DateTimeOffset reset,
        DateTimeOffset? date = null
    )
    {
        var headers = Headers(limit, remaining, $"{reset.ToUnixTimeSeconds()}");
        headers.Date = date;
        return headers;
    }

    private static HttpResponseHeaders Headers(long limit, long remaining, string? reset)
    {
        var headers = new HttpResponseMessage().Headers;
        headers.Add("x-ratelimit-limit", $"{limit}");
        headers.Add("x-ratelimit-remaining", $"{remaining}");
        if (reset is not null)
        {
            headers.Add("x-ratelimit-reset", reset);
        }

        return headers;
    }
}
