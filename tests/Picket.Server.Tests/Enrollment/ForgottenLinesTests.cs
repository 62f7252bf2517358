using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Enrollment;

/// <summary>Lines name people: what they say does not stay for ever, and goes with a person who is erased.</summary>
public sealed class ForgottenLinesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_about_an_erased_person_are_forgotten_and_not_sent()
    {
        await using var scene = await ImportScene.StartAsync();
        var user = (await scene.Client.Users().PageAsync(Cancel)).Items[0];
        var check = await scene.CheckAsync(
            ImportKind.Users,
            "user_name,last_name",
            $"{user.UserName},Somebody-Else",
            "e.noether,Noether"
        );
        Assert.Equal((1, 1), (check.Changes, check.Creates));

        var preview = await scene.Client.ErasureOfUserAsync(user.Id, Cancel);
        await scene.Client.EraseUserAsync(user.Id, new EraseUser(user.UserName), Cancel);

        Assert.Equal(1, preview.ImportLines);
        await using (var db = scene.Picket.OpenDatabase())
        {
            var line = await db.ImportLines.SingleAsync(row => row.ImportId == check.Id && row.Line == 2, Cancel);
            Assert.Equal((null, null, null, null), (line.Wish, line.Subject, line.KnownUser, line.Notes));
        }

        var ended = await scene.StartAsync(check.Id);
        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal(1, ended.Done);
        Assert.DoesNotContain(scene.Uem.Users, each => each.LastName == "Somebody-Else");
    }

    /// <summary>The sender holds many lines at once: what it has read before somebody was erased is not sent, nor written back.</summary>
    [Fact]
    public async Task A_person_who_is_erased_while_an_import_runs_stays_erased_and_the_import_ends()
    {
        await using var scene = await ImportScene.StartAsync();
        var people = (await scene.Client.Users().PageAsync(Cancel)).Items;
        var (first, second) = (people[0], people[1]);
        var check = await scene.CheckAsync(
            ImportKind.Users,
            "user_name,last_name",
            $"{first.UserName},Somebody-Else",
            $"{second.UserName},Somebody-Else",
            "e.noether,Noether"
        );
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/update",
                Times = 1,
                Action = FaultAction.Slow,
                Milliseconds = 6000,
            }
        );
        await scene.Client.StartImportAsync(check.Id, Cancel);
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);

        await scene.Client.EraseUserAsync(first.Id, new EraseUser(first.UserName), Cancel);
        await scene.Client.EraseUserAsync(second.Id, new EraseUser(second.UserName), Cancel);
        var ended = await scene.EndAsync(check.Id);

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal((2, 0), (ended.Done, ended.Waiting)); // The first was on its way already.
        Assert.DoesNotContain(
            scene.Uem.Users,
            user => user.UserName == second.UserName && user.LastName == "Somebody-Else"
        );
        await using var db = scene.Picket.OpenDatabase();
        Assert.All(
            await db.ImportLines.Where(row => row.ImportId == check.Id && row.Line < 4).ToListAsync(Cancel),
            line => Assert.Equal((null, null, null, null), (line.Wish, line.Subject, line.KnownUser, line.Notes))
        );
        Assert.Equal(2, (await scene.WritesAsync(check.Id)).Count);
    }

    /// <summary>A trigger stands for an erasure between the check's reading of a line and its writing.</summary>
    [Fact]
    public async Task A_person_who_is_erased_while_a_line_is_checked_stays_erased()
    {
        await using var scene = await ImportScene.StartAsync();
        var user = scene.Uem.UserNames.First();
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                CREATE TRIGGER erased BEFORE UPDATE OF "Step" ON import_lines WHEN OLD."Wish" IS NOT NULL AND OLD."Line" = 2
                BEGIN
                    UPDATE import_lines SET "Wish" = NULL, "Subject" = NULL, "UserKey" = NULL, "GroupKey" = NULL,
                        "KnownUser" = NULL, "Notes" = NULL WHERE "Id" = OLD."Id";
                END
                """,
                Cancel
            );
        }

        var check = await scene.CheckAsync(
            ImportKind.GroupMembers,
            "group,user_name",
            $"Phone trial,{user}",
            $"Phone trial,{scene.Uem.UserNames.Last()}"
        );
        var ended = await scene.StartAsync(check.Id);

        Assert.Equal((1, 1), (check.Creates, check.Refused));
        Assert.Null((await scene.LinesAsync(check.Id))[0].Subject);
        Assert.Empty((await scene.LinesAsync(check.Id))[0].Notes);
        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.DoesNotContain(user, Assert.Single(scene.Uem.CustomGroups("Phone trial")));
    }

    [Fact]
    public async Task Old_lines_are_forgotten_and_their_numbers_stay()
    {
        await using var scene = await ImportScene.StartAsync(new() { ["Enrollment:KeepLinesDays"] = "7" });
        var check = await scene.CheckAsync(ImportKind.Users, "user_name", "e.noether", "l.meitner");
        await scene.StartAsync(check.Id);
        var left = await scene.CheckAsync(ImportKind.Users, "user_name", "h.poincare");
        await using (var db = scene.Picket.OpenDatabase())
        {
            var then = TimeProvider.System.GetUtcNow().AddDays(-8);
            await db.Imports.ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.MadeAt, then)
                        .SetProperty(row => row.EndedAt, row => row.EndedAt == null ? null : then),
                Cancel
            );
        }

        var forgotten = await TagScene.UntilAsync(
            () => scene.Client.ImportAsync(check.Id, Cancel),
            view => view.ForgottenAt is not null
        );
        var never = await TagScene.UntilAsync(
            () => scene.Client.ImportAsync(left.Id, Cancel),
            view => view.ForgottenAt is not null
        );

        Assert.Equal((2, 2), (forgotten.Creates, forgotten.Done));
        Assert.All(await scene.LinesAsync(check.Id), line => Assert.Null(line.Subject));
        Assert.Equal(ImportState.Cancelled, never.State);
        Assert.Equal(2, (await scene.WritesAsync(check.Id)).Count);
    }
}
