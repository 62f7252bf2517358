using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Picket.Api;

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
    private readonly OwnEndpoints endpoints;
    private readonly HttpClient http;

    public OwnApi(AuthenticationStateProvider session, OwnEndpoints endpoints)
    {
        (this.session, this.endpoints) = (session, endpoints);
        http = new HttpClient(new Handler(this)) { BaseAddress = Here };
        Client = new PicketClient(http);
    }

    /// <summary>Throws <see cref="PicketApiException"/> where the endpoint refuses.</summary>
    public PicketClient Client { get; }

    /// <summary>Whether the endpoint would let the person in. A button that it would not is not offered.</summary>
    public async Task<bool> MayAsync(HttpMethod method, string path) =>
        await endpoints.MayAsync(method, path, await PersonAsync());

    public void Dispose() => http.Dispose();

    private async Task<ClaimsPrincipal> PersonAsync() => (await session.GetAuthenticationStateAsync()).User;

    private sealed class Handler(OwnApi api) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => await api.endpoints.AnswerAsync(request, await api.PersonAsync(), cancellationToken);
    }
}
