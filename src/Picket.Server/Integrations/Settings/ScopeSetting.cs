using Picket.Api;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Integrations;

internal static class ScopeSetting
{
    /// <summary>Names become numbers, which needs the UEM; while the doctor could not get in, only numbers are taken.</summary>
    public static async Task SetAsync(
        IntegrationRow row,
        IntegrationScope? scope,
        DoctorOutcome outcome,
        UemAccess access,
        CallPacer pacer,
        SettingsServices services,
        FieldMistakes mistakes,
        CancellationToken cancellation
    )
    {
        if (scope is null)
        {
            return;
        }

        if (outcome.CredentialRefused || outcome.Group is null)
        {
            (row.ExcludedOrganizationGroups, row.SmartGroups) = ScopeFinder.WithoutAsking(scope, mistakes);
            return;
        }

        using var handler = services.Clients.Handler(access);
        using var client = services.Clients.ForExamination(access, handler, pacer, refused: null, recorder: null);
        await SetAsync(row, scope, client, mistakes, cancellation);
    }

    public static async Task SetAsync(
        IntegrationRow row,
        IntegrationScope scope,
        WorkspaceOneClient client,
        FieldMistakes mistakes,
        CancellationToken cancellation
    )
    {
        try
        {
            (row.ExcludedOrganizationGroups, row.SmartGroups) = await ScopeFinder.FindAsync(
                client.Interactive,
                row.OrganizationGroupId,
                scope,
                mistakes,
                cancellation
            );
        }
        catch (WorkspaceOneException failure)
        {
            mistakes.Add("scope", $"The UEM could not be asked for the groups: {failure.Reason}");
        }
    }
}
