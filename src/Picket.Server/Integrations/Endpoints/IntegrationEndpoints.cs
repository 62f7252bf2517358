using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Hosting;

namespace Picket.Server.Integrations;

internal static class IntegrationEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.Integrations, IntegrationReading.ListAsync);
        app.MapGet(Routes.Integration, IntegrationReading.GetAsync);
        app.MapPost(Routes.IntegrationDoctor, DoctorEndpoints.ExamineSavedAsync).RequireAuthorization(Policies.Operate);
        app.MapGet(Routes.DoctorRound, DoctorEndpoints.Look);

        app.MapUemFindings();
        app.MapLinks();
        app.MapLinkRequests();
        app.MapRecoveries();

        var changes = app.MapGroup("").RequireAuthorization(Policies.ChangeSettings);
        changes.MapPost(Routes.Doctor, DoctorEndpoints.ExamineDraftAsync).Limit<DraftLimit>();
        changes.MapPost(Routes.Integrations, IntegrationCreation.CreateAsync).Limit<DraftLimit>();
        changes.MapPatch(Routes.Integration, IntegrationChange.ChangeAsync).Limit<DraftLimit>();
        changes.MapPost(Routes.IntegrationCredential, CredentialRotation.RotateAsync).Limit<DraftLimit>();
        changes.MapPost(Routes.IntegrationPause, IntegrationStates.PauseAsync);
        changes.MapPost(Routes.IntegrationResume, IntegrationStates.ResumeAsync);
        changes.MapPost(Routes.IntegrationWriting, IntegrationStates.SetWritingAsync);
        changes.MapDelete(Routes.Integration, IntegrationRemoval.RemoveAsync);
    }
}
