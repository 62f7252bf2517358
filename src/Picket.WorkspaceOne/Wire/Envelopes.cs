using System.Text.Json.Serialization;
using Picket.WorkspaceOne.Paging;

namespace Picket.WorkspaceOne.Wire;

// One envelope for each listing: the name of the list differs per route, and the total has two names.

/// <summary>A page as the wire sends it.</summary>
internal abstract record Envelope<T>
{
    public abstract PageRead<T> ToPage();
}

internal sealed record DevicesEnvelope(List<UemDevice>? Devices, int? Total, int? PageSize) : Envelope<UemDevice>
{
    public override PageRead<UemDevice> ToPage() => new(Devices ?? [], Total, PageSize);
}

internal sealed record AppItemsEnvelope(
    [property: JsonPropertyName("app_items")] List<UemInstalledApp>? Items,
    int? TotalResults
) : Envelope<UemInstalledApp>
{
    public override PageRead<UemInstalledApp> ToPage() => new(Items ?? [], TotalResults, null);
}

internal sealed record GroupsEnvelope(List<UemOrganizationGroup>? OrganizationGroups, int? TotalResults)
    : Envelope<UemOrganizationGroup>
{
    public override PageRead<UemOrganizationGroup> ToPage() => new(OrganizationGroups ?? [], TotalResults, null);
}

internal sealed record AdminsEnvelope(List<UemAdministrator>? Admins, int? Total, int? PageSize)
    : Envelope<UemAdministrator>
{
    public override PageRead<UemAdministrator> ToPage() => new(Admins ?? [], Total, PageSize);
}

internal sealed record UsersEnvelope(List<UemUser>? Users, int? Total, int? PageSize) : Envelope<UemUser>
{
    public override PageRead<UemUser> ToPage() => new(Users ?? [], Total, PageSize);
}

internal sealed record UserGroupsEnvelope(List<UemUserGroup>? UserGroup, int? Total, int? PageSize)
    : Envelope<UemUserGroup>
{
    public override PageRead<UemUserGroup> ToPage() => new(UserGroup ?? [], Total, PageSize);
}

internal sealed record MembersEnvelope(List<UemUserGroupMember>? EnrollmentUser, int? Total, int? PageSize)
    : Envelope<UemUserGroupMember>
{
    public override PageRead<UemUserGroupMember> ToPage() => new(EnrollmentUser ?? [], Total, PageSize);
}

internal sealed record CompliancePoliciesEnvelope(
    List<UemCompliancePolicy>? CompliancePolicy,
    int? Total,
    int? PageSize
) : Envelope<UemCompliancePolicy>
{
    public override PageRead<UemCompliancePolicy> ToPage() => new(CompliancePolicy ?? [], Total, PageSize);
}

internal sealed record SmartGroupsEnvelope(List<UemSmartGroup>? SmartGroups, int? Total, int? PageSize)
    : Envelope<UemSmartGroup>
{
    public override PageRead<UemSmartGroup> ToPage() => new(SmartGroups ?? [], Total, PageSize);
}

internal sealed record TagsEnvelope(List<UemTag>? Tags, int? Total, int? PageSize) : Envelope<UemTag>
{
    public override PageRead<UemTag> ToPage() => new(Tags ?? [], Total, PageSize);
}

internal sealed record CatalogueEnvelope(List<CatalogueApp>? Application, int? Total, int? PageSize)
    : Envelope<CatalogueApp>
{
    public override PageRead<CatalogueApp> ToPage() => new(Application ?? [], Total, PageSize);
}

internal sealed record AppGroupsEnvelope(List<UemAppGroup>? AppGroups, int? Total, int? PageSize)
    : Envelope<UemAppGroup>
{
    public override PageRead<UemAppGroup> ToPage() => new(AppGroups ?? [], Total, PageSize);
}

internal sealed record AppDevicesEnvelope(List<UemAppDevice>? Devices, int? TotalResults) : Envelope<UemAppDevice>
{
    public override PageRead<UemAppDevice> ToPage() => new(Devices ?? [], TotalResults, null);
}

// Lists without paging.

internal sealed record SmartGroupDevicesEnvelope(List<UemSmartGroupDevice>? Devices);

internal sealed record TaggedDevicesEnvelope(List<UemTaggedDevice>? Device);

internal sealed record RegisteredDevicesEnvelope(List<UemRegisteredDevice>? RegisteredDeviceInfoList);

internal sealed record DeviceTagsEnvelope(List<UemDeviceTag>? Tags);

internal sealed record WipeLockAnswer(string? State);

internal sealed record WipesAnswer([property: JsonPropertyName("device_wipes")] List<UemWipe>? Wipes);
