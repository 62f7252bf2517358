using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Wire;

/// <summary>Bodies that are sent: what is null is left out, so that the server keeps what it has.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserBody))]
[JsonSerializable(typeof(RegistrationBody))]
[JsonSerializable(typeof(UserGroupBody))]
[JsonSerializable(typeof(SmartGroupBody))]
[JsonSerializable(typeof(PublicAppBody))]
[JsonSerializable(typeof(InternalAppBody))]
[JsonSerializable(typeof(ChunkBody))]
[JsonSerializable(typeof(AppGroupBody))]
[JsonSerializable(typeof(AppGroupItemsBody))]
[JsonSerializable(typeof(AllocationBody))]
[JsonSerializable(typeof(PushBody))]
[JsonSerializable(typeof(MailBody))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class WriteContext : JsonSerializerContext;
