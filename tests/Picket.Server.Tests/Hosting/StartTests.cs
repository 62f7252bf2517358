using Picket.Api;

namespace Picket.Server.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task Answers_health_and_knows_its_owner_after_start_and_restart()
    {
        await using var picket = await PicketApplication.StartAsync();
        var cancellation = TestContext.Current.CancellationToken;

        Assert.True((await picket.NewHttp().GetAsync(Routes.Ready, cancellation)).IsSuccessStatusCode);
        Assert.Equal(TokenScope.Owner, (await picket.Client.MeAsync(cancellation)).Scope);

        var before = picket.OwnerToken;
        await picket.RestartAsync();

        Assert.Equal(before, picket.OwnerToken);
        Assert.Equal(TokenScope.Owner, (await picket.Client.MeAsync(cancellation)).Scope);
    }
}
