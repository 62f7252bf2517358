using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Enrollment;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Plan = Picket.Core.Enrollment.ImportStep;

namespace Picket.Server.Enrollment;

/// <summary>
/// Says of each line what would become of it: 1 find the users that lines name; 2 read the devices or groups; 3 plan line
/// by line, in the order of the file. Nothing is written to the UEM. A check that was broken off starts anew.
/// </summary>
internal sealed class ImportCheck(PicketDatabase database)
{
    private const int LinesAtOnce = 500;

    public async Task CheckAsync(ImportRow import, WorkspaceOneClient client, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == import.IntegrationId, cancellation);
        var own = integration.OrganizationGroupId;
        await new UemUsers(database, client, own).FindAsync(import, Open, cancellation); // 1

        var devices = new UemDevices(database, client, own);
        var groups = new UemGroups(database, client, own);
        if (import.Kind == Api.ImportKind.Devices) // 2
        {
            await devices.ReadAnnouncedAsync(cancellation);
        }
        else if (import.Kind == Api.ImportKind.GroupMembers)
        {
            await groups.ReadAsync(import.IntegrationId, cancellation);
            await groups.FindMembersAsync(import, cancellation);
        }

        var texts = await GroupTexts.ReadAsync(db, integration, cancellation);
        ImportLineRow? now = null;
        var planner = new ImportPlanner(
            new ImportKnown
            {
                OrganizationGroup = texts.Find,
                User = _ => ImportJson.UserOf(now!.KnownUser),
                Devices = devices.Known,
                Groups = name => groups.Known(name, () => now!.IsMember),
            }
        );
        await foreach (var lines in LinesAsync(db, import, cancellation)) // 3
        {
            if (import.Kind == Api.ImportKind.Devices)
            {
                var wishes = lines.Select(line => ImportJson.WishOf(import.Kind, line.Wish)).OfType<DeviceWish>();
                await devices.ReadEnrolledAsync(import.IntegrationId, [.. wishes], cancellation);
            }

            foreach (var line in lines)
            {
                now = line;
                Keep(line, PlanOf(planner, import, line), own);
            }

            await SaveAsync(db, lines, cancellation);
        }
    }

    /// <summary>What was done stays as it is; all else is looked at anew.</summary>
    private static IQueryable<ImportLineRow> Open(PicketDbContext db, IQueryable<ImportLineRow> lines) =>
        lines.Where(row => row.Wish != null && row.State != ImportLineState.Done);

    private static Plan PlanOf(ImportPlanner planner, ImportRow import, ImportLineRow line) =>
        planner.Plan(
            new ImportLine(
                line.Line,
                ImportJson.WishOf(import.Kind, line.Wish),
                [.. ImportJson.NotesOf(line.Notes).Select(note => new ImportMistake(line.Line, note.Column, note.Text))]
            )
        );

    private static void Keep(ImportLineRow line, Plan step, int own)
    {
        if (line.State == ImportLineState.Done)
        {
            return; // It was planned only so that later lines are compared with it.
        }

        (line.Step, line.State) = (StepOf(step), ImportLineState.Waiting);
        line.OrganizationGroupId = step is Plan.Create create ? create.OrganizationGroup ?? own : null;
        line.Notes = step switch
        {
            Plan.Refuse refused => Notes(refused.Mistakes.Select(each => (each.Column, each.Text))),
            Plan.AlreadyThere there => Notes([(null, there.Why)]),
            Plan.Change change => Notes(
                change.Fields.Select(field => ((string?)field.Column, $"{field.Before ?? "?"} → {field.After}"))
            ),
            Plan.Create { WithGroup: true } => Notes([(ImportColumns.Group.Name, "The group is made.")]),
            _ => null,
        };
    }

    private static Api.ImportStep StepOf(Plan step) =>
        step switch
        {
            Plan.Create => Api.ImportStep.Create,
            Plan.Change => Api.ImportStep.Change,
            Plan.AlreadyThere => Api.ImportStep.AlreadyThere,
            _ => Api.ImportStep.Refused,
        };

    private static string? Notes(IEnumerable<(string? Column, string Text)> notes) =>
        ImportJson.Of([.. notes.Select(note => new ImportNote(note.Column, note.Text))]);

    private static async IAsyncEnumerable<List<ImportLineRow>> LinesAsync(
        PicketDbContext db,
        ImportRow import,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var last = 0;
        while (true)
        {
            var lines = await db
                .ImportLines.AsNoTracking()
                .Where(row => row.ImportId == import.Id && row.Line > last)
                .OrderBy(row => row.Line)
                .Take(LinesAtOnce)
                .ToListAsync(cancellation);
            if (lines.Count == 0)
            {
                yield break;
            }

            yield return lines;
            last = lines[^1].Line;
        }
    }

    private async Task SaveAsync(PicketDbContext db, List<ImportLineRow> lines, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await database.Bulk.UpdateAsync(
            db,
            lines,
            [
                nameof(ImportLineRow.Step),
                nameof(ImportLineRow.State),
                nameof(ImportLineRow.Notes),
                nameof(ImportLineRow.OrganizationGroupId),
            ],
            cancellation
        );
        await ImportRemoval.ForgetAgainAsync(db, lines, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

/// <summary>The import cannot go on, and says why in words for the administrator.</summary>
internal sealed class ImportEndedException(string reason) : Exception(reason);
