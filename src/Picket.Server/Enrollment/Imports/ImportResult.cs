using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Hosting;

namespace Picket.Server.Enrollment;

/// <summary>What became of each line, as a file for spreadsheets; written as it is read.</summary>
internal static class ImportResult
{
    private static readonly string[] Columns = ["Line", "What", "Plan", "Outcome", "Remarks", "UEM id", "Ledger entry"];

    public static async Task<Results<PushStreamHttpResult, NotFound>> GetAsync(
        Guid id,
        ImportQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.GetAsync(id, cancellation) is null
            ? TypedResults.NotFound()
            : TypedResults.Stream(
                body => WriteAsync(body, id, queries, cancellation),
                "text/csv; charset=utf-8",
                "picket-import.csv"
            );

    private static async Task WriteAsync(Stream body, Guid id, ImportQueries queries, CancellationToken cancellation)
    {
        // Without the mark Excel takes UTF-8 for something else.
        await using var file = new StreamWriter(body, new UTF8Encoding(true));
        await file.WriteAsync(CsvText.Line(Columns).AsMemory(), cancellation);
        var cursor = (string?)null;
        do
        {
            var filter = new ImportLineFilter { Cursor = cursor, Limit = Paging.MaxLimit };
            var page = await queries.LinesAsync(id, filter, cancellation);
            foreach (var line in page?.Items ?? [])
            {
                await file.WriteAsync(CsvText.Line(Cells(line)).AsMemory(), cancellation);
            }

            await file.FlushAsync(cancellation);
            cursor = page?.Next;
        } while (cursor is not null);
    }

    private static IEnumerable<string?> Cells(ImportLineView line) =>
        [
            line.Line.ToString(CultureInfo.InvariantCulture),
            line.Subject,
            line.Step.ToString(),
            line.Step is ImportStep.Create or ImportStep.Change ? line.State.ToString() : "",
            string.Join(
                " ",
                line.Notes.Select(note => note.Column is { } column ? $"{column}: {note.Text}" : note.Text)
            ),
            line.UemId?.ToString(CultureInfo.InvariantCulture),
            line.LedgerEntryId?.ToString(),
        ];
}
