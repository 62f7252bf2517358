using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>The thin client against real HTTP.</summary>
public sealed partial class ClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_of_the_interface_has_a_method_of_the_client()
    {
        await using var stub = await PicketStub.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(stub.Address) };
        var client = new PicketClient(http, PicketStub.Token);

        foreach (var method in typeof(PicketClient).GetMethods(BindingFlags.Public | BindingFlags.Instance))
            await CallAsync(client, method);

        var called = stub.Requests.Select(request => request.Address.Split('?')[0]).ToList();
        var routes = typeof(Routes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var missing = routes
            .Where(route => route.StartsWith(Routes.Prefix + "/", StringComparison.Ordinal))
            .Where(route => !called.Exists(path => Pattern(route).IsMatch(path)));
        Assert.Empty(missing);
    }

    [Fact]
    public async Task A_list_is_read_to_its_end_page_by_page()
    {
        await using var stub = await PicketStub.StartAsync();
        var feed = Fabricate.A<FeedView>();
        stub.Do(
            "GET",
            Routes.Feeds,
            context =>
                PicketStub.WriteAsync(
                    context,
                    context.Request.Query["cursor"].ToString() == "second page/&"
                        ? new Page<FeedView>([feed with { Name = "b" }], null)
                        : new Page<FeedView>([feed with { Name = "a" }], "second page/&")
                )
        );
        using var http = new HttpClient { BaseAddress = new Uri(stub.Address) };

        var names = new List<string>();
        await foreach (
            var each in new PicketClient(http, PicketStub.Token).Feeds(limit: 1).WithCancellation(Cancellation)
        )
            names.Add(each.Name);

        Assert.Equal(["a", "b"], names);
        Assert.All(stub.Requests, request => Assert.Contains("limit=1", request.Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cursor_that_does_not_move_is_an_error_and_not_an_endless_list()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Feeds, new Page<FeedView>([], "same"));
        using var http = new HttpClient { BaseAddress = new Uri(stub.Address) };

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in new PicketClient(http, PicketStub.Token).Feeds().WithCancellation(Cancellation)) { }
        });
    }

    [Fact]
    public async Task A_page_of_another_server_is_an_error_that_says_so()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Do(
            "GET",
            Routes.Me,
            context =>
                Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                    context.Response,
                    "<html>",
                    Cancellation
                )
        );
        using var http = new HttpClient { BaseAddress = new Uri(stub.Address) };

        var failure = await Assert.ThrowsAsync<PicketApiException>(() =>
            new PicketClient(http, PicketStub.Token).MeAsync(Cancellation)
        );

        Assert.Equal(HttpStatusCode.OK, failure.Status);
        Assert.Contains("cannot read", failure.Message, StringComparison.Ordinal);
    }

    private static async Task CallAsync(PicketClient client, MethodInfo method)
    {
        if (method.DeclaringType != typeof(PicketClient))
            return;
        var arguments = method.GetParameters().Select(parameter => Argument(parameter.ParameterType));
        var result = method.Invoke(client, [.. arguments])!;
        // A list asks nothing before its first page is wanted, a stream of lines nothing before its first line.
        var call =
            result as Task
            ?? (result as IAsyncEnumerable<AuditExportLine>)?.FirstAsync(Cancellation).AsTask()
            ?? (Task)result.GetType().GetMethod("PageAsync")!.Invoke(result, [Cancellation])!;
        await Assert.ThrowsAsync<PicketApiException>(() => call);
    }

    private static object Argument(Type type) =>
        type == typeof(Stream) ? new MemoryStream()
        : type == typeof(CancellationToken) ? Cancellation
        : Fabricate.Value(type);

    private static Regex Pattern(string route) =>
        new("^" + Placeholder().Replace(route, "[^/]+") + "$", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
