using System.Runtime.CompilerServices;
using System.Text.Json;
using Picket.Api;
using Picket.Core.Audit;

namespace Picket.Cli.Commands;

/// <summary>Exported audits and kept heads, as files.</summary>
internal static class AuditFile
{
    public static string Write(AuditExportLine line) =>
        JsonSerializer.Serialize(line, PicketApiJson.Default.AuditExportLine);

    public static async IAsyncEnumerable<AuditExportLine> ReadAsync(
        FileInfo file,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var number = 0;
        await foreach (var text in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            number++;
            yield return Parse(text, PicketApiJson.Default.AuditExportLine, $"Line {number} of {file.Name}");
        }
    }

    public static async Task<AuditHeadView> ReadHeadAsync(FileInfo file, CancellationToken cancellationToken) =>
        Parse(
            await File.ReadAllTextAsync(file.FullName, cancellationToken),
            PicketApiJson.Default.AuditHeadView,
            file.Name
        );

    public static AuditLink Link(AuditEntry entry) =>
        new(
            new AuditRecord(
                entry.Sequence,
                entry.Id,
                entry.At,
                entry.Actor,
                entry.Address,
                entry.Action,
                entry.Subject,
                entry.Outcome.ToString(),
                entry.Before,
                entry.After
            ),
            entry.PreviousHash ?? "",
            entry.Hash ?? ""
        );

    private static T Parse<T>(string text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type)
                ?? throw new UsageException($"{what} is nothing of an audit.");
        }
        catch (JsonException e)
        {
            throw new UsageException($"{what} cannot be read: {e.Message}");
        }
    }
}
