using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Wire;

/// <summary>Source-generated metadata. The converters cover every quirk of the wire for every field of their type.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    AllowTrailingCommas = true,
    Converters = [
        typeof(WireInt),
        typeof(WireRequiredInt),
        typeof(WireLong),
        typeof(WireText),
        typeof(WireBool),
        typeof(WireUuid),
        typeof(WireDate),
        typeof(WireEntityRef),
        typeof(WireCodeConverter),
    ]
)]
[JsonSerializable(typeof(SystemInfo))]
[JsonSerializable(typeof(BulkSettings))]
[JsonSerializable(typeof(WipeLockAnswer))]
[JsonSerializable(typeof(WipesAnswer))]
[JsonSerializable(typeof(BulkResult))]
[JsonSerializable(typeof(List<BulkFault>))]
[JsonSerializable(typeof(FaultList))]
[JsonSerializable(typeof(UemDevice))]
[JsonSerializable(typeof(UemDeviceSecurity))]
[JsonSerializable(typeof(UemDeviceCompliance))]
[JsonSerializable(typeof(UemOrganizationGroup))]
[JsonSerializable(typeof(List<UemOrganizationGroup>))]
[JsonSerializable(typeof(UemSmartGroup))]
[JsonSerializable(typeof(UemUser))]
[JsonSerializable(typeof(DevicesEnvelope))]
[JsonSerializable(typeof(AppItemsEnvelope))]
[JsonSerializable(typeof(GroupsEnvelope))]
[JsonSerializable(typeof(AdminsEnvelope))]
[JsonSerializable(typeof(UsersEnvelope))]
[JsonSerializable(typeof(UserGroupsEnvelope))]
[JsonSerializable(typeof(MembersEnvelope))]
[JsonSerializable(typeof(CompliancePoliciesEnvelope))]
[JsonSerializable(typeof(SmartGroupsEnvelope))]
[JsonSerializable(typeof(TagsEnvelope))]
[JsonSerializable(typeof(CatalogueEnvelope))]
[JsonSerializable(typeof(SmartGroupDevicesEnvelope))]
[JsonSerializable(typeof(TaggedDevicesEnvelope))]
[JsonSerializable(typeof(DeviceTagsEnvelope))]
[JsonSerializable(typeof(RegisteredDevicesEnvelope))]
[JsonSerializable(typeof(CatalogueApp))]
[JsonSerializable(typeof(UemInternalApp))]
[JsonSerializable(typeof(UemPurchasedApp))]
[JsonSerializable(typeof(UemPurchasedAppDetails))]
[JsonSerializable(typeof(AppDevicesEnvelope))]
[JsonSerializable(typeof(AppGroupsEnvelope))]
[JsonSerializable(typeof(UemAppGroup))]
[JsonSerializable(typeof(List<UemConfigurationKey>))]
[JsonSerializable(typeof(List<UemLookupKey>))]
[JsonSerializable(typeof(UploadedChunk))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(NewId))]
[JsonSerializable(typeof(NewTag))]
[JsonSerializable(typeof(BulkInput))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class WireContext : JsonSerializerContext;
