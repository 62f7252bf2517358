using System.Globalization;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Paging;

/// <summary>Apps have no id of their own, and a device may carry one twice.</summary>
public sealed class AppListTests
{
    private const string Work = """{"bundle_id":"org.mail","installed_version":"1","assignment_status":"Assigned"}""";
    private const string Personal =
        """{"bundle_id":"org.mail","installed_version":"1","assignment_status":"NotAssigned"}""";
    private const string Newer = """{"bundle_id":"org.mail","installed_version":"2"}""";
    private const string Nameless = """{"size":"5"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_a_work_and_a_personal_copy_and_two_versions()
    {
        var result = await ReadAsync([Work, Personal, Newer]);

        Assert.True(result.Report.Complete, result.Report.ToString());
        Assert.Equal(["1", "1", "2"], result.Items.Select(app => app.InstalledVersion));
    }

    [Fact]
    public async Task Leaves_a_row_without_a_name_out_and_says_how_many()
    {
        var result = await ReadAsync([Nameless, Work, Nameless]);

        Assert.True(result.Report.Complete, result.Report.ToString());
        Assert.Equal((1, 2), (result.Items.Count, result.Report.LeftOut));
    }

    [Fact]
    public async Task Still_notices_rows_that_moved_to_another_page()
    {
        var result = await ReadAsync([Work, Newer], [Newer]);

        Assert.False(result.Report.Complete);
        Assert.Equal(ListingAnomalies.DuplicateRows, result.Report.Anomalies & ListingAnomalies.DuplicateRows);
        Assert.Equal(2, result.Items.Count);
    }

    private static async Task<ListingResult<UemInstalledApp>> ReadAsync(params string[][] pages)
    {
        var server = new ScriptedServer(
            (request, _) =>
            {
                var query = request.RequestUri!.Query;
                var start = query.IndexOf("page=", StringComparison.Ordinal) + 5;
                var page = int.Parse(query[start..query.IndexOf('&', start)], CultureInfo.InvariantCulture);
                return ScriptedServer.Json(
                    $$"""{"app_items":[{{string.Join(',', pages[page])}}],"TotalResults":{{pages.Sum(rows => rows.Length)}}}"""
                );
            }
        );
        using var client = Clients.For(server);
        return await client.Devices.Apps(Guid.NewGuid(), new PagingOptions { PageSize = 2 }).ReadAllAsync(Cancel);
    }
}
