using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Brakes;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Policy;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>
/// Looks for findings of which the policy in force has users told: 1 what another version wanted, and nobody approved, is
/// dropped, and what is over; 2 open findings in the order of their ids; 3 a message for each that a line asks for. Until somebody
/// has approved what a version would send, all of it waits.
/// </summary>
public sealed class PolicyMessageScan(
    PicketDatabase database,
    PolicyStore policies,
    IGrainFactory grains,
    TimeProvider time
)
{
    private const int FindingsAtOnce = 500;

    /// <summary>
    /// What is approved goes out under the hourly cap, so it may take days. What nobody decides on for so long is over, and is
    /// shown anew where it is still true.
    /// </summary>
    public static readonly TimeSpan SentWithin = TimeSpan.FromDays(7);

    public async Task LookAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == integrationId, cancellation);
        if (integration is null)
        {
            return;
        }

        var policy = await policies.CurrentAsync(db, cancellation);
        await DropAsync(db, integrationId, policy.Number, cancellation); // 1
        if (
            integration.WhyNotAsked is not null
            || !CommandGate.SettingsOf(integration).Messages
            || policy.Book.Document.Messages.Count == 0
        )
        {
            return;
        }

        var look = new Look(integration, policy, await WordAsync(db, integrationId, policy, cancellation));
        if (
            !look.Approved
            && await db.Devices.AnyAsync(row => row.IntegrationId == integrationId && row.JudgingDue, cancellation)
        )
        {
            return; // A preview shows all of it, so each device is judged first.
        }

        var (made, after) = (0, Guid.Empty);
        while (await NextAsync(db, look, after, cancellation) is { Count: > 0 } findings) // 2
        {
            after = findings[^1].Id;
            made += await MakeAsync(look, findings, cancellation); // 3
        }

        if (made > 0 && look.Approved)
        {
            await grains.GetGrain<ICommandGrain>(integrationId).PokeAsync();
        }
    }

    /// <summary>The word for this version. A stop takes it back, also from what is still to come.</summary>
    private static Task<Word?> WordAsync(
        PicketDbContext db,
        Guid integration,
        PolicyInForce policy,
        CancellationToken cancellation
    ) =>
        db
            .DeviceCommands.Where(row =>
                row.IntegrationId == integration
                && row.Kind == CommandKind.Message
                && row.PolicyVersion == policy.Number
                && row.ApprovedAt != null
                && !db.WriteStops.Any(stop => stop.StoppedAt > row.ApprovedAt)
            )
            .OrderBy(row => row.Id)
            .Select(row => new Word(row.ApprovedBy, row.ApprovedByPerson, row.ApprovedAt))
            .FirstOrDefaultAsync(cancellation);

    private async Task DropAsync(PicketDbContext db, Guid integration, int version, CancellationToken cancellation)
    {
        var waiting = PolicyMessageSet.Waiting(db, integration);
        await PolicyMessageSet.EndAsync(
            db,
            waiting.Where(row => row.PolicyVersion != version),
            CommandState.Expired,
            "Another version of the policy is in force.",
            null,
            time.GetUtcNow(),
            cancellation
        );
        await PolicyMessageSet.EndAsync(
            db,
            waiting.Where(row => !db.Findings.Any(found => found.Id == row.FindingId && found.ClearedAt == null)),
            CommandState.Expired,
            "The finding is not true any more.",
            null,
            time.GetUtcNow(),
            cancellation
        );
    }

    /// <summary>Open findings with weight that no message is about, but for one that nobody decided on.</summary>
    private async Task<List<FindingRow>> NextAsync(
        PicketDbContext db,
        Look look,
        Guid after,
        CancellationToken cancellation
    )
    {
        var lines = look.Lines;
        var oldEnough = time.GetUtcNow() - TimeSpan.FromHours(lines.Min(line => line.AfterHours));
        return await db
            .Findings.AsNoTracking()
            .Where(row =>
                row.IntegrationId == look.Integration.Id
                && row.ClearedAt == null
                && row.Standing == FindingStanding.Counts
                && row.FirstTrueAt <= oldEnough
                && row.Id > after
                && !db.DeviceCommands.Any(command =>
                    command.DeviceId == row.DeviceId
                    && command.FindingId == row.Id
                    && command.Kind == CommandKind.Message
                    && command.State != CommandState.Expired
                    && command.Brake != CommandBrake.PolicyChanged
                )
            )
            .OrderBy(row => row.Id)
            .Take(FindingsAtOnce)
            .ToListAsync(cancellation);
    }

    private async Task<int> MakeAsync(Look look, List<FindingRow> findings, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var devices = await ReachableAsync(db, look.Integration, findings, now, cancellation);
        var places = await DevicePlaces.LoadAsync(
            db,
            look.Integration.Id,
            devices.Values,
            look.Policy.Book,
            cancellation
        );
        foreach (var row in findings.Where(row => devices.ContainsKey(row.DeviceId)))
        {
            var (device, finding) = (devices[row.DeviceId], FindingJson.Read(row.Detail));
            var subject = places.SubjectOf(device);
            if (
                look.Lines.FirstOrDefault(line => line.Asks(subject, finding, row.FirstTrueAt, now)) is not { } line
                || await MessageMaker.TextAsync(db, device, finding, line.By, false, cancellation) is not { } text
            )
            {
                continue;
            }

            var command = New(look, device, row, line.By, text, now);
            db.DeviceCommands.Add(command);
            CommandLedger.Enter(db, command, now);
        }

        return await SaveAsync(db, cancellation);
    }

    /// <summary>Those that a message may go to, of devices of which nobody is known to watch the user.</summary>
    private static async Task<Dictionary<Guid, DeviceRow>> ReachableAsync(
        PicketDbContext db,
        IntegrationRow integration,
        List<FindingRow> findings,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var ids = findings.Select(row => row.DeviceId).Distinct().ToList();
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.GoneAt == null)
            .ToListAsync(cancellation);
        var numbers = devices.Select(row => row.RemoteId).ToList();
        var never = await NeverTouchLists.OfAsync(db, integration.Id, numbers, now, cancellation);
        var others = SharedDevices.OthersThatCommand(db, integration);
        var notOurs = await SharedDevices.NotOursAsync(db, integration, others, cancellation);
        var watched = new HashSet<Guid>();
        await foreach (
            var open in db
                .Findings.Where(row => ids.Contains(row.DeviceId) && row.ClearedAt == null)
                .Select(row => new { row.DeviceId, row.Detail })
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
        {
            if (MessageBrakes.Watches(FindingJson.Read(open.Detail)))
            {
                watched.Add(open.DeviceId);
            }
        }

        var settings = CommandGate.SettingsOf(integration);
        return devices
            .Where(row =>
                !watched.Contains(row.Id)
                && CommandBrakes.Of(
                    CommandKind.Message,
                    new CommandSubject(
                        row.Platform,
                        row.EnrollmentStatus,
                        row.LastSeenAt,
                        false,
                        never.ContainsKey(row.RemoteId),
                        notOurs.ContainsKey(row.RemoteId)
                    ),
                    settings,
                    now
                ) == CommandBrake.None
            )
            .ToDictionary(row => row.Id);
    }

    private static DeviceCommandRow New(
        Look look,
        DeviceRow device,
        FindingRow finding,
        MessageChannel by,
        string text,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = look.Integration.Id,
            DeviceId = device.Id,
            RemoteId = device.RemoteId,
            Kind = CommandKind.Message,
            State = look.Approved ? CommandState.Due : CommandState.Waiting,
            Brake = look.Approved ? CommandBrake.None : CommandBrake.PolicyPreview,
            FindingId = finding.Id,
            MessageAbout = finding.Kind,
            MessageBy = by,
            MessageText = text,
            PolicyVersion = look.Policy.Number,
            // So that a stop finds, and takes back, what it stands behind.
            ApprovedBy = look.Word?.By,
            ApprovedByPerson = look.Word?.Person,
            ApprovedAt = look.Word?.At,
            WantedBy = "policy",
            WantedAt = now,
            ExpiresAt = now + SentWithin,
            GoesOnAt = look.Approved ? now : now + SentWithin,
        };

    /// <summary>A person may want the same at this moment: then all of these wait for the next look.</summary>
    private static async Task<int> SaveAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var made = db.ChangeTracker.Entries<DeviceCommandRow>().Count();
        try
        {
            await db.SaveChangesAsync(cancellation);
            return made;
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            return 0;
        }
    }

    /// <param name="Word">Of who approved what this version would send; null where nobody has.</param>
    private sealed record Look(IntegrationRow Integration, PolicyInForce Policy, Word? Word)
    {
        public bool Approved => Word is not null;

        public IReadOnlyList<PolicyMessage> Lines => Policy.Book.Document.Messages;
    }

    private sealed record Word(string? By, Guid? Person, DateTimeOffset? At);
}
