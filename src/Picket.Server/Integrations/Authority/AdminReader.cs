using Picket.Core.Identity;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Integrations;

/// <summary>
/// Reads rows of administrators with the integration's own account: by the whole name, one match, or by an address. The
/// listing's rows do not tell who is active, so it is asked for the active ones and for the others.
/// </summary>
public sealed class AdminReader(
    UemClients clients,
    UemConnections connections,
    SecretBox secrets,
    PicketDatabase database
)
{
    // A search by name or address finds a handful.
    private static readonly PagingOptions Few = new() { PagesInFlight = 1, MaxPages = 4 };

    /// <summary>With the credential that is in force, unless the UEM refused it (law 10).</summary>
    public async Task<AdminReading> AsSavedAsync(IntegrationRow row, string userName, CancellationToken cancellation)
    {
        var (reading, cause) = await AskAsSavedAsync(
            row,
            client => OfNameAsync(client, userName, cancellation),
            cancellation
        );
        return reading ?? new AdminReading.NoAnswer(cause!);
    }

    /// <summary>
    /// All accounts that a search for an address shows, as <see cref="AsSavedAsync"/>; <c>Whole</c> is false where the
    /// listing does not add up, which then says nothing about who is the only one.
    /// </summary>
    /// <returns>The accounts, or why the UEM did not tell.</returns>
    internal Task<(AddressListing? Listing, string? Cause)> OfAddressAsync(
        IntegrationRow row,
        string email,
        CancellationToken cancellation
    ) => AskAsSavedAsync(row, client => WithAddressAsync(client, email, cancellation), cancellation);

    /// <summary>With a credential that is not saved yet, and was examined before.</summary>
    internal async Task<AdminReading> ThroughAsync(
        UemAccess access,
        CallPacer pacer,
        string userName,
        CancellationToken cancellation
    )
    {
        var (reading, cause) = await AskAsync(
            access,
            pacer,
            refused: null,
            client => OfNameAsync(client, userName, cancellation)
        );
        return reading ?? new AdminReading.NoAnswer(cause!);
    }

    private async Task<(T? Answer, string? Cause)> AskAsSavedAsync<T>(
        IntegrationRow row,
        Func<WorkspaceOneClient, Task<T>> ask,
        CancellationToken cancellation
    )
        where T : class
    {
        if (row.IsCredentialRefused)
        {
            return (null, "it refused the integration's credential. Rotate the credential first");
        }

        if (secrets.TryOpen(row) is not { } opened)
        {
            return (null, "the saved secrets cannot be decrypted. Rotate the credential first");
        }

        var pacer = connections.PacerOf(row);
        var answer = await AskAsync(
            UemAccess.Of(row, opened),
            pacer,
            refusal => connections.MarkRefused(row.Id, row.CredentialVersion, refusal),
            ask
        );
        await QuotaRecord.SaveAsync(database, row.Id, pacer.Snapshot, cancellation);
        return answer;
    }

    private async Task<(T? Answer, string? Cause)> AskAsync<T>(
        UemAccess access,
        CallPacer pacer,
        Action<SignInRefusedException>? refused,
        Func<WorkspaceOneClient, Task<T>> ask
    )
        where T : class
    {
        using var handler = clients.Handler(access);
        using var client = clients.ForExamination(access, handler, pacer, refused, recorder: null);
        try
        {
            return (await ask(client.Interactive), null);
        }
        catch (WorkspaceOneException failure)
        {
            return (null, Words(failure));
        }
    }

    private static async Task<AdminReading> OfNameAsync(
        WorkspaceOneClient client,
        string userName,
        CancellationToken cancellation
    )
    {
        var active = await FindAsync(client, userName, active: true, cancellation);
        var others = await FindAsync(client, userName, active: false, cancellation);
        return (active, others) switch
        {
            ([], []) => new AdminReading.Absent(),
            ([var one], []) => new AdminReading.Found(Answers.Of(one, active: true)),
            ([], [var one]) => new AdminReading.Found(Answers.Of(one, active: false)),
            // A UEM that does not heed the filter tells nothing about who is active.
            ([var one], [var same]) when one.Uuid == same.Uuid => new AdminReading.Found(Answers.Of(one, active: null)),
            _ => new AdminReading.NoAnswer("it shows several accounts of this name"),
        };
    }

    private static async Task<List<UemAdministrator>> FindAsync(
        WorkspaceOneClient client,
        string userName,
        bool active,
        CancellationToken cancellation
    )
    {
        var read = await client.Administrators.Search(userName, paging: Few, active: active).ReadAllAsync(cancellation);
        return
        [
            .. read.Items.Where(admin =>
                admin.Uuid is not null && string.Equals(admin.Username, userName, StringComparison.OrdinalIgnoreCase)
            ),
        ];
    }

    /// <summary>Who is active is read by name, before anybody is linked.</summary>
    private static async Task<AddressListing> WithAddressAsync(
        WorkspaceOneClient client,
        string email,
        CancellationToken cancellation
    )
    {
        var read = await client.Administrators.Search(paging: Few, email: email).ReadAllAsync(cancellation);
        return new(
            [
                .. read
                    .Items.Where(admin => admin.Uuid is not null)
                    .Select(admin => new AddressedAccount(Answers.Of(admin), admin.Email)),
            ],
            read.Report.Complete
        );
    }

    private static string Words(WorkspaceOneException failure) =>
        failure is PermissionMissingException
            ? $"the integration's account may not read administrators ({IntegrationHealthRules.Said(failure)}). "
                + "Grant its role API > REST > Admins: Read"
            : IntegrationHealthRules.Said(failure);
}

/// <summary>What a search for an address gave, and whether that is all of it.</summary>
internal sealed record AddressListing(IReadOnlyList<AddressedAccount> Accounts, bool Whole);
