using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Console;
using Picket.Server.People;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Console;

/// <summary>The API as the console's pages call it, within the process: as strict as over the network, and as clear.</summary>
public sealed class OwnApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_changes_something_asks_the_session_anew()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var owner = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        using var api = await OpenPageAsync(picket);
        await using (var db = picket.OpenDatabase())
        {
            await db.Sessions.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.EndedAt, DateTimeOffset.UnixEpoch),
                Cancel
            );
        }

        var refused = await Assert.ThrowsAsync<PicketApiException>(() => MakeTokenAsync(api));

        Assert.Equal((HttpStatusCode.Unauthorized, "Your session has ended"), (refused.Status, refused.Problem.Title));
        await using var after = picket.OpenDatabase();
        Assert.False(await after.ApiTokens.AnyAsync(row => row.Name == "made by a page", Cancel));
    }

    [Fact]
    public async Task A_role_that_was_taken_away_is_gone_at_once()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        using var api = await OpenPageAsync(picket);
        await using (var db = picket.OpenDatabase())
        {
            await db.Memberships.Where(row => row.GivenBy == "test").ExecuteDeleteAsync(Cancel);
        }

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            api.Client.RemoveFeedAsync(Guid.NewGuid(), Cancel)
        );

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.NotNull(refused.Problem.Next);
    }

    [Fact]
    public async Task A_mistake_and_a_failure_are_explained_as_over_the_network()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var owner = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        using var api = await OpenPageAsync(picket);

        var mistake = await Assert.ThrowsAsync<PicketApiException>(() =>
            api.Client.Devices(new DeviceFilter { Cursor = "none of ours" }).PageAsync(Cancel)
        );
        var nothing = await Assert.ThrowsAsync<PicketApiException>(() => api.Client.RunAsync(Guid.NewGuid(), Cancel));
        await using (var db = picket.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE devices RENAME TO devices_gone", Cancel);
        }

        var failure = await Assert.ThrowsAsync<PicketApiException>(() =>
            api.Client.DeviceAsync(Guid.NewGuid(), Cancel)
        );

        Assert.Equal(HttpStatusCode.BadRequest, mistake.Status);
        Assert.Contains("cursor", mistake.Problem.Errors!.Keys);
        Assert.Equal((HttpStatusCode.NotFound, "Nothing has this id."), (nothing.Status, nothing.Problem.Detail));
        Assert.Equal(HttpStatusCode.InternalServerError, failure.Status);
        Assert.Equal("Something went wrong in the server", failure.Problem.Title);
        Assert.NotNull(failure.Problem.TraceId);
    }

    [Fact]
    public async Task Whoever_leaves_the_page_ends_a_reading_but_nothing_that_was_begun()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var owner = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        var (endpoints, person) = (picket.Service<OwnEndpoints>(), await PersonAsync(picket));
        using var left = new CancellationTokenSource();
        await left.CancelAsync();
        using var reading = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://picket.invalid{Routes.Devices}"));
        using var making = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://picket.invalid{Routes.Tokens}"))
        {
            Content = new StringContent(
                """{"name":"begun","scope":"Read","expiresInDays":1}""",
                System.Text.Encoding.UTF8,
                "application/json"
            ),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            endpoints.AnswerAsync(reading, person, left.Token)
        );
        using var made = await endpoints.AnswerAsync(making, person, left.Token);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await using var db = picket.OpenDatabase();
        Assert.True(await db.ApiTokens.AnyAsync(row => row.Name == "begun", Cancel));
    }

    [Fact]
    public async Task The_bound_on_drafts_holds_for_pages_and_is_one_for_all_ways_to_connect()
    {
        var settings = new Dictionary<string, string?> { ["Uem:DraftsPerMinute"] = "1" };
        await using var picket = await PicketApplication.StartAsync(new() { Settings = settings });
        using var owner = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        using var api = await OpenPageAsync(picket);
        var draft = picket.Draft() with { Name = "" };

        var first = await Assert.ThrowsAsync<PicketApiException>(() =>
            api.Client.DoctorAsync(draft, cancellationToken: Cancel)
        );
        var second = await Assert.ThrowsAsync<PicketApiException>(() =>
            api.Client.CreateIntegrationAsync(draft, Cancel)
        );

        Assert.NotEqual(HttpStatusCode.TooManyRequests, first.Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.Status);
        Assert.NotNull(second.Problem.Next);
    }

    private static Task<CreatedToken> MakeTokenAsync(OwnApi api) =>
        api.Client.CreateTokenAsync(new CreateToken("made by a page", TokenScope.Read, 1), Cancel);

    /// <summary>A page of the colleague who is signed in, as it knows the person from its beginning on.</summary>
    private static async Task<OwnApi> OpenPageAsync(PicketApplication picket) =>
        new(new OpenPage(await PersonAsync(picket)), picket.Service<Sessions>(), picket.Service<OwnEndpoints>());

    private static async Task<ClaimsPrincipal> PersonAsync(PicketApplication picket)
    {
        await using var db = picket.OpenDatabase();
        var session = await db.Sessions.SingleAsync(Cancel);
        return (await picket.Service<Sessions>().PrincipalAsync(session.Id, Cancel))!;
    }

    private sealed class OpenPage(ClaimsPrincipal person) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(person));
    }
}
