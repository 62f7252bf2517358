using Picket.Api;

namespace Picket.Server.Tests.Commands;

/// <summary>Commands at the end of the day's calls. The scene is its own: what is left of a day does not come back.</summary>
public sealed class CommandQuotaTests(CommandScene scene) : IClassFixture<CommandScene>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goes_out_while_what_is_left_of_the_days_calls_is_kept_for_people()
    {
        var (first, second) = (scene.Take(), scene.Take());
        await scene.SetAsync(row => row.QuotaSharePercent = 100);
        scene.Uem.Quota.Daily = scene.Uem.Quota.Used + (scene.Uem.Quota.Used / 20);
        var one = await scene.Asker.Client.CommandAsync(
            first.Id,
            new CreateCommand { Command = DeviceCommand.Sync },
            Cancel
        );
        await scene.BecomesAsync(one.Id, DeviceCommandState.Sent); // Its answer tells how many are left.

        var wish = new CreateCommand { Command = DeviceCommand.Lock, Reason = "Left in a taxi" };
        var two = await scene.Asker.Client.CommandAsync(second.Id, wish, Cancel);

        await scene.BecomesAsync(two.Id, DeviceCommandState.Sent);
        Assert.Equal(["Lock"], scene.Got(second));

        // A program's commands wait for the reset.
        var third = scene.Take();
        using var service = await scene.Picket.NewHttpAsync(TokenScope.Write);
        var sync = new CreateCommand { Command = DeviceCommand.Sync };
        var program = await new PicketClient(service).CommandAsync(third.Id, sync, Cancel);
        var waits = await scene.BecomesAsync(program.Id, view => view.Reason is not null);
        Assert.Null(waits.SentAt);
        Assert.Empty(scene.Got(third));
    }
}
