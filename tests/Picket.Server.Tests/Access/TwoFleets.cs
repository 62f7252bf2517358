using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Tests.Intelligence;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Access;

/// <summary>Two fleets on one server, somebody who has a role at one of them, and an owner.</summary>
public sealed class TwoFleets : IAsyncLifetime
{
    public PicketApplication Picket { get; } = new();

    /// <summary>Lists the app that both have.</summary>
    public FeedView Feed { get; private set; } = null!;

    internal NamedFleet Alder { get; private set; } = null!;
    internal NamedFleet Birch { get; private set; } = null!;
    internal Colleague Somebody { get; private set; } = null!;
    internal Colleague Owner { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Picket.InitializeAsync();
        // Before there are devices: a feed has those judged anew that it concerns, and these have findings already.
        await using var list = FeedFiles.Stalkerware(NamedFleet.SharedApp.Identifier);
        Feed = await Picket.Client.ImportFeedAsync("list", list, cancellationToken: Cancel);
        await using (var db = Picket.OpenDatabase())
        {
            db.Apps.Add(NamedFleet.SharedApp);
            await db.SaveChangesAsync(Cancel);
        }

        Alder = await NamedFleet.SaveAsync(Picket, "alderwood", "CVE-2099-0001");
        Birch = await NamedFleet.SaveAsync(Picket, "birchwood", "CVE-2099-0002");
        Somebody = await Colleague.JoinAsync(Picket, new Grant(Role.Administrator, Alder.Integration));
        Owner = await Colleague.JoinAsync(Picket, new Grant(Role.Owner, null));
        // The overview is asked for once a second; what it gives may be from before the second fleet.
        for (var tries = 0; tries < 50 && (await Owner.Client.OverviewAsync(Cancel)).Devices < 2; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Somebody.Dispose();
        Owner.Dispose();
        await Picket.DisposeAsync();
    }
}
