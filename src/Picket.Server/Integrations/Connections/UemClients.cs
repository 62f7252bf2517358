using Microsoft.Extensions.Options;
using Picket.Server.Hosting;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Integrations;

/// <summary>Builds clients of the UEM over the one door out.</summary>
public sealed class UemClients(
    OutboundConnector connector,
    IOptions<UemOptions> options,
    SignInMemory signIns,
    WriteGate writes,
    TimeProvider time,
    ILoggerFactory logs
)
{
    public HttpMessageHandler Handler(UemAccess access) => connector.Handler(access.Authorities(), access.Proxy());

    /// <summary>A run saves its calls with each transaction; so many may come between two.</summary>
    private const int CallsBetweenSaves = 1000;

    public CallPacer Pacer(int sharePercent, QuotaSnapshot? resume = null) => Pacer(sharePercent, resume, 0);

    /// <summary>Goes on with a state that an earlier process saved, and that it may have outlived by some calls.</summary>
    public CallPacer PacerFrom(int sharePercent, QuotaSnapshot? saved) => Pacer(sharePercent, saved, CallsBetweenSaves);

    private CallPacer Pacer(int sharePercent, QuotaSnapshot? resume, int unsaved) =>
        new(
            new CallPacerOptions
            {
                Share = sharePercent / 100.0,
                CallsPerMinute = options.Value.CallsPerMinute,
                Resume = resume,
                UnsavedCalls = unsaved,
            },
            time
        );

    /// <summary>A client for lasting use, with retries.</summary>
    public WorkspaceOneClient Lasting(UemAccess access, CallPacer pacer, Action<SignInRefusedException> refused) =>
        new(
            Options(access) with
            {
                SignInRefused = refused,
            },
            Handler(access),
            pacer,
            time,
            logs.CreateLogger<WorkspaceOneClient>()
        );

    /// <summary>A client for one examination: each call is made once, over a handler that the caller disposes.</summary>
    public WorkspaceOneClient ForExamination(
        UemAccess access,
        HttpMessageHandler handler,
        CallPacer pacer,
        Action<SignInRefusedException>? refused,
        ExchangeRecorder? recorder
    ) =>
        new(
            Options(access) with
            {
                MaxRetries = 0,
                AttemptTimeout = TimeSpan.FromSeconds(Math.Min(15, options.Value.AttemptTimeoutSeconds)),
                SignInRefused = refused,
                Recorder = recorder,
            },
            handler,
            pacer,
            time,
            logs.CreateLogger<WorkspaceOneClient>()
        );

    /// <summary>
    /// A client for the one call that proves a person's account: no retry, and a guard of its own, since how often an
    /// account is tried is counted in the database.
    /// </summary>
    public WorkspaceOneClient ForProof(UemAccess access, HttpMessageHandler handler, CallPacer pacer) =>
        new(
            Options(access) with
            {
                SignIns = new SignInGuard(options.Value.LockThreshold, time),
                MaxRetries = 0,
                AttemptTimeout = TimeSpan.FromSeconds(Math.Min(15, options.Value.AttemptTimeoutSeconds)),
            },
            handler,
            pacer,
            time,
            logs.CreateLogger<WorkspaceOneClient>()
        );

    private WorkspaceOneOptions Options(UemAccess access) =>
        new()
        {
            Address = access.Address,
            Credential = access.ToCredential(),
            SignIns = signIns.GuardOf(access),
            Writes = writes,
            AttemptTimeout = TimeSpan.FromSeconds(options.Value.AttemptTimeoutSeconds),
            RetryDelay = TimeSpan.FromMilliseconds(options.Value.RetryDelayMilliseconds),
            MaxRetries = options.Value.MaxRetries,
            Paging = new PagingOptions { PageSize = options.Value.PageSize },
        };
}
