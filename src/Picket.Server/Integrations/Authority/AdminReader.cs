using Picket.Core.Identity;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Integrations;

/// <summary>
/// Reads the row of one administrator with the integration's own account: the whole name, one match. The listing's rows do
/// not tell who is active, so it is asked for the active ones and for the others.
/// </summary>
public sealed class AdminReader(
    UemClients clients,
    UemConnections connections,
    SecretBox secrets,
    PicketDatabase database
)
{
    // A search by name finds a handful.
    private static readonly PagingOptions Few = new() { PagesInFlight = 1, MaxPages = 4 };

    /// <summary>With the credential that is in force, unless the UEM refused it (law 10).</summary>
    public async Task<AdminReading> AsSavedAsync(IntegrationRow row, string userName, CancellationToken cancellation)
    {
        if (row.IsCredentialRefused)
        {
            return new AdminReading.NoAnswer("it refused the integration's credential. Rotate the credential first");
        }

        if (secrets.TryOpen(row) is not { } opened)
        {
            return new AdminReading.NoAnswer("the saved secrets cannot be decrypted. Rotate the credential first");
        }

        var pacer = connections.PacerOf(row);
        var reading = await ThroughAsync(
            UemAccess.Of(row, opened),
            pacer,
            userName,
            refusal => connections.MarkRefused(row.Id, row.CredentialVersion, refusal),
            cancellation
        );
        await QuotaRecord.SaveAsync(database, row.Id, pacer.Snapshot, cancellation);
        return reading;
    }

    /// <summary>With a credential that is not saved yet, and was examined before.</summary>
    internal Task<AdminReading> ThroughAsync(
        UemAccess access,
        CallPacer pacer,
        string userName,
        CancellationToken cancellation
    ) => ThroughAsync(access, pacer, userName, refused: null, cancellation);

    private async Task<AdminReading> ThroughAsync(
        UemAccess access,
        CallPacer pacer,
        string userName,
        Action<SignInRefusedException>? refused,
        CancellationToken cancellation
    )
    {
        using var handler = clients.Handler(access);
        using var client = clients.ForExamination(access, handler, pacer, refused, recorder: null);
        try
        {
            var active = await FindAsync(client.Interactive, userName, active: true, cancellation);
            var others = await FindAsync(client.Interactive, userName, active: false, cancellation);
            return Of(active, others);
        }
        catch (WorkspaceOneException failure)
        {
            return new AdminReading.NoAnswer(Words(failure));
        }
    }

    private static AdminReading Of(List<UemAdministrator> active, List<UemAdministrator> others) =>
        (active, others) switch
        {
            ([], []) => new AdminReading.Absent(),
            ([var one], []) => new AdminReading.Found(Answers.Of(one, active: true)),
            ([], [var one]) => new AdminReading.Found(Answers.Of(one, active: false)),
            // A UEM that does not heed the filter tells nothing about who is active.
            ([var one], [var same]) when one.Uuid == same.Uuid => new AdminReading.Found(Answers.Of(one, active: null)),
            _ => new AdminReading.NoAnswer("it shows several accounts of this name"),
        };

    private static async Task<List<UemAdministrator>> FindAsync(
        WorkspaceOneClient client,
        string userName,
        bool active,
        CancellationToken cancellation
    )
    {
        var listing = client.Administrators.Search(userName, paging: Few, active: active);
        var read = await listing.ReadAllAsync(cancellation);
        return
        [
            .. read.Items.Where(admin =>
                admin.Uuid is not null && string.Equals(admin.Username, userName, StringComparison.OrdinalIgnoreCase)
            ),
        ];
    }

    private static string Words(WorkspaceOneException failure) =>
        failure is PermissionMissingException
            ? $"the integration's account may not read administrators ({IntegrationHealthRules.Said(failure)}). "
                + "Grant its role API > REST > Admins: Read"
            : IntegrationHealthRules.Said(failure);
}
