using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>What waits for a person's word: wipes, and runs of tags and app groups that the brake held.</summary>
internal sealed class ApprovalQueries(PicketDatabase database, WipeParties parties, TimeProvider time)
{
    private const int MostShown = 200;

    /// <summary>For the number in the menu.</summary>
    public async Task<int> CountAsync(Visible visible, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await Wipes(db, visible).CountAsync(cancellation)
            + await Held(db, visible).CountAsync(cancellation)
            + await HeldLists(db, visible).CountAsync(cancellation)
            + (await MessagesAsync(db, visible, cancellation)).Count;
    }

    public async Task<ApprovalsView> GetAsync(ClaimsPrincipal user, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var visible = user.Visible();
        var wipes = await Wipes(db, visible).OrderBy(row => row.Id).Take(MostShown).ToListAsync(cancellation);
        var held = await Held(db, visible).OrderBy(row => row.Id).Take(MostShown).ToListAsync(cancellation);
        var lists = await HeldLists(db, visible).OrderBy(row => row.Id).Take(MostShown).ToListAsync(cancellation);
        var names = await AuditNames.OfAsync(db, wipes.Select(row => row.WantedBy), cancellation);
        var ids = wipes.Select(row => row.DeviceId).ToList();
        var devices = await db
            .Devices.Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.FriendlyName })
            .ToDictionaryAsync(row => row.Id, row => row.FriendlyName, cancellation);
        var items = new List<ApprovalView>();
        foreach (var wipe in wipes)
        {
            var (whyNot, needsFactor) = await WhyNotAsync(db, user, wipe, cancellation);
            items.Add(
                Of(wipe, names, devices.GetValueOrDefault(wipe.DeviceId)) with
                {
                    WhyNotYou = whyNot,
                    NeedsSecondFactor = needsFactor,
                }
            );
        }

        items.AddRange(held.Select(run => Of(run, user)));
        items.AddRange(lists.Select(run => Of(run, user)));
        items.AddRange((await MessagesAsync(db, visible, cancellation)).Select(set => Of(set, user)));
        return new ApprovalsView
        {
            Waiting = await CountAsync(visible, cancellation),
            Items = [.. items.OrderBy(item => item.Since).Take(MostShown)],
        };
    }

    /// <summary>Why somebody may not approve a wipe, and whether a code has to come along.</summary>
    public async Task<(string? WhyNot, bool NeedsFactor)> WhyNotAsync(
        PicketDbContext db,
        ClaimsPrincipal user,
        DeviceCommandRow wipe,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var party = await WipeParties.OfAsync(db, user, wipe.IntegrationId, Right.Approve, cancellation);
        if (
            await parties.MayApproveAsync(db, wipe, party with { FactorAt = now }, now, cancellation) is not { } refusal
        )
        {
            return (CommandWords.RequesterErased, false);
        }

        return (
            refusal == PartyRefusal.None ? null : CommandWords.Of(refusal),
            TwoPeople.MayAsk(party, now) == PartyRefusal.FactorNotShown
        );
    }

    private static IQueryable<DeviceCommandRow> Wipes(PicketDbContext db, Visible visible) =>
        db
            .DeviceCommands.AsNoTracking()
            .Where(row => row.State == CommandState.Waiting && row.Kind == CommandKind.EnterpriseWipe)
            .WhereVisible(visible, row => row.IntegrationId);

    /// <summary>What a version of the policy would send first, at each integration.</summary>
    internal static async Task<IReadOnlyList<WaitingMessages>> MessagesAsync(
        PicketDbContext db,
        Visible visible,
        CancellationToken cancellation
    )
    {
        var waiting = db
            .DeviceCommands.AsNoTracking()
            .Where(row => row.State == CommandState.Waiting && row.Kind == CommandKind.Message)
            .WhereVisible(visible, row => row.IntegrationId);
        var sets = await waiting
            .GroupBy(row => new { row.IntegrationId, row.PolicyVersion })
            .Select(set => new { set.Key, Messages = set.Count() })
            .ToListAsync(cancellation);
        var found = new List<WaitingMessages>();
        foreach (var set in sets)
        {
            var since = await waiting
                .Where(row => row.IntegrationId == set.Key.IntegrationId)
                .OrderBy(row => row.Id)
                .Select(row => (DateTimeOffset?)row.WantedAt)
                .FirstOrDefaultAsync(cancellation);
            if (since is { } first) // Else all of them were decided on, or were over, since they were counted.
            {
                found.Add(new(set.Key.IntegrationId, set.Key.PolicyVersion ?? 0, set.Messages, first));
            }
        }

        return found;
    }

    private static IQueryable<TagRunRow> Held(PicketDbContext db, Visible visible) =>
        db
            .TagRuns.AsNoTracking()
            .Where(row => row.State == RunState.Held)
            .WhereVisible(visible, row => row.IntegrationId);

    private static IQueryable<AppGroupRunRow> HeldLists(PicketDbContext db, Visible visible) =>
        db
            .AppGroupRuns.AsNoTracking()
            .Where(row => row.State == RunState.Held)
            .WhereVisible(visible, row => row.IntegrationId);

    private static ApprovalView Of(DeviceCommandRow wipe, Dictionary<string, string> names, string? friendlyName) =>
        new()
        {
            Kind = ApprovalKind.EnterpriseWipe,
            Id = wipe.Id,
            IntegrationId = wipe.IntegrationId,
            Since = wipe.WantedAt,
            ExpiresAt = wipe.ExpiresAt,
            WantedBy = names.GetValueOrDefault(wipe.WantedBy),
            Cause = wipe.Cause,
            DeviceId = wipe.DeviceId,
            FriendlyName = friendlyName,
            Devices = 1,
        };

    private static ApprovalView Of(WaitingMessages set, ClaimsPrincipal user) =>
        new()
        {
            Kind = ApprovalKind.Messages,
            Id = set.Integration,
            IntegrationId = set.Integration,
            Since = set.Since,
            ExpiresAt = set.Since + PolicyMessageScan.SentWithin,
            Cause = $"What version {set.PolicyVersion} of the policy would send first waits for a person's word.",
            Devices = set.Messages,
            PolicyVersion = set.PolicyVersion,
            WhyNotYou = user.May(Right.Approve, set.Integration) ? null : CommandWords.Of(PartyRefusal.NoRight),
        };

    private static ApprovalView Of(AppGroupRunRow run, ClaimsPrincipal user) =>
        new()
        {
            Kind = ApprovalKind.AppGroupRun,
            Id = run.Id,
            IntegrationId = run.IntegrationId,
            Since = run.QueuedAt,
            ExpiresAt = (run.StartedAt ?? run.QueuedAt) + HeldRuns.Life,
            Cause = string.Join(" ", run.IncompleteReasons),
            Devices = 0,
            Apps = run.HeldChanges ?? 0,
            WhyNotYou = user.May(Right.Approve, run.IntegrationId) ? null : CommandWords.Of(PartyRefusal.NoRight),
        };

    private static ApprovalView Of(TagRunRow run, ClaimsPrincipal user) =>
        new()
        {
            Kind = ApprovalKind.TagRun,
            Id = run.Id,
            IntegrationId = run.IntegrationId,
            Since = run.QueuedAt,
            ExpiresAt = (run.StartedAt ?? run.QueuedAt) + HeldRuns.Life,
            Cause = string.Join(" ", run.IncompleteReasons),
            Devices = run.HeldChanged ?? 0,
            WhyNotYou = user.May(Right.Approve, run.IntegrationId) ? null : CommandWords.Of(PartyRefusal.NoRight),
        };
}

/// <summary>Messages of one version of the policy that wait.</summary>
internal sealed record WaitingMessages(Guid Integration, int PolicyVersion, int Messages, DateTimeOffset Since);
