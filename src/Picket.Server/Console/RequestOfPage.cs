using Microsoft.AspNetCore.SignalR;

namespace Picket.Server.Console;

/// <summary>
/// What is done on a page has a request behind it, from which the audit takes the address. Without a web socket that
/// request would be the first of many, long over.
/// </summary>
internal sealed class RequestOfPage(IHttpContextAccessor requests) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocation,
        Func<HubInvocationContext, ValueTask<object?>> next
    )
    {
        requests.HttpContext ??= invocation.Context.GetHttpContext();
        return next(invocation);
    }
}
