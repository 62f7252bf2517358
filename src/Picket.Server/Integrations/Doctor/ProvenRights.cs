using Microsoft.EntityFrameworkCore;
using Picket.Core.Preparation;
using Picket.Core.Response;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>Rights to write show only in use: the ledger remembers how that went, and the last time counts.</summary>
internal static class ProvenRights
{
    /// <summary>As many of the latest writes are looked at: most fail or succeed for reasons that tell something.</summary>
    private const int Latest = 50;

    public static async Task<IReadOnlyDictionary<string, RightUse>> OfAsync(
        PicketDbContext db,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        var rights = new Dictionary<string, RightUse>();
        await AddAsync("tags-edit", LedgerKinds.CreateTag, LedgerKinds.RenameTag);
        await AddAsync("bulk-management", LedgerKinds.AddTag, LedgerKinds.RemoveTag);
        await AddAsync("rest-users-edit", LedgerKinds.CreateUser, LedgerKinds.ChangeUser);
        await AddAsync("add-device-edit", LedgerKinds.RegisterDevice);
        await AddAsync("rest-user-groups-edit", LedgerKinds.CreateUserGroup, LedgerKinds.AddToUserGroup);
        await AddAsync("rest-apps-edit", LedgerKinds.PublishApp, LedgerKinds.WithdrawApp);
        await AddAsync(
            "application-publish-edit",
            LedgerKinds.PublishApp,
            LedgerKinds.WithdrawApp,
            LedgerKinds.UploadApp,
            LedgerKinds.RetireApp,
            LedgerKinds.UnretireApp
        );
        await AddAsync("public-apps-edit", LedgerKinds.AddStoreApp);
        await AddAsync("rest-smart-groups-edit", LedgerKinds.CreateSmartGroup, LedgerKinds.DeleteSmartGroup);
        await AddAsync("purchased-apps-edit", LedgerKinds.EnableDeviceLicences);
        await AddAsync("rest-devices-edit", LedgerKinds.SendMessage);
        return rights;

        async Task AddAsync(string right, params string[] kinds)
        {
            if (await LastUseAsync(db, integration, kinds, cancellation) is { } use)
            {
                rights[right] = use;
            }
        }
    }

    /// <summary>What another credential could do says nothing about this one.</summary>
    private static async Task<RightUse?> LastUseAsync(
        PicketDbContext db,
        IntegrationRow integration,
        string[] kinds,
        CancellationToken cancellation
    )
    {
        var writes = await db
            .Ledger.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id && kinds.Contains(row.Kind))
            .Where(row => row.SentAt >= integration.CredentialSince)
            .OrderByDescending(row => row.Id)
            .Select(row => new
            {
                row.State,
                row.HttpStatus,
                row.ErrorCode,
                row.Error,
            })
            .Take(Latest)
            .ToListAsync(cancellation);
        return writes
            .Select(row => Tells(row.State, row.HttpStatus, row.ErrorCode, row.Error))
            .FirstOrDefault(use => use is not null);
    }

    /// <summary>Null where a write succeeded or failed for a reason that has nothing to do with rights.</summary>
    private static RightUse? Tells(LedgerState state, int? status, int? code, string? error) =>
        state switch
        {
            LedgerState.Answered or LedgerState.Confirmed or LedgerState.Undone => RightUse.Proved,
            LedgerState.Failed when status == 403 && IsMissingRight(code, error) => RightUse.Refused,
            _ => null,
        };

    /// <summary>Some routes say 403 also to a batch that is too large.</summary>
    private static bool IsMissingRight(int? code, string? error) =>
        BulkAnswer.Classify(403, code, error) != BulkOutcome.OverLimit
        && Refusals.Of(new RemoteAnswer(403, code, error)) == Refusal.RightMissing;
}
