using Picket.Api;
using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>
/// Makes one thing in the catalogue: 1 mark; 2 send once; 3 after a lost answer look for it, and never send again. What
/// was marked is brought to an end, whether somebody still waits for it or not.
/// </summary>
internal sealed class CatalogueWriter(CatalogueLedger ledger, Guid integration, string kind, string actor)
{
    private static readonly CancellationToken ToTheEnd = CancellationToken.None;

    /// <param name="find">Looks for it in the catalogue; null where it is not there.</param>
    /// <exception cref="DeploymentStoppedException">Nothing may be written now.</exception>
    /// <exception cref="CatalogueUnclearException">The answer is lost, and it is not listed.</exception>
    /// <exception cref="WorkspaceOneException">It was refused, or never left.</exception>
    public async Task<(CatalogueApp App, bool WasThere)> MakeAsync(
        string subject,
        Func<Task<CatalogueApp>> send,
        Func<Task<CatalogueApp?>> find,
        CancellationToken cancellation
    )
    {
        var entry = await ledger.MarkSentAsync(integration, kind, subject, actor, cancellation); // 1
        try
        {
            var made = await send(); // 2
            await ledger.ConfirmedAsync(entry, ToTheEnd);
            return (made, false);
        }
        catch (AlreadyThereException taken)
        {
            await ledger.FailedAsync(entry, taken, ToTheEnd);
            if (await find() is { } there)
            {
                return (there, true);
            }

            throw;
        }
        catch (WorkspaceOneException failure) when (WriteFailure.Of(failure) == WriteFate.Unclear)
        {
            await ledger.UnclearAsync(entry, failure, ToTheEnd);
            var found = await LookAsync(find, failure); // 3
            await ledger.ConfirmedAsync(entry, ToTheEnd);
            return (found, false);
        }
        catch (WorkspaceOneException failure)
        {
            await ledger.FailedAsync(entry, failure, ToTheEnd);
            throw;
        }
    }

    /// <summary>As <see cref="MakeAsync"/>, of a state that reading back alone proves.</summary>
    public async Task<CatalogueApp> SetAsync(
        string subject,
        Func<Task> send,
        Func<Task<CatalogueApp?>> find,
        CancellationToken cancellation
    )
    {
        var entry = await ledger.MarkSentAsync(integration, kind, subject, actor, cancellation); // 1
        WorkspaceOneException? lost = null;
        try
        {
            await send(); // 2
            await ledger.AnsweredAsync(entry, ToTheEnd);
        }
        catch (WorkspaceOneException failure) when (WriteFailure.Of(failure) == WriteFate.Unclear)
        {
            await ledger.UnclearAsync(entry, failure, ToTheEnd);
            lost = failure;
        }
        catch (WorkspaceOneException failure)
        {
            await ledger.FailedAsync(entry, failure, ToTheEnd);
            throw;
        }

        var found = await LookAsync(find, lost); // 3
        await ledger.ConfirmedAsync(entry, ToTheEnd);
        return found;
    }

    private static async Task<CatalogueApp> LookAsync(Func<Task<CatalogueApp?>> find, WorkspaceOneException? lost)
    {
        try
        {
            return await find() ?? throw new CatalogueUnclearException(lost?.Message);
        }
        catch (WorkspaceOneException failure)
        {
            throw new CatalogueUnclearException(lost?.Message ?? failure.Message);
        }
    }
}

/// <summary>Whether something was done is not known: a person looks.</summary>
internal sealed class CatalogueUnclearException(string? lost)
    : Exception(
        $"{lost ?? "The UEM took it."} The catalogue does not show it so now. Nothing is sent again by itself."
    );
