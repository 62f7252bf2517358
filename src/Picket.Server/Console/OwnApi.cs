using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.People;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Console;

/// <summary>
/// The API as pages use it: the endpoints of this server, asked as the person who looks at the page, with the same
/// rights and the same words, and without a network in between. One per page's connection.
/// </summary>
public sealed class OwnApi : IDisposable
{
    // Nothing is ever resolved or connected to: the handler answers.
    private static readonly Uri Here = new("http://picket.invalid");

    private readonly AuthenticationStateProvider session;
    private readonly Sessions sessions;
    private readonly OwnEndpoints endpoints;
    private readonly HttpClient http;

    public OwnApi(AuthenticationStateProvider session, Sessions sessions, OwnEndpoints endpoints)
    {
        (this.session, this.sessions, this.endpoints) = (session, sessions, endpoints);
        // What takes long in the server takes long here: there is no network that could have lost the answer.
        http = new HttpClient(new Handler(this)) { BaseAddress = Here, Timeout = Timeout.InfiniteTimeSpan };
        Client = new PicketClient(http);
    }

    /// <summary>Throws <see cref="PicketApiException"/> where the endpoint refuses.</summary>
    public PicketClient Client { get; }

    /// <summary>Whether the endpoint would let the person in. A button that it would not is not offered.</summary>
    public async Task<bool> MayAsync(HttpMethod method, string path) =>
        await endpoints.MayAsync(method, path, await PersonAsync());

    public void Dispose() => http.Dispose();

    private async Task<ClaimsPrincipal> PersonAsync() => (await session.GetAuthenticationStateAsync()).User;

    /// <summary>An open page may know a person as of some seconds ago. What changes something asks the session itself.</summary>
    private async Task<ClaimsPrincipal?> ActingAsync() =>
        (await PersonAsync()).SessionId() is { } id ? await sessions.PrincipalAsync(id, CancellationToken.None) : null;

    private static HttpResponseMessage Ended(HttpRequestMessage request) =>
        new(HttpStatusCode.Unauthorized)
        {
            RequestMessage = request,
            Content = JsonContent.Create(
                new Problem
                {
                    Status = StatusCodes.Status401Unauthorized,
                    Title = T("Your session has ended"),
                    Detail = T("It lasted its time, or somebody ended it. Nothing was done."),
                    Next = T("Sign in again."),
                },
                PicketApiJson.Default.Problem
            ),
        };

    private sealed class Handler(OwnApi api) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var person = request.Method == HttpMethod.Get ? await api.PersonAsync() : await api.ActingAsync();
            return person is null
                ? Ended(request)
                : await api.endpoints.AnswerAsync(request, person, cancellationToken);
        }
    }
}
