using Microsoft.Extensions.Time.Testing;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Emulator.Tests;

public sealed class FaultTests
{
    private const string Route = "mdm/devices/search";

    private static async Task<Visitor> WithAsync(FaultRule rule, int devices = 30) =>
        await Visitor.ComeAsync(new() { Devices = devices, Faults = FaultScript.Of(rule) });

    [Fact]
    public async Task Hits_every_third_call_from_the_second_on_twice()
    {
        await using var visitor = await WithAsync(
            new()
            {
                Action = FaultAction.Status,
                Status = 503,
                Every = 3,
                From = 2,
                Times = 2,
            }
        );
        var seen = new List<int>();
        for (var call = 0; call < 9; call++)
        {
            seen.Add((int)(await visitor.GetAsync(Route)).StatusCode);
        }

        Assert.Equal([200, 503, 200, 200, 503, 200, 200, 200, 200], seen);
        Assert.Equal([2], visitor.Host.FaultHits);
    }

    [Fact]
    public async Task Chooses_alike_for_the_same_seed()
    {
        var rule = new FaultRule { Action = FaultAction.Status, PerMille = 400 };
        var (first, second) = (await PatternAsync(rule), await PatternAsync(rule));
        Assert.Equal(first, second);
        Assert.Contains(503, first);
        Assert.Contains(200, first);
    }

    private static async Task<List<int>> PatternAsync(FaultRule rule)
    {
        await using var visitor = await WithAsync(rule);
        var seen = new List<int>();
        for (var call = 0; call < 20; call++)
        {
            seen.Add((int)(await visitor.GetAsync(Route)).StatusCode);
        }

        return seen;
    }

    [Fact]
    public async Task Says_how_long_to_wait_with_429()
    {
        await using var visitor = await WithAsync(
            new()
            {
                Action = FaultAction.Status,
                Status = 429,
                RetryAfter = 7,
            }
        );
        using var response = await visitor.GetAsync(Route);
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData(FaultAction.Reset)]
    [InlineData(FaultAction.Truncate)]
    [InlineData(FaultAction.LoseAnswer)]
    public async Task Breaks_the_connection(FaultAction action)
    {
        await using var visitor = await WithAsync(new() { Action = action });
        await Assert.ThrowsAsync<HttpRequestException>(() => visitor.GetAsync(Route));
    }

