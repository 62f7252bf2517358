using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Enrollment;

/// <summary>Whether users and devices are registered: a setting of the integration (law 6), off until somebody wants it.</summary>
internal static class EnrollmentEndpoints
{
    public static void MapEnrollmentSwitch(this WebApplication app)
    {
        app.MapGet(Routes.Enrollment, GetAsync);
        app.MapPut(Routes.Enrollment, SetAsync).RequireAuthorization(Policies.ChangeSettings);
        app.MapPost(Routes.Registrations, RegistrationEndpoints.RegisterAsync).RequireAuthorization(Policies.Operate);
    }

    private static async Task<Results<Ok<EnrollmentView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        CancellationToken cancellation
    ) =>
        await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } integration
            ? TypedResults.Ok(ViewOf(integration))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<EnrollmentView>, NotFound, ProblemHttpResult>> SetAsync(
        Guid id,
        SetEnrollment wish,
        HttpContext context,
        PicketDbContext db,
        UemConnections connections,
        ChangeGate gate,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var integration = await IntegrationStore.FindAsync(db, id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        if (wish.Enabled && await NotReadyAsync(integration, connections, cancellation) is { } notReady)
        {
            return notReady;
        }

        var before = new { integration.EnrollmentEnabled };
        (integration.EnrollmentEnabled, integration.Version) = (wish.Enabled, integration.Version + 1);
        var action = wish.Enabled ? "enrollment.on" : "enrollment.off";
        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            action,
            $"{id}",
            before,
            after: new { integration.EnrollmentEnabled }
        );
        return await IntegrationStore.SaveAsync(db, integration, cancellation) is { } lost
            ? lost
            : TypedResults.Ok(ViewOf(integration));
    }

    /// <summary>What can be tried harmlessly is: the right to write shows only when something is written.</summary>
    private static async Task<ProblemHttpResult?> NotReadyAsync(
        IntegrationRow integration,
        UemConnections connections,
        CancellationToken cancellation
    )
    {
        if (integration.WhyNotAsked is { } refusal)
        {
            return EnrollmentProblems.NotAllowedNow(refusal);
        }

        try
        {
            var connection = await connections.OpenAsync(integration.Id, cancellation);
            var group = integration.OrganizationGroupId;
            await connection.Client.Interactive.Users.RegisteredDevicesAsync(group, cancellation);
            await connection.Client.Interactive.UserGroups.SearchCustom(group).ReadAllAsync(cancellation);
            return null;
        }
        catch (WorkspaceOneException failure)
        {
            return EnrollmentProblems.UemFailed(failure);
        }
    }

    private static EnrollmentView ViewOf(IntegrationRow integration) =>
        new()
        {
            IntegrationId = integration.Id,
            Enabled = integration.EnrollmentEnabled,
            WhyNot = EnrollmentGate.Refusal(integration),
            Needs =
            [
                .. RightsCatalogue
                    .Rows.Where(row => row.Feature == PicketFeature.Registration)
                    .Select(row => $"{row.ConsolePath} ({row.Access})"),
            ],
        };
}
