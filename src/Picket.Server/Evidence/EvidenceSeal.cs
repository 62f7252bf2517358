using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Picket.Api;

namespace Picket.Server.Evidence;

/// <summary>
/// Tells a file that this server made from one that somebody changed: judging again proves the verdict, the seal all else
/// that the file says. Personal apps stand in it as keyed hashes: whoever could pair them with indicators of their own
/// would learn by trying which apps they are.
/// </summary>
internal sealed class EvidenceSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Picket.Evidence");

    public EvidenceFile On(EvidenceFile file) => file with { Seal = protector.Protect(Sum(file)) };

    public bool IsOn(EvidenceFile file)
    {
        try
        {
            return file.Seal is { } seal && protector.Unprotect(seal) == Sum(file);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Over all that stands in the file, so that nothing printed from it can be another's.</summary>
    private static string Sum(EvidenceFile file)
    {
        var whole = JsonSerializer.SerializeToElement(file with { Seal = null }, PicketApiJson.Default.EvidenceFile);
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            Write(writer, whole);
        }

        return Convert.ToHexString(SHA256.HashData(text.WrittenSpan));
    }

    /// <summary>In one form: on its way through files and programs it may be set out otherwise, and in another order.</summary>
    private static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in json.EnumerateObject().OrderBy(each => each.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
