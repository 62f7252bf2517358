using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Polly;

namespace Picket.WorkspaceOne.Connection;

/// <summary>
/// The funnel. Every request to the UEM goes through <see cref="AttemptAsync"/>, in these steps:
/// 1 the right to write and to sign in, and pace; 2 authenticate, 3 version header, 4 the right to write once more, and
/// send, 5 quota, 6 redact and record, 7 judge, 8 telemetry.
/// Retries lie around all of them, so that each attempt is paced and counted.
/// </summary>
internal sealed class WorkspaceOneConnection : IDisposable
{
    private readonly WorkspaceOneOptions options;
    private readonly HttpMessageInvoker http;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly OAuthTokens? tokens;
    private readonly SignIn signIn;
    private readonly AnswerClassifier classifier;
    private readonly ResiliencePipeline retries;

    public WorkspaceOneConnection(
        WorkspaceOneOptions options,
        HttpMessageHandler handler,
        CallPacer pacer,
        TimeProvider time,
        ILogger logger
    )
    {
        this.options = options.Validated();
        this.time = time;
        this.logger = logger;
        Pacer = pacer;
        var redactor = new Redactor(options.Credential.Secrets);
        http = new HttpMessageInvoker(HandlerRules.Checked(handler), disposeHandler: false);
        tokens = options.Credential is OAuthCredential oauth
            ? new OAuthTokens(oauth, http, this.options, redactor, time)
            : null;
        signIn = new SignIn(options.Credential, tokens, this.options.SignIns!, options.SignInRefused);
        classifier = new AnswerClassifier(redactor, time);
        retries = RetryRules.Build(this.options, pacer, time);
    }

    public CallPacer Pacer { get; }

    public PagingOptions Paging => options.Paging;

    /// <summary>Sends a call, with retries where it is safe, and parses the answer; default for "nothing found".</summary>
    public async Task<T?> SendAsync<T>(ApiCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RetryRules.Call, call);
        try
        {
            return await retries
                .ExecuteAsync(
                    static async (context, state) =>
                        await state
                            .Self.AttemptAsync(
                                state.call,
                                answer => AnswerParser.Parse(state.call, answer, state.type),
                                context.CancellationToken
                            )
                            .ConfigureAwait(false),
                    context,
                    (Self: this, call, type)
                )
                .ConfigureAwait(false);
        }
        catch (WritesStoppedException stopped) when (context.Properties.GetValue(RetryRules.MayBeDone, false))
        {
            throw stopped.AfterAnAttempt();
        }
        catch (WorkspaceOneException failure) when (context.Properties.GetValue(RetryRules.MayBeDone, false))
        {
            failure.NoteSentBefore();
            throw;
        }
        catch (WorkspaceOneException failure) when (!call.Route.Repeatable && IsAmbiguous(failure))
        {
            throw new AmbiguousOutcomeException(failure.Facts, failure);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>
    /// One attempt. <paramref name="take"/> reads a success while its buffer is alive; <paramref name="observe"/> sees
    /// every answer, also one that is judged an error.
    /// </summary>
    public async Task<T> AttemptAsync<T>(
        ApiCall call,
        Func<Answer, T> take,
        CancellationToken cancellationToken,
        Action<Answer>? observe = null
    )
    {
        using var activity = Telemetry.Start(call.Name);
        try
        {
            // 1 The right to write, where it does, and to sign in, then a slot of the budget: nothing of it is spent on a call that must not go.
            var gate = call.Route.Changes ? options.Writes : null;
            gate?.ThrowIfClosed(call.Name);
            using var seat = await signIn.EnterAsync(cancellationToken).ConfigureAwait(false);
            await Pacer
                .EnterAsync(call.Caller.Class, call.Name, options.MaxRetryAfter, cancellationToken)
                .ConfigureAwait(false);
            call.Caller.Meter?.Called();
            using var request = NewRequest(call);

            // 2 Authenticate.
            var token = await AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);

            // 3 and 4 Version header; the gate, past which nothing is waited for any more; send, read the whole body within
            // bounds.
            using var answer = await ExchangeAsync(call, request, gate, cancellationToken).ConfigureAwait(false);

            // 5 Quota: what the answer says about the day.
            Pacer.Learn(answer.Headers);
            call.Caller.Meter?.Received(answer.Body.Span.Length);

            // 6 Redact and record, before anything can throw.
            Recording.Record(options.Recorder, call, request, answer);
            observe?.Invoke(answer);
            Telemetry.Answered(activity, call.Name, answer);
            Log.Answered(
                logger,
                call.Name,
                (int)answer.Status,
                (long)answer.Duration.TotalMilliseconds,
                answer.Body.Span.Length
            );

            // 7 Judge: the result, or what went wrong.
            return Judge(call, answer, token, take);
        }
        catch (WorkspaceOneException failure)
        {
            // 8 Telemetry of failures; successes are counted above.
            Telemetry.Failed(activity, call.Name, failure.Facts);
            Log.Failed(logger, call.Name, failure.Stage, (int?)failure.Status, failure.ErrorCode, failure.Reason);
            throw;
        }
    }

