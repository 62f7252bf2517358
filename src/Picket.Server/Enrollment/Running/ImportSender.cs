using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Enrollment;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Enrollment;

/// <summary>
/// Sends the lines of an import that wait, in the order of the file, each in the ledger first. What became of a line
/// whose answer is lost is told by reading back, not here.
/// </summary>
internal sealed class ImportSender(
    PicketDatabase database,
    ImportLedger ledger,
    WorkspaceOneClient client,
    ImportRow import,
    int organizationGroup
)
{
    private const int LinesAtOnce = 200;
    private const int MostUnclearInARow = 3;

    private readonly GroupMaker groups = new(
        ledger,
        client,
        new UemGroups(database, client, organizationGroup),
        import,
        organizationGroup
    );
    private int unclearInARow;

    /// <summary>Lines that the UEM answered, one way or the other.</summary>
    public int Answered { get; private set; }

    /// <exception cref="WorkspaceOneException">The UEM would refuse what is left as well, or cannot be asked now.</exception>
    /// <exception cref="EnrollmentStoppedException">Nothing may be written any more.</exception>
    public async Task SendAsync(CancellationToken cancellation)
    {
        if (import.Kind == Api.ImportKind.GroupMembers)
        {
            await groups.ReadAsync(cancellation);
        }

        var last = 0;
        while (await NextAsync(last, cancellation) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
            {
                await SendAsync(line, cancellation);
            }

            last = lines[^1].Line;
        }
    }

    private async Task<List<ImportLineRow>> NextAsync(int last, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db
            .ImportLines.AsNoTracking()
            .Where(row => row.ImportId == import.Id && row.Line > last && row.State == ImportLineState.Waiting)
            .Where(row => row.Step == Api.ImportStep.Create || row.Step == Api.ImportStep.Change)
            .Where(row => row.Wish != null)
            .OrderBy(row => row.Line)
            .Take(LinesAtOnce)
            .ToListAsync(cancellation);
    }

    private async Task SendAsync(ImportLineRow line, CancellationToken cancellation)
    {
        var wish = ImportJson.WishOf(import.Kind, line.Wish)!;
        var group = 0;
        if (wish is MemberWish member)
        {
            var (id, why) = await groups.IdAsync(member.Group, cancellation);
            if (why is not null)
            {
                await KeepAsync(line, ImportLineState.Failed, [new(ImportColumns.Group.Name, why)], cancellation);
                return;
            }

            group = id;
        }

        var kind = KindOf(wish, line.Step);
        if (await ledger.MarkSentAsync(import, line, kind, cancellation) is not { } entry)
        {
            return; // The person was erased since the line was read.
        }

        try
        {
            line.RemoteId = await CallAsync(line, wish, group, cancellation) ?? line.RemoteId;
            await ledger.AnsweredAsync(entry, cancellation);
            await KeepAsync(line, ImportLineState.Done, ImportJson.NotesOf(line.Notes), cancellation);
            (unclearInARow, Answered) = (0, Answered + 1);
        }
        catch (WorkspaceOneException failure)
        {
            await FailedAsync(line, wish, entry, failure, cancellation);
        }
    }

    private async Task FailedAsync(
        ImportLineRow line,
        ImportWish wish,
        LedgerEntryRow entry,
        WorkspaceOneException failure,
        CancellationToken cancellation
    )
    {
        switch (WriteFailure.Of(failure))
        {
            case WriteFate.Unclear:
                await ledger.UnclearAsync(entry, failure, cancellation);
                if (++unclearInARow >= MostUnclearInARow)
                {
                    throw failure;
                }

                return;
            case WriteFate.NotSent:
                await ledger.FailedAsync(entry, failure, cancellation);
                await KeepAsync(line, ImportLineState.Waiting, ImportJson.NotesOf(line.Notes), cancellation);
                throw failure;
            default:
                await ledger.FailedAsync(entry, failure, cancellation);
                (unclearInARow, Answered) = (0, Answered + 1);
                await RefusedAsync(line, wish, failure, cancellation);
                return;
        }
    }

    /// <summary>"There already" of a user is looked up: the name may be taken by somebody out of the account's reach.</summary>
    private async Task RefusedAsync(
        ImportLineRow line,
        ImportWish wish,
        WorkspaceOneException failure,
        CancellationToken cancellation
    )
    {
        if (failure is AlreadyThereException && wish is UserWish user)
        {
            var found = await client.Users.Search(organizationGroup, user.UserName).ReadAllAsync(cancellation);
            if (
                found.Items.FirstOrDefault(each =>
                    string.Equals(each.UserName, user.UserName, StringComparison.OrdinalIgnoreCase)
                ) is
                { } there
            )
            {
                line.RemoteId = there.Id;
                await KeepAsync(
                    line,
                    ImportLineState.Done,
                    [
                        new(
                            null,
                            "Somebody else made the user meanwhile. What differs is changed when the file is imported again."
                        ),
                    ],
                    cancellation
                );
                return;
            }

            await KeepAsync(
                line,
                ImportLineState.Failed,
                [new(ImportColumns.UserName.Name, "The name is taken by a user out of the account's reach.")],
                cancellation
            );
            return;
        }

        var code = failure.ErrorCode is { } number ? $"/{number}" : "";
        await KeepAsync(
            line,
            ImportLineState.Failed,
            [new(null, $"The UEM answered {(int?)failure.Status}{code}: {failure.Reason}")],
            cancellation
        );
    }

    private static string KindOf(ImportWish wish, Api.ImportStep step) =>
        wish switch
        {
            UserWish when step == Api.ImportStep.Change => LedgerKinds.ChangeUser,
            UserWish => LedgerKinds.CreateUser,
            DeviceWish => LedgerKinds.RegisterDevice,
            _ => LedgerKinds.AddToUserGroup,
        };

    /// <returns>The UEM's number of what was made or changed; null where it tells none.</returns>
    private async Task<int?> CallAsync(ImportLineRow line, ImportWish wish, int group, CancellationToken cancellation)
    {
        var known = ImportJson.UserOf(line.KnownUser);
        switch (wish)
        {
            case UserWish user when known is not null:
                await client.Users.ChangeAsync(known.Id, ChangeOf(user), cancellation);
                return known.Id;
            case UserWish user:
                return await client.Users.AddAsync(NewUserOf(user, line.OrganizationGroupId), cancellation);
            case DeviceWish device:
                await client.Users.RegisterDeviceAsync(
                    known!.Id,
                    RegistrationOf(device, line.OrganizationGroupId),
                    cancellation
                );
                return null;
            default:
                await client.UserGroups.AddMemberAsync(group, known!.Id, cancellation);
                return null;
        }
    }

    private static UserChange ChangeOf(UserWish user) =>
        new()
        {
            FirstName = user.FirstName,
            LastName = user.LastName,
            Email = user.Email,
            MobileNumber = user.Mobile,
        };

    private static NewUser NewUserOf(UserWish user, int? group) =>
        new(user.UserName)
        {
            FirstName = user.FirstName,
            LastName = user.LastName,
            Email = user.Email,
            MobileNumber = user.Mobile,
            OrganizationGroupId = group,
            Message = MessageOf(user.Message),
        };

    private static DeviceRegistration RegistrationOf(DeviceWish device, int? group) =>
        new()
        {
            FriendlyName = device.FriendlyName,
            Ownership = device.Ownership,
            PlatformId = device.PlatformId,
            ModelId = device.ModelId,
            SerialNumber = device.SerialNumber,
            Imei = device.Imei,
            Udid = device.Udid,
            AssetNumber = device.AssetNumber,
            OrganizationGroupId = group,
            Message = MessageOf(device.Message),
        };

    private static UserMessage MessageOf(ImportMessage message) =>
        message switch
        {
            ImportMessage.Email => UserMessage.Email,
            ImportMessage.Sms => UserMessage.Sms,
            _ => UserMessage.None,
        };

    /// <summary>What became of it; but of a person who was erased meanwhile no remark comes back.</summary>
    private async Task KeepAsync(
        ImportLineRow line,
        ImportLineState state,
        List<ImportNote> notes,
        CancellationToken cancellation
    )
    {
        (line.State, line.Notes) = (state, ImportJson.Of(notes));
        await using var db = database.Open();
        await db
            .ImportLines.Where(row => row.Id == line.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, line.State)
                        .SetProperty(row => row.Notes, row => row.Wish == null ? null : line.Notes)
                        .SetProperty(row => row.RemoteId, line.RemoteId),
                cancellation
            );
    }
}
