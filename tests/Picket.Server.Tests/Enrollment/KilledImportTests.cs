using Picket.Api;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Enrollment;

public sealed class KilledImportTests
{
    private const int Lines = 40;
    private const int Seed = 20261129;

    private static readonly string[] Eager =
    [
        "--Enrollment:LookEveryMilliseconds",
        "100",
        "--Enrollment:RetryMilliseconds",
        "100",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Killed before the call is acted on, and after: the mark tells that it was on its way.</summary>
    [Theory]
    [InlineData(FaultAction.Slow)]
    [InlineData(FaultAction.HoldAnswer)]
    public async Task Takes_the_import_up_where_it_was_killed_between_mark_and_answer(FaultAction held)
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await CheckAsync(scene);
        await scene.Picket.StopServerAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adduser",
                From = 7,
                Action = held,
                Milliseconds = 120_000,
            }
        );
        await using (var server = PicketProcess.Start(scene.Picket.DataFolder, Eager))
        {
            await (await server.ReadyAsync(Cancel)).StartImportAsync(check, Cancel);
            await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();

        await AssertEachOnceAsync(scene, check, mostUnclear: 1);
    }

    [Fact]
    public async Task Leaves_each_line_done_once_however_often_it_is_killed()
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await CheckAsync(scene);
        await scene.Picket.StopServerAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adduser",
                Action = FaultAction.Slow,
                Milliseconds = 60,
            }
        );
        var random = new Random(Seed);
        for (var kill = 0; kill < 4; kill++)
        {
            await using var server = PicketProcess.Start(scene.Picket.DataFolder, Eager);
            var client = await server.ReadyAsync(Cancel);
            if (kill == 0)
            {
                await client.StartImportAsync(check, Cancel);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 900)), TimeProvider.System, Cancel);
            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();

        await AssertEachOnceAsync(scene, check, mostUnclear: 4);
    }

    private static async Task<Guid> CheckAsync(ImportScene scene)
    {
        string[] file = ["user_name", .. Enumerable.Range(1, Lines).Select(n => $"trial.{n:00}")];
        return (await scene.CheckAsync(ImportKind.Users, file)).Id;
    }

    /// <summary>What was on its way at a kill and never arrived waits for a person, who says "again" once.</summary>
    private static async Task AssertEachOnceAsync(ImportScene scene, Guid check, int mostUnclear)
    {
        var ended = await scene.EndAsync(check);
        Assert.Equal(Lines, ended.Done + ended.Unclear);
        Assert.InRange(ended.Unclear, 0, mostUnclear);
        ended = ended.Unclear > 0 ? await scene.RetryAsync(check) : ended;

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal(Enumerable.Range(1, Lines).Select(n => $"trial.{n:00}"), scene.Users("trial."));
        Assert.All(await scene.LedgerAsync(check), write => Assert.EndsWith(" 1", write));
    }
}
