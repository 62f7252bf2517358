using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>A person's word about a command that is there. Of two at the same moment one finds it as it was.</summary>
public sealed class CommandDecisions(
    PicketDatabase database,
    WipeParties parties,
    IGrainFactory grains,
    AuditLog audit,
    TimeProvider time,
    ILogger<CommandDecisions> log
)
{
    /// <summary>
    /// 1 who approves, and whether the two are two; 2 what holds it by now; 3 the second factor; 4 the UEM's word for the account;
    /// 5 who approves and whether the two are two once more, as the database says by then, in the commit.
    /// </summary>
    public async Task<ProblemHttpResult?> ApproveAsync(
        DeviceCommandRow command,
        string? code,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        if (command.State != CommandState.Waiting || command.Kind != CommandKind.EnterpriseWipe)
        {
            return CommandProblems.WrongState(command, "wait for approval");
        }

        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == command.IntegrationId, cancellation);
        var party = await WipeParties.OfAsync(db, user, integration.Id, Right.Approve, cancellation); // 1
        var now = time.GetUtcNow();
        if (await RefusalAsync(db, command, party with { FactorAt = now }, now, cancellation) is { } early)
        {
            return early;
        }

        if (await HeldAsync(db, integration, command, now, cancellation) is { } held) // 2
        {
            return held;
        }

        (party, var wrong) = await parties.ShowAsync(party, user, code, cancellation); // 3
        var refusal = wrong ?? await RefusalAsync(db, command, party, time.GetUtcNow(), cancellation);
        refusal ??= await parties.RefusalByUemAsync(integration, party, cancellation); // 4
        return refusal ?? await ApproveAsync(command, integration, party, user, cancellation); // 5
    }

    public async Task<ProblemHttpResult?> DeclineAsync(
        DeviceCommandRow command,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        command is { State: CommandState.Waiting, Kind: CommandKind.EnterpriseWipe }
        && await EndAsync(command, CommandState.Declined, "A person declined it.", "wipe.declined", user, cancellation)
            ? null
            : CommandProblems.WrongState(await NowAsync(command, cancellation), "wait for approval");

    public async Task<ProblemHttpResult?> CancelAsync(
        DeviceCommandRow command,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        CommandLife.MayCancel(command.State)
        && await EndAsync(
            command,
            CommandState.Cancelled,
            "A person took it back.",
            "command.cancelled",
            user,
            cancellation
        )
            ? null
            : CommandProblems.WrongState(await NowAsync(command, cancellation), "be there before it is sent");

    public async Task<ProblemHttpResult?> SettleAsync(
        DeviceCommandRow command,
        bool happened,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var to = happened ? CommandState.Confirmed : CommandState.NotDone;
        var why = happened ? "A person says that it happened." : "A person says that it did not happen.";
        return
            CommandLife.MaySettle(command.State)
            && await EndAsync(command, to, why, "command.settled", user, cancellation)
            ? null
            : CommandProblems.WrongState(await NowAsync(command, cancellation), "be unclear");
    }

    private async Task<ProblemHttpResult?> ApproveAsync(
        DeviceCommandRow command,
        IntegrationRow integration,
        WipeParty party,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (actor, now) = (AuditLog.ActorOf(user), time.GetUtcNow());
        var notBefore = now.AddMinutes(integration.WipeDelayMinutes);
        DateTimeOffset? end = notBefore.AddHours(integration.WipeApprovalHours);
        await using var db = database.Open();
        await using (var transaction = await DurableTransaction.BeginAsync(db, cancellation))
        {
            var moved = await CommandLedger.MoveAsync(
                db,
                command,
                CommandState.Delayed,
                CommandBrake.None,
                null,
                now,
                cancellation,
                goesOnAt: notBefore
            );
            if (!moved)
            {
                return CommandProblems.WrongState(await NowAsync(command, cancellation), "wait for approval");
            }

            if (await LateRefusalAsync(db, command, party, now, cancellation) is { } late)
            {
                return late; // Nothing of it is committed.
            }

            await db
                .DeviceCommands.Where(row => row.Id == command.Id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.ApprovedBy, actor)
                            .SetProperty(row => row.ApprovedByPerson, party.Person)
                            .SetProperty(row => row.ApprovedByAccount, party.UemAccount)
                            .SetProperty(row => row.ApprovedAt, (DateTimeOffset?)now)
                            .SetProperty(row => row.NotBefore, (DateTimeOffset?)notBefore)
                            .SetProperty(row => row.ExpiresAt, end),
                    cancellation
                );
            await db
                .Ledger.Where(row => row.Id == command.LedgerEntryId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ApprovedBy, actor), cancellation);
            audit.Add(db, actor, "wipe.approved", $"{command.Id}", after: new { command.DeviceId, notBefore });
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await grains.GetGrain<ICommandGrain>(command.IntegrationId).PokeAsync();
        return null;
    }

    private async Task<ProblemHttpResult?> RefusalAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        WipeParty party,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        await parties.MayApproveAsync(db, command, party, now, cancellation) switch
        {
            null => CommandProblems.Erased(),
            PartyRefusal.None => null,
            { } refusal => CommandProblems.NotAllowed(refusal),
        };

    /// <summary>
    /// What the request came with may be over: the UEM has been asked since. So who approves is read anew (whether they are here,
    /// roles, link, factor), and so are the request and who asked. A code that was shown counts for the request.
    /// </summary>
    private async Task<ProblemHttpResult?> LateRefusalAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        WipeParty party,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var request = await db.DeviceCommands.AsNoTracking().SingleAsync(row => row.Id == command.Id, cancellation);
        var by = await WipeParties.OfAsync(db, party.Person, command.IntegrationId, Right.Approve, cancellation);
        return await RefusalAsync(db, request, by with { FactorAt = party.FactorAt }, now, cancellation)
            ?? (
                by.UemAccount == party.UemAccount
                    ? null
                    : CommandProblems.AccountNotActive("You are linked to another UEM account than a moment ago.")
            );
    }

    private static async Task<ProblemHttpResult?> HeldAsync(
        PicketDbContext db,
        IntegrationRow integration,
        DeviceCommandRow command,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var device = await db
            .Devices.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == command.DeviceId, cancellation);
        var brake = await CommandGate.BrakeAsync(db, integration, device, command.Kind, now, cancellation);
        brake = brake == CommandBrake.None ? await CommandGate.CauseBrakeAsync(db, command, cancellation) : brake;
        return brake == CommandBrake.None ? null : CommandProblems.Held(brake, integration);
    }

    private async Task<bool> EndAsync(
        DeviceCommandRow command,
        CommandState to,
        string why,
        string action,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var actor = AuditLog.ActorOf(user);
        await using var db = database.Open();
        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        var moved = await CommandLedger.MoveAsync(
            db,
            command,
            to,
            CommandBrake.None,
            why,
            time.GetUtcNow(),
            cancellation,
            by: actor
        );
        if (!moved)
        {
            return false;
        }

        audit.Add(db, actor, action, $"{command.Id}", after: new { Kind = $"{command.Kind}", State = $"{to}" });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        CommandLog.Tell(log, command);
        return true;
    }

    private async Task<DeviceCommandRow> NowAsync(DeviceCommandRow command, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.DeviceCommands.AsNoTracking().SingleAsync(row => row.Id == command.Id, cancellation);
    }
}