    [Fact]
    public async Task Says_nothing_until_the_caller_gives_up()
    {
        await using var visitor = await WithAsync(new() { Action = FaultAction.Timeout });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        using var request = visitor.Request(Route);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => visitor.SendAsync(request, patience.Token));
    }

    [Fact]
    public async Task Gives_a_proxy_page_for_json()
    {
        await using var visitor = await WithAsync(new() { Action = FaultAction.Html });
        using var response = await visitor.GetAsync(Route);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Acts_before_it_loses_the_answer()
    {
        await using var visitor = await WithAsync(
            new()
            {
                Path = "adddevices",
                Action = FaultAction.LoseAnswer,
                Times = 1,
            }
        );
        var tag = visitor.Host.Tags.Create("Mine", visitor.Host.OrganizationGroup.Index);
        var device = visitor.Host.Fleet.All.First();
        var body = new { BulkValues = new { Value = new[] { device.Id.ToString() } } };
        await Assert.ThrowsAsync<HttpRequestException>(() => visitor.PostAsync($"mdm/tags/{tag.Id}/adddevices", body));
        Assert.Single(visitor.Host.Tags.Carriers(tag));
    }

    [Theory]
    [InlineData(1, 99)]
    [InlineData(-1, 100)]
    public async Task Moves_rows_between_pages(int rows, int seen)
    {
        await using var visitor = await WithAsync(new() { Action = FaultAction.MoveRows, Rows = rows }, devices: 100);
        var ids = await ListAsync(visitor, pages: 2, size: 50);
        Assert.Equal(seen, ids.Count);
        Assert.Equal(99, ids.Distinct().Count());
    }

    [Fact]
    public async Task Lies_about_the_total_and_doubles_a_row()
    {
        await using var visitor = await WithAsync(new() { Action = FaultAction.LyingTotal, Rows = 5 }, devices: 20);
        Assert.Equal(25, (await visitor.ReadAsync(Route)).GetProperty("Total").GetInt32());

        visitor.Host.Faults = FaultScript.Of(new FaultRule { Action = FaultAction.Duplicate });
        var ids = await ListAsync(visitor, pages: 1, size: 500);
        Assert.Equal(21, ids.Count);
        Assert.Equal(20, ids.Distinct().Count());
    }

    [Fact]
    public async Task Lets_a_row_go_by_between_two_pages_without_a_sign()
    {
        await using var visitor = await WithAsync(
            new()
            {
                Query = "page=1",
                Action = FaultAction.Churn,
                Times = 1,
            },
            devices: 101
        );
        var fleet = visitor.Host.Fleet.All.ToList();
        visitor.Host.Fleet.Remove(fleet[^1]);

        var ids = await ListAsync(visitor, pages: 2, size: 50);

        Assert.Equal(100, ids.Distinct().Count());
        Assert.DoesNotContain(fleet[50].Id, ids);
        Assert.NotNull(visitor.Host.Fleet.ById(fleet[50].Id));
        Assert.Equal(100, (await visitor.ReadAsync(Route)).GetProperty("Total").GetInt32());
    }

    [Fact]
    public async Task Leaves_rows_out_and_counts_them_out_too()
    {
        await using var visitor = await WithAsync(new() { Action = FaultAction.Omit, Rows = 7 }, devices: 20);
        var body = await visitor.ReadAsync(Route);
        Assert.Equal(13, body.GetProperty("Total").GetInt32());
        Assert.Equal(13, body.GetProperty("Devices").GetArrayLength());

        visitor.Host.Faults = FaultScript.Of(new FaultRule { Action = FaultAction.Nothing });
        Assert.Equal(204, (int)(await visitor.GetAsync(Route)).StatusCode);
    }

    [Fact]
    public void Refuses_a_script_with_a_misspelt_member() =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() =>
            FaultScript.Parse("""{"rules":[{"action":"Reset","evry":3}]}""")
        );

    [Fact]
    public async Task Counts_the_quota_down_and_opens_a_new_day()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero));
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 5, DailyQuota = 2 }, time);
        using var first = await visitor.GetAsync(Route);
        Assert.Equal(
            time.GetUtcNow().AddDays(1).ToUnixTimeSeconds().ToString(),
            first.Headers.GetValues("x-ratelimit-reset").Single()
        );
        time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(200, (int)(await visitor.GetAsync(Route)).StatusCode);
        using var over = await visitor.GetAsync(Route);
        Assert.Equal(429, (int)over.StatusCode);
        Assert.Equal(TimeSpan.FromHours(19), over.Headers.RetryAfter!.Delta);
        Assert.Equal("0", over.Headers.GetValues("x-ratelimit-remaining").Single());
        time.Advance(TimeSpan.FromHours(19));
        Assert.Equal(200, (int)(await visitor.GetAsync(Route)).StatusCode);
    }

    [Theory]
    [InlineData(TooManyBody.Json, "application/json")]
    [InlineData(TooManyBody.Html, "text/html")]
    [InlineData(TooManyBody.Empty, null)]
    public async Task Refuses_beyond_the_minute_limit_in_the_chosen_form(TooManyBody choice, string? mediaType)
    {
        await using var visitor = await Visitor.ComeAsync(
            new()
            {
                Devices = 5,
                MinuteLimit = 1,
                TooManyBody = choice,
                RetryAfter = false,
            }
        );
        Assert.Equal(200, (int)(await visitor.GetAsync(Route)).StatusCode);
        using var over = await visitor.GetAsync(Route);
        Assert.Equal(429, (int)over.StatusCode);
        Assert.Equal(mediaType, over.Content.Headers.ContentType?.MediaType);
        Assert.Null(over.Headers.RetryAfter);
    }

    private static async Task<List<int>> ListAsync(Visitor visitor, int pages, int size)
    {
        var ids = new List<int>();
        for (var page = 0; page < pages; page++)
        {
            var body = await visitor.ReadAsync($"{Route}?page={page}&pagesize={size}");
            ids.AddRange(
                body.GetProperty("Devices")
                    .EnumerateArray()
                    .Select(row => row.GetProperty("Id").GetProperty("Value").GetInt32())
            );
        }

        return ids;
    }
}
