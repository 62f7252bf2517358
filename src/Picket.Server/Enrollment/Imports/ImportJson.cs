using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Api;
using Picket.Core.Enrollment;

namespace Picket.Server.Enrollment;

/// <summary>What lines keep as JSON. Nothing of it leaves the server so.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true
)]
[JsonSerializable(typeof(UserWish))]
[JsonSerializable(typeof(DeviceWish))]
[JsonSerializable(typeof(MemberWish))]
[JsonSerializable(typeof(KnownUser))]
[JsonSerializable(typeof(List<ImportNote>))]
internal sealed partial class ImportJson : JsonSerializerContext
{
    public static string Of(ImportWish wish) =>
        wish switch
        {
            UserWish user => JsonSerializer.Serialize(user, Default.UserWish),
            DeviceWish device => JsonSerializer.Serialize(device, Default.DeviceWish),
            MemberWish member => JsonSerializer.Serialize(member, Default.MemberWish),
            _ => throw new ArgumentException($"{wish.GetType().Name} is not kept.", nameof(wish)),
        };

    public static ImportWish? WishOf(Api.ImportKind kind, string? json) =>
        json is null
            ? null
            : kind switch
            {
                Api.ImportKind.Users => JsonSerializer.Deserialize(json, Default.UserWish),
                Api.ImportKind.Devices => JsonSerializer.Deserialize(json, Default.DeviceWish),
                _ => JsonSerializer.Deserialize(json, Default.MemberWish),
            };

    public static string? Of(List<ImportNote> notes) =>
        notes.Count == 0 ? null : JsonSerializer.Serialize(notes, Default.ListImportNote);

    public static List<ImportNote> NotesOf(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, Default.ListImportNote)!;

    public static string Of(KnownUser user) => JsonSerializer.Serialize(user, Default.KnownUser);

    public static KnownUser? UserOf(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, Default.KnownUser);
}
