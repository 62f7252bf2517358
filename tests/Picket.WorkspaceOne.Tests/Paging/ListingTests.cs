using System.Net;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Tests.Support;
using Picket.WorkspaceOne.Tests.Wire;

namespace Picket.WorkspaceOne.Tests.Paging;

public sealed class ListingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Reads_every_row_once_with_no_call_beyond_the_total(int inFlight)
    {
        var server = Fleet([.. Enumerable.Range(1, 23)], pageSize: 5);

        var result = await ReadAsync(server, pageSize: 5, inFlight);

        Assert.Equal(Enumerable.Range(1, 23), result.Items.Select(device => device.Id));
        Assert.True(result.Report.Complete);
        Assert.Equal((5, 5, 23), (result.Report.Calls, server.Requests.Count, result.Report.ExpectedTotal));
    }

    [Fact]
    public async Task Asks_no_empty_page_when_the_last_one_is_full()
    {
        var server = Fleet([.. Enumerable.Range(1, 10)], pageSize: 5);

        var result = await ReadAsync(server, pageSize: 5);

        Assert.Equal(2, server.Requests.Count);
        Assert.True(result.Report.Complete);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"Devices":[],"Total":0}""")]
    [InlineData("""{"Devices":null}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Takes_every_form_of_nothing_for_an_empty_listing(string body)
    {
        var server = new ScriptedServer(
            (_, _) => body.Length == 0 ? new HttpResponseMessage(HttpStatusCode.NoContent) : ScriptedServer.Json(body)
        );

        var result = await ReadAsync(server, pageSize: 5);

        Assert.Empty(result.Items);
        Assert.True(result.Report.Complete);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Follows_a_server_that_cuts_the_page_size()
    {
        var server = Fleet([.. Enumerable.Range(1, 23)], pageSize: 4);

        var result = await ReadAsync(server, pageSize: 10);

        Assert.Equal(23, result.Items.Count);
        Assert.True(result.Report.Complete);
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task Calls_a_listing_incomplete_when_the_total_promises_more_than_there_is()
    {
        var server = Pages(
            [
                [1, 2],
                [3],
            ],
            total: _ => 5
        );

        var report = (await ReadAsync(server, pageSize: 2)).Report;

        Assert.False(report.Complete);
        Assert.Equal(ListingAnomalies.RowsMissing, report.Anomalies);
    }

    [Fact]
    public async Task Loses_nothing_when_the_total_is_too_low()
    {
        var server = Pages(
            [
                [1, 2],
                [3, 4],
                [5],
            ],
            total: _ => 3
        );

        var result = await ReadAsync(server, pageSize: 2);

        Assert.Equal([1, 2, 3, 4, 5], result.Items.Select(device => device.Id));
        Assert.Equal(ListingAnomalies.RowsBeyondTotal, result.Report.Anomalies);
    }

    [Fact]
    public async Task Hands_a_doubled_row_out_once_and_says_so()
    {
        var server = Pages(
            [
                [1, 2],
                [2, 4],
            ],
            total: _ => 4
        );

        var result = await ReadAsync(server, pageSize: 2);

        Assert.Equal([1, 2, 4], result.Items.Select(device => device.Id));
        Assert.Equal(1, result.Report.Duplicates);
        Assert.Equal(ListingAnomalies.DuplicateRows | ListingAnomalies.RowsMissing, result.Report.Anomalies);
    }

    [Fact]
    public async Task Calls_a_listing_incomplete_when_the_total_changes()
    {
        var report = (
            await ReadAsync(
                Pages(
                    [
                        [1, 2],
                        [3, 4],
                    ],
                    total: page => 4 - page
                ),
                pageSize: 2
            )
        ).Report;

        Assert.True(report.TotalChanged);
        Assert.False(report.Complete);
    }

    [Fact]
    public async Task Ends_when_the_same_page_comes_again_and_again()
    {
        var server = ScriptedServer.Always(Bodies.DevicePage([1, 2], total: 1000, pageSize: 2));

        var report = (await ReadAsync(server, pageSize: 2, inFlight: 1)).Report;

        Assert.True(report.Anomalies.HasFlag(ListingAnomalies.NoProgress));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Ends_at_the_page_bound_without_a_total()
    {
        var server = new ScriptedServer(
            (_, number) => ScriptedServer.Json(Bodies.DevicePage([number + 1], total: null))
        );
        using var client = Clients.For(server);

        var report = (
            await client.Devices.Search(paging: new PagingOptions { MaxPages = 7 }).ReadAllAsync(Cancel)
        ).Report;

        Assert.Equal(7, server.Requests.Count);
        Assert.Equal(ListingAnomalies.PageLimit | ListingAnomalies.TotalMissing, report.Anomalies);
    }

    [Fact]
    public async Task Leaves_out_rows_without_id_and_says_so()
    {
        var server = ScriptedServer.Always("""{"Devices":[{"Udid":"x"},{"Id":2}],"Total":2}""");

        var result = await ReadAsync(server, pageSize: 2);

        Assert.Equal([2], result.Items.Select(device => device.Id));
        Assert.True(result.Report.Anomalies.HasFlag(ListingAnomalies.RowWithoutId));
    }

    [Fact]
    public async Task Is_incomplete_when_a_page_fails_or_the_reader_leaves()
    {
        using var client = Clients.For(
            new ScriptedServer(
                (request, _) =>
                    PageOf(request) == 0
                        ? ScriptedServer.Json(Bodies.DevicePage([1, 2], 6, 2))
                        : ScriptedServer.Error(
                            HttpStatusCode.Forbidden,
                            1011,
                            "User doesn't have sufficient permissions."
                        )
            )
        );
        var paging = new PagingOptions { PageSize = 2 };
        var failing = client.Devices.Search(paging: paging);
        var left = client.Devices.Search(paging: paging);

        await Assert.ThrowsAsync<PermissionMissingException>(() => failing.ReadAllAsync(Cancel));
        await foreach (var page in left.WithCancellation(Cancel))
        {
            break;
        }

        Assert.True(failing.Report.Anomalies.HasFlag(ListingAnomalies.Stopped));
        Assert.True(left.Report.Anomalies.HasFlag(ListingAnomalies.Stopped));
        Assert.False(left.Report.Complete);
    }

    [Fact]
    public async Task Keeps_up_to_the_set_number_of_pages_in_flight_and_the_order()
    {
        var flying = 0;
        var most = 0;
        var listing = new Listing<int>(FetchAsync, id => id, new PagingOptions { PageSize = 1, PagesInFlight = 4 });

        var result = await listing.ReadAllAsync(Cancel);

        Assert.Equal(Enumerable.Range(1, 40), result.Items);
        Assert.Equal(4, most);

        async Task<PageRead<int>> FetchAsync(int page, CancellationToken cancellationToken)
        {
            var now = Interlocked.Increment(ref flying);
            most = Math.Max(most, now);
            await Task.Delay(TimeSpan.FromMilliseconds(20 + (page % 3 * 4)), TimeProvider.System, cancellationToken);
            Interlocked.Decrement(ref flying);
            return new PageRead<int>([page + 1], 40, 1);
        }
    }

    [Fact]
    public async Task Can_be_read_once_only()
    {
        using var client = Clients.For(ScriptedServer.Always("{}"));
        var listing = client.Devices.Search();
        await listing.ReadAllAsync(Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => listing.ReadAllAsync(Cancel));
    }

    private static async Task<ListingResult<UemDevice>> ReadAsync(ScriptedServer server, int pageSize, int inFlight = 8)
    {
        using var client = Clients.For(server);
        var paging = new PagingOptions { PageSize = pageSize, PagesInFlight = inFlight };
        return await client.Devices.Search(paging: paging).ReadAllAsync(Cancel);
    }

    private static ScriptedServer Fleet(int[] ids, int pageSize) =>
        new((request, _) => Answer(ids.Skip(PageOf(request) * pageSize).Take(pageSize), ids.Length, pageSize));

    private static ScriptedServer Pages(int[][] pages, Func<int, int> total) =>
        new(
            (request, _) =>
            {
                var page = PageOf(request);
                return page < pages.Length ? Answer(pages[page], total(page), pages[0].Length) : Answer([], 0, 0);
            }
        );

    private static HttpResponseMessage Answer(IEnumerable<int> ids, int total, int pageSize)
    {
        int[] rows = [.. ids];
        return rows.Length == 0
            ? new HttpResponseMessage(HttpStatusCode.NoContent)
            : ScriptedServer.Json(Bodies.DevicePage(rows, total, pageSize));
    }

    private static int PageOf(HttpRequestMessage request) =>
        int.Parse(System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query)["page"]!, null);
}
