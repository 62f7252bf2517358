using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Record;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>
/// The way of every API call: 1. headers and quota, 2. what the fault script wants instead, 3. the gate, 4. the route,
/// 5. the request log, 6. the answer or what the fault script leaves of it.
/// </summary>
internal sealed class ApiPipeline(Uem uem)
{
    private readonly Gate gate = new(uem.Access, uem.Options, uem.Time);

    /// <param name="route">Null: no route has this path.</param>
    public async Task RunAsync(HttpContext http, ApiRoute? route)
    {
        var path = http.Request.Path.Value ?? "";
        var fault = uem.Faults.Next(http.Request.Method, path, http.Request.QueryString.Value ?? "");
        var (answer, account) = (default(Answer), default(Account));
        try
        {
            var version = route?.Negotiate(VersionHeaders.Asked(http));
            var tooMany = SetHeaders(http, route, version); // 1
            await WaitAsync(http, fault);
            answer = tooMany ?? await InsteadAsync(http, fault); // 2
            if (answer is null && !http.RequestAborted.IsCancellationRequested)
            {
                (answer, account) = await ActAsync(http, route, version, fault); // 3, 4
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller left; there is nobody to answer.
        }
        finally
        {
            // Before the answer is out, so that whoever has it finds its call in the log.
            Record(http, route, account, answer, fault); // 5
        }

        if (answer is not null)
        {
            await SendAsync(http, answer, fault); // 6
        }
    }

    private Answer? SetHeaders(HttpContext http, ApiRoute? route, int? version)
    {
        var quota = uem.Quota.Count();
        var headers = http.Response.Headers;
        headers["x-correlation-id"] = Guid.NewGuid().ToString();
        headers["x-ratelimit-limit"] = quota.Limit.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = quota.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset"] = quota.ResetsAt.ToString(CultureInfo.InvariantCulture);
        headers.XContentTypeOptions = "nosniff";
        if (route is not null)
        {
            headers["X-Api-Version"] = string.Create(CultureInfo.InvariantCulture, $"v{version}");
            headers["api-supported-versions"] = route.SupportedVersions;
            if (Deprecations.Of(route, version) is { } warning)
            {
                headers["X-API-Warning"] = warning;
            }
        }

        return quota.WaitSeconds > 0 ? TooMany(quota.WaitSeconds) : null;
    }

    private Answer TooMany(int seconds)
    {
        const int status = StatusCodes.Status429TooManyRequests;
        var answer = uem.Options.TooManyBody switch
        {
            TooManyBody.Empty => Answer.Empty(status),
            TooManyBody.Html => Answer.Page(status, "<html><body>Too Many Requests</body></html>"),
            _ => Answer.Error(status, status, "API call limit exceeded."),
        };
        return uem.Options.RetryAfter ? answer with { RetryAfterSeconds = seconds } : answer;
    }

    private async Task WaitAsync(HttpContext http, FaultRule? fault)
    {
        var wait = uem.Options.Latency + (fault?.Action == FaultAction.Slow ? fault.Milliseconds : 0);
        if (wait > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System, http.RequestAborted);
        }
    }

    private async Task<Answer?> InsteadAsync(HttpContext http, FaultRule? fault)
    {
        switch (fault?.Action)
        {
            case FaultAction.Status:
                var code = fault.ErrorCode ?? (fault.Status == 500 ? 1000 : fault.Status);
                return Answer.Error(fault.Status, code, "The fault script says so.") with
                {
                    RetryAfterSeconds = fault.RetryAfter,
                };
            case FaultAction.Html:
                return Answer.Page(
                    StatusCodes.Status200OK,
                    "<html><body><h1>Please sign in to the proxy</h1></body></html>"
                );
            case FaultAction.Nothing:
                return Answer.Nothing;
            case FaultAction.Churn:
                uem.Tenant.Fleet.Churn();
                return null;
            case FaultAction.Timeout:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
                return null;
            case FaultAction.Reset:
                http.Abort();
                return null;
            default:
                return null;
        }
    }

    private async Task<(Answer Answer, Account? Account)> ActAsync(
        HttpContext http,
        ApiRoute? route,
        int? version,
        FaultRule? fault
    )
    {
        if (route is null)
        {
            return (Answer.NotFoundPage, null);
        }

        var passage = gate.Check(http, route.Need);
        if (passage is not { Refusal: null, Account: { } account })
        {
            return (passage.Refusal!, passage.Account);
        }

        if (uem.Options.BelowLowest == BelowLowestVersion.NotFound && route.IsBelowLowest(VersionHeaders.Asked(http)))
        {
            return (Answer.NotFoundPage, account);
        }

        if (MediaTypes.Refuse(http.Request) is { } wrongType)
        {
            return (wrongType, account);
        }

        var hasBody = HasBody(http.Request);
        using var body = hasBody ? await ReadBodyAsync(http) : JsonDocument.Parse("{}");
        if (body is null)
        {
            return (Answer.Error(400, 1036, "InvalidRequest"), account);
        }

        var call = new ApiCall(http, uem, account, passage.Groups)
        {
            Body = body.RootElement.Clone(),
            HasBody = hasBody,
            Disturbance = fault,
        };
        var answer = route.Versions[version!.Value](call);
        return (answer.Status >= 400 ? answer with { Why = answer.Why ?? Sight(passage) } : answer, account);
    }

    /// <summary>The API folds "not there" and "not yours" into one answer; the request log need not.</summary>
    private string Sight(Passage passage) =>
        $"The account sees {string.Join(", ", passage.Groups.Select(top => uem.Tenant.Tree.At(top).Name))} and what lies below.";

    private static bool HasBody(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
        && (request.ContentLength > 0 || request.Headers.ContainsKey("Transfer-Encoding"));

    /// <summary>Null: the body is no JSON.</summary>
    private static async Task<JsonDocument?> ReadBodyAsync(HttpContext http)
    {
        try
        {
            return await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task SendAsync(HttpContext http, Answer answer, FaultRule? fault)
    {
        try
        {
            switch (fault?.Action)
            {
                case FaultAction.LoseAnswer:
                    http.Abort();
                    break;
                case FaultAction.HoldAnswer:
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
                    break;
                case FaultAction.CrashAfter:
                    await AnswerWriter.WriteAsync(http, Refusals.Crash, uem.Log);
                    break;
                case FaultAction.Truncate:
                    await AnswerWriter.WriteHalfAsync(http, answer);
                    break;
                default:
                    await AnswerWriter.WriteAsync(http, answer, uem.Log);
                    break;
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller left in the middle of it.
        }
    }

    private void Record(HttpContext http, ApiRoute? route, Account? account, Answer? answer, FaultRule? fault)
    {
        var request = new LoggedRequest(
            0,
            uem.Time.GetUtcNow(),
            http.Request.Method,
            http.Request.Path.Value ?? "",
            http.Request.QueryString.Value ?? "",
            account?.Name,
            answer?.Status ?? 0,
            answer?.ErrorCode,
            answer?.MissingRight,
            fault?.Action.ToString(),
            answer?.Why
        );
        uem.Log.Add(request, route is null ? "unknown" : $"{route.Method} {route.Template}");
    }
}
