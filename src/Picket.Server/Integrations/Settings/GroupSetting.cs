using Picket.WorkspaceOne;

namespace Picket.Server.Integrations;

internal static class GroupSetting
{
    /// <param name="found">The group as the UEM knows it; null while the UEM could not be asked.</param>
    public static void Set(IntegrationRow row, string typed, UemOrganizationGroup? found)
    {
        if (found is not null)
        {
            Learn(row, found);
            return;
        }

        var text = typed.Trim();
        row.OrganizationGroupUuid = Guid.TryParse(text, out var uuid) ? uuid : null;
        row.OrganizationGroupId = GroupFinder.Number(text) ?? 0;
        row.OrganizationGroupCode = row.OrganizationGroupUuid is null && row.OrganizationGroupId == 0 ? text : null;
        row.OrganizationGroupName = null;
    }

    public static void Learn(IntegrationRow row, UemOrganizationGroup? found)
    {
        if (found is null)
        {
            return;
        }

        row.OrganizationGroupId = found.Id;
        row.OrganizationGroupUuid = found.Uuid;
        row.OrganizationGroupName = found.Name;
        row.OrganizationGroupCode = string.IsNullOrEmpty(found.GroupId) ? null : found.GroupId;
    }
}
