using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Enrollment;
using Picket.Server.Audit;
using Picket.Server.Storage;
using CoreKind = Picket.Core.Enrollment.ImportKind;
using ImportKind = Picket.Api.ImportKind;

namespace Picket.Server.Enrollment;

/// <summary>
/// Takes a file in as it comes: each line is read, with all that is wrong with it, and kept in batches. Lines never stand
/// in memory together, and a file that cannot be read to its end leaves nothing.
/// </summary>
internal static class ImportUpload
{
    private const int LinesAtOnce = 1000;
    private const int LongestName = 200;

    public static async Task<Results<Accepted<ImportView>, NotFound, ValidationProblem, ProblemHttpResult>> TakeAsync(
        Guid id,
        ImportKind? kind,
        string? name,
        HttpRequest request,
        ClaimsPrincipal user,
        ImportStore imports,
        PicketDbContext db,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (Mistakes(kind, name) is { Count: > 0 } mistakes)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        if (integration.WhyNotAsked is { } refusal)
        {
            return EnrollmentProblems.NotAllowedNow(refusal);
        }

        if (request.ContentLength > ImportFile.MostBytes)
        {
            return EnrollmentProblems.TooLarge();
        }

        var import = await imports.NewAsync(
            id,
            kind!.Value,
            Path.GetFileName(name!.Trim()),
            AuditLog.ActorOf(user),
            cancellation
        );
        try
        {
            var lines = await KeepAsync(imports, import, request.Body, cancellation);
            return TypedResults.Accepted(
                Routes.Fill(Routes.Import, import.Id),
                await imports.CheckAsync(import, lines, cancellation)
            );
        }
        catch (ImportFileException failure)
        {
            await imports.DropAsync(import);
            return failure.IsTooLarge ? EnrollmentProblems.TooLarge() : EnrollmentProblems.Unreadable(name, failure);
        }
        catch
        {
            await imports.DropAsync(import);
            throw;
        }
    }

    public static CoreKind CoreOf(ImportKind kind) =>
        kind switch
        {
            ImportKind.Users => CoreKind.Users,
            ImportKind.Devices => CoreKind.Devices,
            _ => CoreKind.GroupMembers,
        };

    private static Dictionary<string, string[]> Mistakes(ImportKind? kind, string? name)
    {
        var mistakes = new Dictionary<string, string[]>();
        if (kind is null || !Enum.IsDefined(kind.Value))
        {
            mistakes["kind"] = [$"Say what the lines name: {string.Join(", ", Enum.GetNames<ImportKind>())}."];
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            mistakes["name"] = [$"Give the file's name, of 1 to {LongestName} characters."];
        }

        return mistakes;
    }

    private static async Task<int> KeepAsync(
        ImportStore imports,
        ImportRow import,
        Stream body,
        CancellationToken cancellation
    )
    {
        using var file = new ImportFile(body, cancellation);
        var header = await HeaderAsync(file, import);
        var (batch, lines) = (new List<ImportLineRow>(LinesAtOnce), 0);
        while (await file.NextAsync() is var (number, values))
        {
            if (++lines > ImportFile.MostLines)
            {
                throw new ImportFileException(null) { IsTooLarge = true };
            }

            batch.Add(ImportStore.LineOf(import.Id, ImportReader.Read(header, number, values)));
            if (batch.Count == LinesAtOnce)
            {
                await imports.AddLinesAsync(batch, cancellation);
                batch.Clear();
            }
        }

        if (lines == 0)
        {
            throw new ImportFileException("The file has a header and no line with a value.");
        }

        await imports.AddLinesAsync(batch, cancellation);
        return lines;
    }

    private static async Task<ImportHeader> HeaderAsync(ImportFile file, ImportRow import)
    {
        var first = await file.NextAsync() ?? throw new ImportFileException("The file is empty.");
        var (header, mistakes) = ImportHeader.Read(CoreOf(import.Kind), first.Values);
        return header ?? throw new ImportFileException(null, mistakes);
    }
}
