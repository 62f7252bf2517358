using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Enrollment;
using Picket.Server.Audit;
using Picket.Server.Storage;
using ImportKind = Picket.Api.ImportKind;

namespace Picket.Server.Enrollment;

/// <summary>Writes imports on their way from a file to the check.</summary>
internal sealed class ImportStore(
    PicketDatabase database,
    ImportQueries queries,
    IGrainFactory grains,
    AuditLog audit,
    TimeProvider time
)
{
    public async Task<ImportRow> NewAsync(
        Guid integration,
        ImportKind kind,
        string name,
        string actor,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var import = new ImportRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            Kind = kind,
            Name = name,
            State = ImportState.Receiving,
            MadeBy = actor,
            MadeAt = now,
        };
        await using var db = database.Open();
        db.Imports.Add(import);
        await db.SaveChangesAsync(cancellation);
        return import;
    }

    public static ImportLineRow LineOf(Guid import, ImportLine line) =>
        new()
        {
            Id = ImportLineRow.IdOf(import, line.Line),
            ImportId = import,
            Line = line.Line,
            Wish = line.Wish is { } wish ? ImportJson.Of(wish) : null,
            Subject = SubjectOf(line.Wish),
            UserKey = UserOf(line.Wish) is { } user ? UemUsers.KeyOf(user) : null,
            GroupKey = (line.Wish as MemberWish)?.Group.ToUpperInvariant(),
            Notes = ImportJson.Of([.. line.Mistakes.Select(each => new ImportNote(each.Column, each.Text))]),
        };

    public async Task AddLinesAsync(IReadOnlyList<ImportLineRow> lines, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await database.Bulk.InsertAsync(db, lines, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>It is all there: it is checked next.</summary>
    public async Task<ImportView> CheckAsync(
        ImportRow import,
        int lines,
        CancellationToken cancellation,
        bool thenStart = false
    )
    {
        await using var db = database.Open();
        db.Imports.Attach(import);
        (import.Lines, import.State) = (lines, ImportState.Checking);
        if (thenStart)
        {
            (import.StartsAfterCheck, import.Approved) = (true, lines);
            (import.StartedBy, import.StartedAt) = (import.MadeBy, time.GetUtcNow());
        }

        audit.Add(
            db,
            import.MadeBy,
            "import.taken",
            $"{import.Id}",
            after: new { Kind = import.Kind.ToString(), import.Lines }
        );
        await db.SaveChangesAsync(cancellation);
        await grains.GetGrain<IEnrollmentGrain>(import.IntegrationId).PokeAsync();
        return (await queries.GetAsync(import.Id, cancellation))!;
    }

    /// <summary>Its sender left, or it cannot be read: nothing of it stays.</summary>
    public async Task DropAsync(ImportRow import)
    {
        await using var db = database.Open();
        await ImportRemoval.RemoveAsync(db, import.Id, CancellationToken.None);
    }

    private static string? UserOf(ImportWish? wish) =>
        wish switch
        {
            UserWish user => user.UserName,
            DeviceWish device => device.UserName,
            MemberWish member => member.UserName,
            _ => null,
        };

    private static string? SubjectOf(ImportWish? wish) =>
        wish switch
        {
            DeviceWish device => $"{device.SerialNumber ?? device.Udid} · {device.UserName}",
            MemberWish member => $"{member.UserName} · {member.Group}",
            UserWish user => user.UserName,
            _ => null,
        };
}
