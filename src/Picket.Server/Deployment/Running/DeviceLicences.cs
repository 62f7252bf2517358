using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Lets the licences of a purchased app go to devices instead of people: a state, and one without a way back.</summary>
internal sealed class DeviceLicences(PublicationWrites writes, WorkspaceOneClient client, PublicationRow publication)
{
    public const string NoWayBack =
        "The licences of the app will go to devices instead of people. The UEM offers no way back, and an undo does not take it back.";

    public static async Task<bool> AreOnAsync(
        WorkspaceOneClient client,
        PublicationRow publication,
        CancellationToken cancellation
    ) =>
        string.Equals(
            (await client.PurchasedApps.GetAsync(publication.AppUuid, cancellation)).Eligibility,
            "Device",
            StringComparison.OrdinalIgnoreCase
        );

    /// <exception cref="DeploymentStoppedException">The account lacks the right to it.</exception>
    /// <exception cref="WorkspaceOneException">It was not done, or it is not clear: it is tried again.</exception>
    public async Task SwitchOnAsync(CancellationToken cancellation)
    {
        if (!publication.DeviceLicences || await AreOnAsync(client, publication, cancellation))
        {
            return;
        }

        var entry = await writes.MarkSentAsync(
            publication,
            LedgerKinds.EnableDeviceLicences,
            publication.AppName,
            cancellation
        );
        try
        {
            await client.PurchasedApps.EnableDeviceLicencesAsync(publication.AppId, cancellation);
        }
        catch (WorkspaceOneException failure) when (WriteFailure.Of(failure) == WriteFate.Unclear)
        {
            await writes.UnclearAsync(entry, failure, cancellation);
            throw;
        }
        catch (WorkspaceOneException failure)
        {
            await writes.FailedAsync(entry, failure, cancellation);
            throw failure is PermissionMissingException
                ? new DeploymentStoppedException(MissingRight.Explain(failure, "purchased-apps-edit", "then resume"))
                : failure;
        }

        await writes.ConfirmedAsync(entry, cancellation);
    }
}
