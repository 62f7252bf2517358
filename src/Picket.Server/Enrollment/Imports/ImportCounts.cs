using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Enrollment;

/// <summary>How the lines of an import stand: each number is that of the lines behind it.</summary>
internal sealed record ImportCounts(IReadOnlyDictionary<(ImportStep Step, ImportLineState State), int> Lines)
{
    public static readonly ImportCounts None = new(new Dictionary<(ImportStep, ImportLineState), int>());

    public int Creates => Of(ImportStep.Create);
    public int Changes => Of(ImportStep.Change);
    public int AlreadyThere => Of(ImportStep.AlreadyThere);
    public int Refused => Of(ImportStep.Refused);
    public int Done => Of(ImportLineState.Done);
    public int Failed => Of(ImportLineState.Failed);
    public int Unclear => Of(ImportLineState.Unclear);

    /// <summary>To be sent, or sent and not settled.</summary>
    public int Waiting => Of(ImportLineState.Waiting) + Of(ImportLineState.Sent);

    public static async Task<ImportCounts> OfAsync(PicketDbContext db, Guid import, CancellationToken cancellation) =>
        (await OfAsync(db, [import], cancellation)).GetValueOrDefault(import, None);

    public static async Task<Dictionary<Guid, ImportCounts>> OfAsync(
        PicketDbContext db,
        IReadOnlyList<Guid> imports,
        CancellationToken cancellation
    )
    {
        var rows = await db
            .ImportLines.Where(row => imports.Contains(row.ImportId))
            .GroupBy(row => new
            {
                row.ImportId,
                row.Step,
                row.State,
            })
            .Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancellation);
        return rows.GroupBy(row => row.Key.ImportId)
            .ToDictionary(
                import => import.Key,
                import => new ImportCounts(import.ToDictionary(row => (row.Key.Step, row.Key.State), row => row.Count))
            );
    }

    private int Of(ImportStep step) => Lines.Where(each => each.Key.Step == step).Sum(each => each.Value);

    private int Of(ImportLineState state) =>
        Lines
            .Where(each => each.Key.State == state && each.Key.Step is (ImportStep.Create or ImportStep.Change))
            .Sum(each => each.Value);
}
