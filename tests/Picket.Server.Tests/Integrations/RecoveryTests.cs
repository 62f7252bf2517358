using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Integrations;

/// <summary>The day on which the UEM is gone: whoever has the server's host lets a person in, in everybody's sight.</summary>
public sealed class RecoveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_a_named_person_change_one_integration_without_the_UEM_and_shows_it_until_acknowledged()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        picket.Emulator.Faults = FaultScript.Of(new FaultRule { Action = FaultAction.Reset });
        await Expect.RefusedAsync(
            HttpStatusCode.Forbidden,
            () => picket.Client.PauseIntegrationAsync(made.Id, Cancellation)
        );

        var (code, said) = await RunAsync(picket, "--integration", "Test", "--person", "owner", "--reason", "UEM gone");
        var paused = await picket.Client.PauseIntegrationAsync(made.Id, Cancellation);
        var tooEarly = await Expect.RefusedAsync(
            HttpStatusCode.Conflict,
            () => picket.Client.AcknowledgeRecoveryAsync(made.Id, paused.Recovery!.Id, Cancellation)
        );

        Assert.True(code == 0, said);
        Assert.Equal(IntegrationState.Paused, paused.State);
        Assert.Equal(
            ("owner", "UEM gone", true),
            (paused.Recovery!.PersonName, paused.Recovery.Reason, paused.Recovery.Active)
        );
        Assert.Contains("lasts still", tooEarly.Problem.Title);
        await EndAsync(picket);
        await Expect.RefusedAsync(
            HttpStatusCode.Forbidden,
            () => picket.Client.ResumeIntegrationAsync(made.Id, Cancellation)
        );
        Assert.False((await picket.Client.IntegrationAsync(made.Id, Cancellation)).Recovery!.Active);
        await picket.Client.AcknowledgeRecoveryAsync(made.Id, paused.Recovery.Id, Cancellation);
        Assert.Null((await picket.Client.IntegrationAsync(made.Id, Cancellation)).Recovery);
        Assert.NotNull(Assert.Single(await picket.Client.Recoveries(made.Id).ToListAsync(Cancellation)).AcknowledgedAt);
        await using var db = picket.OpenDatabase();
        var told = await db
            .Audit.Where(row => row.Action.StartsWith("recovery."))
            .OrderBy(row => row.Sequence)
            .ToListAsync(Cancellation);
        Assert.Equal(
            ["recovery.started", "recovery.used", "recovery.acknowledged"],
            told.Select(entry => entry.Action)
        );
        Assert.Equal(("host", true), (told[0].Actor, told[0].After!.Contains("UEM gone")));
    }

    [Theory]
    [InlineData("No integration is called", "--integration", "Other", "--person", "owner", "--reason", "x")]
    [InlineData("Nobody active is called", "--integration", "Test", "--person", "nobody", "--reason", "x")]
    [InlineData("has no role that changes", "--integration", "Test", "--person", "ada", "--reason", "x")]
    [InlineData("Usage:", "--integration", "Test", "--person", "owner")]
    [InlineData("Usage:", "--integration", "Test", "--person", "owner", "--reason", "x", "--minutes", "1000")]
    public async Task Says_what_it_needs(string expected, params string[] arguments)
    {
        await using var picket = await PicketApplication.StartAsync();
        await picket.CreateIntegrationAsync();
        await picket.NewPersonAsync("ada", Core.Identity.Role.Auditor);

        var (code, said) = await RunAsync(picket, arguments);

        Assert.Equal(64, code);
        Assert.Contains(expected, said);
        await using var db = picket.OpenDatabase();
        Assert.Equal(0, await db.Recoveries.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Shows_after_a_sync_that_an_account_was_moved_without_any_change_being_tried()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var before = await scene.Picket.Client.IntegrationAsync(scene.Integration, Cancellation);

        scene.Picket.Administrator.Group = scene.Uem.Groups.Find("nw-europe")!.Index;
        await scene.RunAsync();

        var after = await scene.Picket.Client.IntegrationAsync(scene.Integration, Cancellation);
        Assert.Equal((true, false), (before.MayChange, after.MayChange));
        Assert.Contains("one above or below does not count", after.WhyNot);
    }

    private static async Task EndAsync(PicketApplication picket)
    {
        await using var db = picket.OpenDatabase();
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await db.Recoveries.ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsAt, past), Cancellation);
    }

    private static Task<(int Code, string Said)> RunAsync(PicketApplication picket, params string[] arguments) =>
        HostProgram.RunAsync(picket, "recover-ownership", arguments);
}