    public void Dispose()
    {
        http.Dispose();
        tokens?.Dispose();
    }

    private static bool IsAmbiguous(WorkspaceOneException failure) =>
        !failure.Facts.NotActedOn && failure is not SignInRefusedException and not QuotaExhaustedException;

    private HttpRequestMessage NewRequest(ApiCall call)
    {
        var request = new HttpRequestMessage(call.Route.Method, new Uri(options.Address, call.Path + call.Query));
        var accept = call.Route.Version > 0 ? $"application/json;version={call.Route.Version}" : "application/json";
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }
        else if (call.Route.Changes)
        {
            // .NET sends a request without content again by itself, whatever its method, where the connection ends before an
            // answer: a wipe would go out twice under one mark. With a body of nothing it never does.
            request.Content = new ByteArrayContent([]);
        }

        return request;
    }

    private async ValueTask<string?> AuthenticateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await signIn.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (SignInRefusedException refused)
        {
            signIn.Latch(refused);
            Log.SignInRefused(logger, refused.Reason);
            throw;
        }
    }

    private async Task<Answer> ExchangeAsync(
        ApiCall call,
        HttpRequestMessage request,
        WriteGate? gate,
        CancellationToken cancellationToken
    )
    {
        using var passage = gate?.Pass(call.Name);
        var began = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(options.AttemptTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            call.Caller.Meter?.Sending(time.GetUtcNow());
            using var response = await http.SendAsync(request, both.Token).ConfigureAwait(false);
            var received = time.GetUtcNow();
            var body = await AnswerBody
                .ReadAsync(response.Content, options.MaxResponseBytes, both.Token)
                .ConfigureAwait(false);
            return new Answer(
                response.StatusCode,
                response.Headers,
                response.Content.Headers.ContentType?.MediaType,
                body ?? throw TooLarge(call),
                received,
                time.GetElapsedTime(began)
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TransportFailures.TimedOut(call.Name, options.AttemptTimeout);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw TransportFailures.Translate(call.Name, failure);
        }
    }

    private T Judge<T>(ApiCall call, Answer answer, string? token, Func<Answer, T> take)
    {
        if (answer.IsSuccess)
        {
            // Only what could be read proves anything: a proxy's page comes as 200 too.
            var result = take(answer);
            if (answer.IsOfTheApi)
            {
                signIn.Accepted(token);
            }

            return result;
        }

        var failure = classifier.Judge(call.Route, answer, Pacer.Snapshot);
        switch (failure)
        {
            case SignInRefusedException refused:
                throw Refuse(refused, token);
            case RateLimitedException:
                // Everybody waits, whether or not this call is tried again.
                Pacer.Hold(failure.Facts.RetryAfter ?? RetryRules.FirstWaitAfter429(options));
                break;
        }

        if (AnswerClassifier.LiesBehindSignIn(failure))
        {
            signIn.Accepted(token);
        }

        throw failure;
    }

    private WorkspaceOneException Refuse(SignInRefusedException refused, string? token)
    {
        if (signIn.Refused(refused, token))
        {
            return new WorkspaceOneException(refused.Facts with { Transient = true, RetryAfter = TimeSpan.Zero });
        }

        Log.SignInRefused(logger, refused.Reason);
        return refused;
    }

    private WorkspaceOneException TooLarge(ApiCall call) =>
        new(
            new FailureFacts
            {
                Stage = FailureStage.TooLarge,
                Route = call.Name,
                Reason = $"The answer is longer than {options.MaxResponseBytes} bytes.",
            }
        );
}
