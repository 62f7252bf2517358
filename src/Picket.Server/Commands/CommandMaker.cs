using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Commands;

/// <summary>Takes a person's wish for a command: command, ledger and audit in one commit.</summary>
public sealed class CommandMaker(
    PicketDatabase database,
    WipeParties parties,
    UemConnections connections,
    IGrainFactory grains,
    AuditLog audit,
    TimeProvider time
)
{
    /// <summary>What is neither sent by then is not wanted any more.</summary>
    internal static readonly TimeSpan SentWithin = TimeSpan.FromHours(24);

    /// <summary>A command that one person may want.</summary>
    public async Task<(DeviceCommandRow? Made, ProblemHttpResult? Refusal)> MakeAsync(
        DeviceRow device,
        CommandKind kind,
        string? cause,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var (integration, now) = (await IntegrationAsync(db, device, cancellation), time.GetUtcNow());
        if (integration.WhyNotAsked is { } why)
        {
            return (null, CommandProblems.NotAsked(why));
        }

        var brake = await CommandGate.BrakeAsync(db, integration, device, kind, now, cancellation);
        if (brake != CommandBrake.None)
        {
            return (null, CommandProblems.Held(brake, integration));
        }

        var command = New(device, kind, cause, null, user, now);
        (command.State, command.ExpiresAt) = (CommandState.Due, now + SentWithin);
        command.GoesOnAt = now;
        return await KeepAsync(db, command, "command.wanted", cancellation);
    }

    /// <summary>
    /// A wipe that another person approves: 1 who asks; 2 what holds it; 3 the cause; 4 the second factor; 5 the UEM's word for
    /// the account; 6 the device as the UEM has it now, which the approval will be bound to; 7 kept.
    /// </summary>
    public async Task<(DeviceCommandRow? Made, ProblemHttpResult? Refusal)> RequestAsync(
        DeviceRow device,
        RequestWipe wish,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var (integration, now) = (await IntegrationAsync(db, device, cancellation), time.GetUtcNow());
        var party = await WipeParties.OfAsync(db, user, integration.Id, Right.Request, cancellation); // 1
        var alone = TwoPeople.MayAsk(party with { FactorAt = now }, now);
        if (alone != PartyRefusal.None)
        {
            return (null, CommandProblems.NotAllowed(alone));
        }

        if (await HeldAsync(db, integration, device, now, cancellation) is { } held) // 2
        {
            return (null, held);
        }

        if (await CauseAsync(db, integration, device, wish.FindingId, cancellation) is { } noCause) // 3
        {
            return (null, noCause);
        }

        (party, var wrong) = await parties.ShowAsync(party, user, wish.SecondFactor, cancellation); // 4
        if (wrong is not null || TwoPeople.MayAsk(party, time.GetUtcNow()) is not PartyRefusal.None)
        {
            return (null, wrong ?? CommandProblems.NotAllowed(TwoPeople.MayAsk(party, time.GetUtcNow())));
        }

        if (await parties.RefusalByUemAsync(integration, party, cancellation) is { } unvouched) // 5
        {
            return (null, unvouched);
        }

        var (binding, unbound) = await BindAsync(integration, device, cancellation); // 6
        if (binding is null)
        {
            return (null, unbound);
        }

        var command = New(device, CommandKind.EnterpriseWipe, wish.Reason.Trim(), wish.FindingId, user, now); // 7
        (command.State, command.Brake) = (CommandState.Waiting, CommandBrake.TwoPeople);
        command.WantedByAccount = party.UemAccount;
        (command.BoundUuid, command.BoundSerial) = (binding.Uuid, binding.Serial);
        (command.BoundUser, command.BoundEnrolledAt) = (binding.User, binding.EnrolledAt);
        command.ExpiresAt = command.GoesOnAt = now.AddHours(integration.WipeApprovalHours);
        return await KeepAsync(db, command, "wipe.requested", cancellation);
    }

    private static Task<IntegrationRow> IntegrationAsync(
        PicketDbContext db,
        DeviceRow device,
        CancellationToken cancellation
    ) => db.Integrations.AsNoTracking().SingleAsync(row => row.Id == device.IntegrationId, cancellation);

    private static async Task<ProblemHttpResult?> HeldAsync(
        PicketDbContext db,
        IntegrationRow integration,
        DeviceRow device,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (integration.WhyNotAsked is { } why)
        {
            return CommandProblems.NotAsked(why);
        }

        var brake = await CommandGate.BrakeAsync(
            db,
            integration,
            device,
            CommandKind.EnterpriseWipe,
            now,
            cancellation
        );
        return brake == CommandBrake.None ? null : CommandProblems.Held(brake, integration);
    }

    /// <summary>A name alone is no cause (law 4), nor is what is over or somebody else's.</summary>
    private static async Task<ProblemHttpResult?> CauseAsync(
        PicketDbContext db,
        IntegrationRow integration,
        DeviceRow device,
        Guid? finding,
        CancellationToken cancellation
    )
    {
        if (finding is null)
        {
            return null;
        }

        var detail = await db
            .Findings.Where(row => row.Id == finding && row.DeviceId == device.Id && row.ClearedAt == null)
            .Select(row => row.Detail)
            .SingleOrDefaultAsync(cancellation);
        if (detail is null)
        {
            return CommandProblems.Invalid("findingId", "The device has no such open finding.");
        }

        var brake = CommandBrakes.OfCause(CommandKind.EnterpriseWipe, FindingJson.Read(detail).Proof);
        return brake == CommandBrake.None ? null : CommandProblems.Held(brake, integration);
    }

    private async Task<(WipeBinding? Binding, ProblemHttpResult? Refusal)> BindAsync(
        IntegrationRow integration,
        DeviceRow device,
        CancellationToken cancellation
    )
    {
        try
        {
            var connection = await connections.OpenAsync(integration.Id, cancellation);
            var read = await connection.Client.Interactive.Devices.GetAsync(device.RemoteId, cancellation);
            await connection.SaveQuotaAsync(CancellationToken.None);
            var binding = CommandGate.BindingOf(read);
            return !binding.IsWhole ? (null, CommandProblems.Held(CommandBrake.NotBound, integration))
                // What the person was shown is of another enrolment.
                : !CommandGate.BindingOf(device).Holds(binding)
                    ? (null, CommandProblems.Held(CommandBrake.AnotherEnrollment, integration))
                : (binding, null);
        }
        catch (WorkspaceOneException failure)
        {
            return (null, CommandProblems.DeviceNotRead(failure));
        }
    }

    private static DeviceCommandRow New(
        DeviceRow device,
        CommandKind kind,
        string? cause,
        Guid? finding,
        ClaimsPrincipal user,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = device.IntegrationId,
            DeviceId = device.Id,
            RemoteId = device.RemoteId,
            Kind = kind,
            Cause = cause,
            FindingId = finding,
            WantedBy = AuditLog.ActorOf(user),
            WantedByPerson = user.PersonId(),
            WantedAt = now,
        };

    /// <summary>Command, ledger and audit in one commit; then it gets its turn.</summary>
    internal async Task<(DeviceCommandRow? Made, ProblemHttpResult? Refusal)> KeepAsync(
        PicketDbContext db,
        DeviceCommandRow command,
        string action,
        CancellationToken cancellation
    )
    {
        db.DeviceCommands.Add(command);
        CommandLedger.Enter(db, command, command.WantedAt);
        audit.Add(
            db,
            command.WantedBy,
            action,
            $"{command.Id}",
            after: new
            {
                Kind = $"{command.Kind}",
                command.DeviceId,
                command.FindingId,
                By = command.MessageBy?.ToString(),
                Why = command.Insisted ? command.Cause : null,
            }
        );
        try
        {
            await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            return (null, CommandProblems.UnderWay());
        }

        await grains.GetGrain<ICommandGrain>(command.IntegrationId).PokeAsync();
        return (command, null);
    }
}
