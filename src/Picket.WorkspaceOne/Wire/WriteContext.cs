using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Wire;

/// <summary>Bodies that are sent: what is null is left out, so that the server keeps what it has.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserBody))]
[JsonSerializable(typeof(RegistrationBody))]
[JsonSerializable(typeof(UserGroupBody))]
internal sealed partial class WriteContext : JsonSerializerContext;
