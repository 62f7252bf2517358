using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Bad days of a UEM: what the client brings home nevertheless, and what it says about it.</summary>
public sealed class FaultTests
{
    private static readonly PagingOptions SmallPages = new() { PageSize = 20 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultAction.Status)]
    [InlineData(FaultAction.Reset)]
    [InlineData(FaultAction.Truncate)]
    [InlineData(FaultAction.Html)]
    [InlineData(FaultAction.LoseAnswer)]
    public async Task Reads_the_fleet_completely_although_every_third_call_fails(FaultAction action)
    {
        await using var uem = await Uem.StartAsync();
        uem.Break(new FaultRule { Action = action, Every = 3 });

        var result = await uem.Client().Devices.Search(uem.Group, paging: SmallPages).ReadAllAsync(Cancel);

        Assert.True(result.Report.Complete, result.Report.ToString());
        Assert.True(uem.Host.FaultHits[0] > 0);
    }

    [Fact]
    public async Task Reads_the_fleet_completely_although_answers_time_out()
    {
        await using var uem = await Uem.StartAsync();
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.Timeout,
                Every = 4,
                Times = 2,
            }
        );
        var options = uem.Options with { AttemptTimeout = TimeSpan.FromSeconds(2) };

        var result = await uem.Client(options).Devices.Search(uem.Group, paging: SmallPages).ReadAllAsync(Cancel);

        Assert.True(result.Report.Complete, result.Report.ToString());
        Assert.Equal(2, uem.Host.FaultHits[0]);
    }

    [Fact]
    public async Task Waits_out_a_429_and_finishes()
    {
        var time = new WatchedTime();
        await using var uem = await Uem.StartAsync();
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.Status,
                Status = 429,
                RetryAfter = 1,
                From = 3,
                Times = 1,
            }
        );

        var result = await uem.Client(time: time).Devices.Search(uem.Group, paging: SmallPages).ReadAllAsync(Cancel);

        Assert.True(result.Report.Complete, result.Report.ToString());
        Assert.Contains(time.Waits, wait => wait >= TimeSpan.FromSeconds(1) && wait < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Follows_no_redirect_and_does_not_ask_again()
    {
        await using var uem = await Uem.StartAsync();
        uem.Break(new FaultRule { Action = FaultAction.Status, Status = 302 });

        var failure = await Assert.ThrowsAsync<WorkspaceOneException>(() => uem.Client().GetSystemInfoAsync(Cancel));

        Assert.Equal(FailureStage.Redirect, failure.Stage);
        Assert.Equal(1, uem.Host.RequestLog.Total);
    }

    [Fact]
    public async Task Gives_up_a_storm_of_errors_after_the_set_number_of_retries()
    {
        await using var uem = await Uem.StartAsync();
        uem.Break(new FaultRule { Action = FaultAction.Status, Status = 503 });
        var listing = uem.Client().Devices.Search(uem.Group);

        await Assert.ThrowsAsync<WorkspaceOneException>(() => listing.ReadAllAsync(Cancel));

        Assert.False(listing.Report.Complete);
        Assert.Equal(5, uem.Host.RequestLog.Total);
    }

    [Theory]
    [InlineData(FaultAction.MoveRows, 1)]
    [InlineData(FaultAction.MoveRows, -1)]
    [InlineData(FaultAction.LyingTotal, 7)]
    [InlineData(FaultAction.LyingTotal, -7)]
    [InlineData(FaultAction.Duplicate, 1)]
    public async Task Says_that_an_incoherent_listing_is_incomplete_and_doubles_nothing(FaultAction action, int rows)
    {
        await using var uem = await Uem.StartAsync();
        uem.Break(
            new FaultRule
            {
                Action = action,
                Rows = rows,
                Every = 2,
            }
        );

        var result = await uem.Client().Devices.Search(uem.Group, paging: SmallPages).ReadAllAsync(Cancel);

        Assert.False(result.Report.Complete, result.Report.ToString());
        Assert.Equal(result.Items.Count, result.Items.Select(device => device.Id).Distinct().Count());
        Assert.True(uem.Host.FaultHits[0] > 0);
    }

    [Fact]
    public async Task Signs_in_with_a_wrong_password_once_and_locks_nothing()
    {
        await using var uem = await Uem.StartAsync();
        var credential = (BasicCredential)uem.Options.Credential with { Password = "not-the-password" };
        var client = uem.Client(uem.Options with { Credential = credential });

        for (var call = 0; call < 10; call++)
        {
            await Assert.ThrowsAsync<SignInRefusedException>(() => client.GetSystemInfoAsync(Cancel));
        }

        Assert.Equal(1, uem.Host.RequestLog.Total);
        Assert.False(uem.Host.Access.Account(credential.Account).Locked);
    }

    [Fact]
    public async Task Locks_nothing_when_the_password_changes_while_slow_calls_are_under_way()
    {
        await using var uem = await Uem.StartAsync();
        var client = uem.Client();
        await client.GetSystemInfoAsync(Cancel);
        uem.Break(new FaultRule { Action = FaultAction.Slow, Milliseconds = 300 });

        var listing = client.Devices.Search(uem.Group, paging: new PagingOptions { PageSize = 2, PagesInFlight = 8 });
        await using var pages = listing.GetAsyncEnumerator(Cancel);
        Assert.True(await pages.MoveNextAsync());
        var account = uem.Host.Access.Account(uem.Host.Credentials.Account);
        account.Password = "changed-in-mid-run";

        await Assert.ThrowsAsync<SignInRefusedException>(async () =>
        {
            while (await pages.MoveNextAsync()) { }
        });

        Assert.False(account.Locked);
        Assert.InRange(account.FailedSignIns, 1, uem.Host.Access.LockAfter - 1);
    }

    [Fact]
    public async Task Tells_a_revoked_key_and_a_switched_off_api_apart()
    {
        await using var uem = await Uem.StartAsync();
        var client = uem.Client();
        await client.GetSystemInfoAsync(Cancel);

        uem.Host.Access.ApiEnabled = false;
        await Assert.ThrowsAsync<ApiAccessDisabledException>(() => client.GetSystemInfoAsync(Cancel));
        uem.Host.Access.ApiEnabled = true;
        uem.Host.Access.RevokeKey(uem.Host.Credentials.ApiKey);
        await Assert.ThrowsAsync<ApiKeyRefusedException>(() => client.GetSystemInfoAsync(Cancel));
    }

    [Fact]
    public async Task Stays_under_its_share_of_the_quota_and_keeps_a_tenth_for_people()
    {
        await using var uem = await Uem.StartAsync(new EmulatorOptions { Devices = 130, DailyQuota = 20 });
        var client = uem.Client();

        await Assert.ThrowsAsync<QuotaExhaustedException>(async () =>
        {
            while (true)
            {
                await client.GetSystemInfoAsync(Cancel);
            }
        });
        var background = uem.Host.RequestLog.Total;
        await client.Interactive.GetSystemInfoAsync(Cancel);
        await Assert.ThrowsAsync<QuotaExhaustedException>(() => client.Interactive.GetSystemInfoAsync(Cancel));

        Assert.Equal((9, 10), (background, uem.Host.RequestLog.Total));
    }

    [Fact]
    public async Task Stops_at_once_when_the_caller_cancels_in_the_middle_of_a_listing()
    {
        await using var uem = await Uem.StartAsync(new EmulatorOptions { Devices = 130, Latency = 50 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var listing = uem.Client()
            .Devices.Search(uem.Group, paging: new PagingOptions { PageSize = 2, PagesInFlight = 2 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var page in listing.WithCancellation(stop.Token))
            {
                await stop.CancelAsync();
            }
        });

        Assert.False(listing.Report.Complete);
        Assert.InRange(uem.Host.RequestLog.Total, 1, 4);
    }
}
