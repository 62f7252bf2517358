using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Apps whose file the organization uploads. Each version is an app of its own.</summary>
public sealed class InternalAppOperations
{
    /// <summary>Bytes of a chunk where none are given: 1 MiB.</summary>
    public const int DefaultChunkBytes = 1024 * 1024;

    private const int MostChunkBytes = 16 * 1024 * 1024;

    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal InternalAppOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>One version of an internal app (trust S).</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen (401, 7000, trust W: no matter of signing in).</exception>
    public async Task<UemInternalApp> GetAsync(int id, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.InternalApp, caller, Reader.Number(id));
        return Reader.Required(
            await connection
                .SendAsync(call, WireContext.Default.UemInternalApp, cancellationToken)
                .ConfigureAwait(false),
            app => app.Id != 0,
            call
        );
    }

    /// <summary>
    /// Sends a file up in chunks and returns the id of the transaction for <see cref="BeginInstallAsync"/> (trust S).
    /// One chunk is in memory at a time, whatever the file's size. Nothing is made by it.
    /// </summary>
    /// <param name="file">The file from here to its end; stays the caller's to dispose.</param>
    /// <param name="length">Bytes of the file, 1 or more: the server is told with the first chunk.</param>
    /// <param name="chunkBytes">Bytes of a chunk, 1 to 16 MiB; base64 makes them a third more on the way.</param>
    /// <param name="progress">Hears of each chunk that the server has.</param>
    /// <param name="cancellationToken">Ends the upload; what the server has by then is of no use.</param>
    /// <exception cref="PermissionMissingException">The role may not publish apps.</exception>
    /// <exception cref="WorkspaceOneException">A chunk was lost or refused. Nothing was made: upload anew.</exception>
    /// <exception cref="EndOfStreamException">The file is shorter than <paramref name="length"/>.</exception>
    public async Task<string> UploadAsync(
        Stream file,
        long length,
        int chunkBytes = DefaultChunkBytes,
        IProgress<UploadProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunkBytes, MostChunkBytes);
        var buffer = new byte[(int)Math.Min(chunkBytes, length)];
        string? transaction = null;
        var number = 0;
        for (var sent = 0L; sent < length; )
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - sent));
            await file.ReadExactlyAsync(part, cancellationToken).ConfigureAwait(false);
            var body = new ChunkBody(transaction, part, ++number, part.Length, length);
            transaction = await SendAsync(body, sent, cancellationToken).ConfigureAwait(false);
            sent += part.Length;
            progress?.Report(new UploadProgress(sent, length));
        }

        return transaction!;
    }

    /// <summary>Makes an app of an uploaded file and returns it (trust S). Never repeated by the client.</summary>
    /// <param name="app">The upload, and what is known of the app.</param>
    /// <param name="cancellationToken">Cancels the wait; the app may be made nevertheless.</param>
    /// <exception cref="AlreadyThereException">The OG has this version already.</exception>
    /// <exception cref="OutOfScopeException">The organization group is not there, or out of reach.</exception>
    /// <exception cref="PermissionMissingException">The role may not publish apps.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: search for the bundle id before you try again.</exception>
    /// <exception cref="WorkspaceOneException">The transaction is not known, or something is missing (400); the message says what.</exception>
    public async Task<CatalogueApp> BeginInstallAsync(NewInternalApp app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentException.ThrowIfNullOrWhiteSpace(app.Name, nameof(app));
        ArgumentException.ThrowIfNullOrWhiteSpace(app.TransactionId, nameof(app));
        var body = new InternalAppBody
        {
            TransactionId = app.TransactionId,
            ApplicationName = app.Name,
            FileName = app.FileName,
            BundleId = app.BundleId,
            AppVersion = app.Version,
            ActualFileVersion = app.Version,
            DeviceType = app.PlatformId,
            CarryOverAssignments = app.CarriesOverAssignments,
            LocationGroupId = app.OrganizationGroupId,
            SupportedModels = new ModelList([.. app.Models.Select(model => new ModelBody(model.Id, model.Name))]),
        };
        var call = ApiCall.To(Routes.BeginInstall, caller).WithBody(body, WriteContext.Default.InternalAppBody);
        var made = await connection
            .SendAsync(call, WireContext.Default.CatalogueApp, cancellationToken)
            .ConfigureAwait(false);
        return made is { Id: > 0 } ? made : throw Reader.Unnamed(call, "app", "bundle id");
    }

    /// <summary>Switches a version on or off (trust S). A state, so the client repeats it after a lost answer.</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="active">True for on.</param>
    /// <param name="cancellationToken">Cancels the wait; the app may be switched nevertheless.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen.</exception>
    /// <exception cref="PermissionMissingException">The role may not publish apps.</exception>
    public Task SwitchAsync(int id, bool active, CancellationToken cancellationToken = default) =>
        connection.ReachAsync(
            ApiCall.To(active ? Routes.ActivateInternalApp : Routes.DeactivateInternalApp, caller, Reader.Number(id)),
            cancellationToken
        );

    /// <summary>Retires a version, or brings it back (trust S). A state, so the client repeats it after a lost answer.</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="retired">True to retire.</param>
    /// <param name="cancellationToken">Cancels the wait; the app may be retired nevertheless.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen.</exception>
    /// <exception cref="PermissionMissingException">The role may not publish apps.</exception>
    public Task RetireAsync(int id, bool retired = true, CancellationToken cancellationToken = default) =>
        connection.ReachAsync(
            ApiCall.To(retired ? Routes.RetireInternalApp : Routes.UnretireInternalApp, caller, Reader.Number(id)),
            cancellationToken
        );

    /// <summary>Deletes a version, and takes it off the devices that have it (trust W).</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="cancellationToken">Cancels the wait; the app may be gone nevertheless.</param>
    /// <exception cref="NotFoundException">It is not there: before, or since a call of which the answer was lost.</exception>
    /// <exception cref="PermissionMissingException">The role may not publish apps.</exception>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        connection.DoAsync(ApiCall.To(Routes.DeleteInternalApp, caller, Reader.Number(id)), cancellationToken);

    private async Task<string> SendAsync(ChunkBody body, long before, CancellationToken cancellationToken)
    {
        var call = ApiCall.To(Routes.UploadChunk, caller).WithBody(body, WriteContext.Default.ChunkBody);
        try
        {
            var taken = await connection
                .SendAsync(call, WireContext.Default.UploadedChunk, cancellationToken)
                .ConfigureAwait(false);
            return taken is { UploadSuccess: not false } && (taken.TranscationId ?? taken.TransactionId) is { } id
                ? id
                : throw Reader.Empty(call, "the id of the upload");
        }
        catch (AmbiguousOutcomeException lost)
        {
            // An upload without an app is nothing yet, so there is nothing to read back.
            throw new WorkspaceOneException(
                lost.Facts with
                {
                    Reason = $"The upload broke off after {before} bytes; nothing was made. Upload anew. {lost.Reason}",
                },
                lost
            );
        }
    }
}
