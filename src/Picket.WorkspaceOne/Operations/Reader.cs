using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>What all groups of operations share: the one paging loop, and numbers and dates as the UEM reads them.</summary>
internal static class Reader
{
    /// <summary>A listing whose pages are asked by <c>page</c> (from 0) and <c>pagesize</c>.</summary>
    public static Listing<T> List<T, TEnvelope>(
        this WorkspaceOneConnection connection,
        ApiCall call,
        JsonTypeInfo<TEnvelope> type,
        Func<T, long> key,
        PagingOptions? options,
        RowIdentity identity = RowIdentity.OwnId
    )
        where TEnvelope : Envelope<T>
    {
        options ??= connection.Paging;
        return new Listing<T>(FetchAsync, key, options, identity);

        async Task<PageRead<T>> FetchAsync(int page, CancellationToken cancellationToken)
        {
            var paged = call.With(("page", Number(page)), ("pagesize", Number(options.PageSize)));
            var envelope = await connection.SendAsync(paged, type, cancellationToken).ConfigureAwait(false);
            return envelope?.ToPage() ?? new PageRead<T>([], null, null);
        }
    }

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>UTC without zone, as the UEM's own dates (trust S).</summary>
    public static string? Date(DateTimeOffset? value) =>
        value?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>
    /// An answer without the object that was asked for. It is not "not found": only an error of the server says that
    /// something is absent.
    /// </summary>
    public static T Required<T>(T? value, Func<T, bool> isThere, ApiCall call)
        where T : class => value is not null && isThere(value) ? value : throw Empty(call, "the object");

    /// <summary>A call of whose answer only the success counts: the routes that change something have no body, or any.</summary>
    public static Task DoAsync(
        this WorkspaceOneConnection connection,
        ApiCall call,
        CancellationToken cancellationToken
    ) => connection.SendAsync(call, WireContext.Default.NewId, cancellationToken);

    /// <summary>A call that brings about a state: that it is so already is as good.</summary>
    public static async Task ReachAsync(
        this WorkspaceOneConnection connection,
        ApiCall call,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await connection.DoAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (AlreadyThereException)
        {
            // What was to be reached; perhaps by a call whose answer was lost.
        }
    }

    /// <summary>The id of what was made.</summary>
    /// <exception cref="AmbiguousOutcomeException">The server took it without saying its id.</exception>
    public static async Task<int> MakeAsync(
        this WorkspaceOneConnection connection,
        ApiCall call,
        string what,
        CancellationToken cancellationToken
    )
    {
        var made = await connection.SendAsync(call, WireContext.Default.NewId, cancellationToken).ConfigureAwait(false);
        return made?.Value ?? throw Unnamed(call, what, "name");
    }

    public static AmbiguousOutcomeException Unnamed(ApiCall call, string what, string by) =>
        new(
            new FailureFacts
            {
                Stage = FailureStage.Parse,
                Route = call.Name,
                Reason = $"The server took the {what} but did not say its id; search for it by {by}.",
            }
        );

    public static WorkspaceOneException Empty(ApiCall call, string what) =>
        new(
            new FailureFacts
            {
                Stage = FailureStage.Parse,
                Route = call.Name,
                Reason =
                    $"The server answered with success but without {what} that was asked for; that proves nothing.",
            }
        );
}
