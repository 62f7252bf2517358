using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Template;

namespace Picket.Server.Console;

/// <summary>
/// Calls this server's endpoints from within: 1 find the endpoint, 2 authorize as the middleware does, by the endpoint's
/// own metadata and with its own explanation of a refusal, 3 run it, 4 explain what failed as the middleware does.
/// </summary>
public sealed class OwnEndpoints(
    EndpointDataSource source,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime
)
{
    private const string Scheme = "Page";

    private readonly Lazy<IReadOnlyList<Known>> known = new(() =>
        [
            .. source
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) is true)
                .OrderBy(endpoint => endpoint.RoutePattern.InboundPrecedence)
                .Select(endpoint => new Known(endpoint)),
        ]
    );

    public async Task<bool> MayAsync(HttpMethod method, string path, ClaimsPrincipal person)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(method, new Uri(new Uri("http://picket.invalid"), path), person, scope.ServiceProvider);
        return Find(context) is { } endpoint && (await AuthorizeAsync(endpoint, context)).Result.Succeeded;
    }

    /// <param name="leaving">Ends a reading. What changes something is finished also when nobody waits for it any more.</param>
    public async Task<HttpResponseMessage> AnswerAsync(
        HttpRequestMessage request,
        ClaimsPrincipal person,
        CancellationToken leaving
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(request.Method, request.RequestUri!, person, scope.ServiceProvider);
        context.RequestAborted = request.Method == HttpMethod.Get ? leaving : lifetime.ApplicationStopping;
        await FillAsync(context, request, leaving);
        using var body = new MemoryStream();
        context.Response.Body = body;
        try
        {
            await RunAsync(context);
        }
        catch (Exception broken) when (!IsAborted(broken, context))
        {
            await ExplainAsync(broken, context); // 4
        }

        if (context.Response is { StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null })
        {
            await ExplainStatusAsync(context);
        }

        await context.Response.CompleteAsync();

        return Answer(request, context, body.ToArray());
    }

    private async Task RunAsync(DefaultHttpContext context)
    {
        if (Find(context) is not { } endpoint) // 1
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var (policy, result) = await AuthorizeAsync(endpoint, context); // 2
        var outcome = context.RequestServices.GetRequiredService<IAuthorizationMiddlewareResultHandler>();
        await outcome.HandleAsync(endpoint.RequestDelegate!, context, policy, result); // 3
    }

    private static bool IsAborted(Exception broken, DefaultHttpContext context) =>
        broken is OperationCanceledException && context.RequestAborted.IsCancellationRequested;

    private static async Task ExplainAsync(Exception broken, DefaultHttpContext context)
    {
        context.Response.Clear();
        foreach (var handler in context.RequestServices.GetServices<IExceptionHandler>())
        {
            if (await handler.TryHandleAsync(context, broken, CancellationToken.None))
            {
                return;
            }
        }
    }

    private static async Task ExplainStatusAsync(DefaultHttpContext context) =>
        await context
            .RequestServices.GetRequiredService<IProblemDetailsService>()
            .TryWriteAsync(
                new ProblemDetailsContext
                {
                    HttpContext = context,
                    ProblemDetails = { Status = context.Response.StatusCode },
                }
            );

    private static DefaultHttpContext Context(
        HttpMethod method,
        Uri address,
        ClaimsPrincipal person,
        IServiceProvider services
    )
    {
        var context = new DefaultHttpContext { RequestServices = services, User = person };
        context.Request.Method = method.Method;
        context.Request.Path = PathString.FromUriComponent(address);
        context.Request.QueryString = QueryString.FromUriComponent(address);
        return context;
    }

    private static async Task FillAsync(
        DefaultHttpContext context,
        HttpRequestMessage request,
        CancellationToken cancellation
    )
    {
        var headers = request.Headers.Concat(
            request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()
        );
        foreach (var (name, values) in headers)
        {
            context.Request.Headers[name] = values.ToArray();
        }

        if (request.Content is { } content)
        {
            context.Request.Body = await content.ReadAsStreamAsync(cancellation);
            context.Features.Set<IHttpRequestBodyDetectionFeature>(new Body());
        }
    }

    private RouteEndpoint? Find(DefaultHttpContext context)
    {
        foreach (var candidate in known.Value)
        {
            var values = new RouteValueDictionary();
            if (candidate.Answers(context.Request.Method) && candidate.Path.TryMatch(context.Request.Path, values))
            {
                context.SetEndpoint(candidate.Endpoint);
                context.Request.RouteValues = values;
                return candidate.Endpoint;
            }
        }

        return null;
    }

    private static async Task<(AuthorizationPolicy Policy, PolicyAuthorizationResult Result)> AuthorizeAsync(
        RouteEndpoint endpoint,
        DefaultHttpContext context
    )
    {
        var services = context.RequestServices;
        var policy = await AuthorizationPolicy.CombineAsync(
            services.GetRequiredService<IAuthorizationPolicyProvider>(),
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(),
            endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>()
        );
        var own = endpoint.Metadata.GetOrderedMetadata<IAuthorizationRequirementData>();
        var whole = new AuthorizationPolicyBuilder().AddRequirements([
            .. own.SelectMany(data => data.GetRequirements()),
        ]);
        whole = policy is null ? whole.RequireAuthenticatedUser() : whole.Combine(policy);
        var combined = whole.Build();
        var signedIn = context.User.Identity?.IsAuthenticated is true
            ? AuthenticateResult.Success(new AuthenticationTicket(context.User, Scheme))
            : AuthenticateResult.NoResult();
        var result = await services
            .GetRequiredService<IPolicyEvaluator>()
            .AuthorizeAsync(combined, signedIn, context, context);
        return (combined, result);
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, DefaultHttpContext context, byte[] body)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)context.Response.StatusCode)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, values) in context.Response.Headers)
        {
            if (!answer.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                answer.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return answer;
    }

    private sealed class Known(RouteEndpoint endpoint)
    {
        private readonly IReadOnlyList<string> methods =
            endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

        public RouteEndpoint Endpoint => endpoint;

        public TemplateMatcher Path { get; } =
            new(new RouteTemplate(endpoint.RoutePattern), new RouteValueDictionary(endpoint.RoutePattern.Defaults));

        public bool Answers(string method) => methods.Count == 0 || methods.Contains(method, StringComparer.Ordinal);
    }

    private sealed class Body : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
