using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>What a device would lose, as far as Picket knows it. Nothing is asked of the UEM.</summary>
internal sealed class WipePreviews(PicketDatabase database, TimeProvider time)
{
    private const int MostApps = 50;
    private const int MostCauses = 50;

    /// <summary>Picket does not read these (law 8), so it cannot name them.</summary>
    private static readonly string[] AlsoLost =
    [
        "Profiles of the organization, and what they set up: mail and calendar accounts, Wi-Fi, VPN, certificates.",
        "Content and data of managed apps; on Android, the whole work profile.",
        "The enrolment: the organization manages the device no longer. Personal apps and data stay.",
    ];

    public async Task<WipePreview> OfAsync(DeviceRow device, ClaimsPrincipal user, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == device.IntegrationId, cancellation);
        var brake = await CommandGate.BrakeAsync(
            db,
            integration,
            device,
            CommandKind.EnterpriseWipe,
            now,
            cancellation
        );
        var party = await WipeParties.OfAsync(db, user, integration.Id, Right.Request, cancellation);
        var alone = TwoPeople.MayAsk(party with { FactorAt = now }, now);
        var apps = db
            .DeviceApps.Where(row => row.DeviceId == device.Id && row.GoneAt == null && row.Managed)
            .Join(db.Apps, row => row.AppId, app => app.Id, (_, app) => app.Name ?? app.Identifier);
        return new WipePreview
        {
            DeviceId = device.Id,
            Brake = (DeviceCommandBrake)brake,
            WhyNot = integration.WhyNotAsked ?? Words(brake, integration),
            WhyNotYou = alone == PartyRefusal.None ? null : CommandWords.Of(alone),
            NeedsSecondFactor = TwoPeople.MayAsk(party, now) == PartyRefusal.FactorNotShown,
            ManagedApps = await apps.Distinct().OrderBy(name => name).Take(MostApps).ToListAsync(cancellation),
            ManagedAppCount = await apps.Distinct().CountAsync(cancellation),
            AppsReadAt = device.AppsReadAt,
            AlsoLost = AlsoLost,
            Causes = await CausesAsync(db, device, cancellation),
            DelayMinutes = integration.WipeDelayMinutes,
            OpenCommandId = await db
                .DeviceCommands.Where(row =>
                    row.DeviceId == device.Id && row.Kind == CommandKind.EnterpriseWipe && row.EndedAt == null
                )
                .Select(row => (Guid?)row.Id)
                .SingleOrDefaultAsync(cancellation),
        };
    }

    private static string? Words(CommandBrake brake, IntegrationRow integration) =>
        brake == CommandBrake.None ? null : CommandWords.Of(brake, integration);

    private static async Task<IReadOnlyList<WipeCause>> CausesAsync(
        PicketDbContext db,
        DeviceRow device,
        CancellationToken cancellation
    )
    {
        var findings = await db
            .Findings.AsNoTracking()
            .Where(row => row.DeviceId == device.Id && row.ClearedAt == null)
            .OrderByDescending(row => row.Level)
            .ThenBy(row => row.Id)
            .Take(MostCauses)
            .ToListAsync(cancellation);
        return
        [
            .. findings
                .Where(row => FindingJson.Read(row.Detail).Proof != FindingProof.NameMatch)
                .Select(row => new WipeCause(row.Id, row.Title)),
        ];
    }
}
