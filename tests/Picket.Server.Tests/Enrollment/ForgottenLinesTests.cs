using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Response;

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
