using System.Net;
using Picket.Api;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Sync;

/// <summary>A disk that is really full: neither the database nor its log can grow.</summary>
public sealed class DiskFullTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_that_the_disk_is_full_loses_nothing_and_finishes_when_there_is_room_again()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 192);
        await using var uem = await EmulatorHost.StartAsync(
            new EmulatorOptions { Http = true, Devices = 3000 },
            ct: Cancel
        );
        var data = Path.Combine(disk.Folder, "server");
        Guid integration,
            run;
        await using (var server = PicketProcess.Start(data))
        {
            var picket = await server.ReadyAsync(Cancel);
            integration = (await picket.CreateIntegrationAsync(Draft(uem), Cancel)).Id;
            var reader = await picket.CreateTokenAsync(new CreateToken("Reader", TokenScope.Read, 1), Cancel);
            disk.Fill(leaveKilobytes: 6 * 1024);
            run = (await picket.StartRunAsync(integration, new StartRun(), Cancel)).Id;

            var readiness = await UntilFullAsync(server, picket, run);
            disk.Fill(leaveKilobytes: 0);
            var refused = await SmallDisk.UntilRefusedAsync(picket);

            Assert.Contains("disk", readiness, StringComparison.Ordinal);
            Assert.Contains("full", readiness, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.InsufficientStorage, refused.Status);
            Assert.Contains("disk", refused.Problem.Title, StringComparison.Ordinal);
            // Nobody used this token before, and there is no room to note that somebody does: reading works all the same.
            using var http = new HttpClient { BaseAddress = server.Address };
            Assert.Equal(run, (await new PicketClient(http, reader.Secret).RunAsync(run, Cancel)).Id);
            await server.KillAsync();
        }

        disk.Free();
        await using var again = PicketProcess.Start(data);
        var client = await again.ReadyAsync(Cancel);
        Assert.Equal("ok", await SmallDisk.IntegrityAsync(data));
        var ended = await SyncScene.UntilAsync(client, run, view => IsOver(view.State));
        if (ended.State == RunState.Failed)
        {
            Assert.Contains(ended.IncompleteReasons, reason => reason.Contains("full", StringComparison.Ordinal));
            run = (await client.StartRunAsync(integration, new StartRun(), Cancel)).Id;
            ended = await SyncScene.UntilAsync(client, run, view => IsOver(view.State));
        }

        Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        Assert.Equal(3000, await client.Devices().CountAsync(Cancel));
    }

    private static CreateIntegration Draft(EmulatorHost uem) =>
        new()
        {
            Name = "Small disk",
            Address = uem.Address.ToString(),
            OrganizationGroup = uem.OrganizationGroup.GroupId,
            Credential = new BasicCredential(uem.Credentials.Account, uem.Credentials.Password, uem.Credentials.ApiKey),
            Creator = new AdministratorProof(uem.Credentials.ConsoleAccount, uem.Credentials.ConsolePassword),
        };

    private static bool IsOver(RunState state) => state is not (RunState.Queued or RunState.Running);

    /// <summary>Until readiness says it and the run stands still or has ended.</summary>
    private static async Task<string> UntilFullAsync(PicketProcess server, PicketClient picket, Guid run)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        while (true)
        {
            using var answer = await http.GetAsync(Routes.Ready, Cancel);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return await answer.Content.ReadAsStringAsync(Cancel);
            }

            var view = await picket.RunAsync(run, Cancel);
            Assert.False(view.State == RunState.Completed, "The run fitted on the disk: make the disk smaller.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }
    }
}
