using System.Globalization;
using Picket.Api;

namespace Picket.Cli.Demo;

/// <summary>
/// An app on its way: it is added to the UEM's catalogue, published to a canary ring, and comes to the devices that
/// report; on one it fails. The ring is watched when the demo is up. Then the UEM is asked how the app stands.
/// </summary>
internal sealed class DemoPublication(DemoSite site, DemoOptions options, Terminal terminal)
{
    private const string Bundle = "com.example.picket.guard";
    private const string Everybody = "All Android";
    private const int MostReports = 200;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly PicketClient picket = site.Client;

    /// <summary>Enough devices for a ring that proves something, and not a large one.</summary>
    private int SharePercent =>
        options.Devices switch
        {
            < 100 => 50,
            <= 2000 => 10,
            _ => 1,
        };

    public async Task<RolloutFigures> RunAsync(IntegrationView integration, CancellationToken cancellation)
    {
        await picket.SetDeploymentAsync(integration.Id, enabled: true, cancellation);
        var app = new AddStoreApp
        {
            Name = "Guard",
            BundleId = Bundle,
            Platform = AppPlatform.Android,
        };
        await picket.AddStoreAppAsync(integration.Id, app, cancellation);
        var draft = await DraftAsync(integration.Id, cancellation);
        var preview = await picket.PreviewPublicationAsync(draft.Id, cancellation);
        var devices = preview.Rings[0].Devices ?? 0;
        if (devices < 2)
        {
            Say("Publishing an app: left as a draft, since the fleet has too few Android devices for a canary ring.");
            return new RolloutFigures(0, 0, Agrees: preview.Stop is null);
        }

        Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Publishing {draft.AppName} to a canary ring of {devices} devices …"
            )
        );
        await picket.StartPublicationAsync(draft.Id, cancellation);
        await UntilAsync(draft.Id, ring => ring is { State: RingState.Watching, Assigned: > 0 }, cancellation);
        var installed = await TakeAsync(draft.Id, cancellation);
        var ring = await UntilAsync(draft.Id, ring => ring.Installed >= installed && ring.Failed == 1, cancellation);
        Say(
            $"  {ring.Installed} of {ring.Assigned} devices have it, on {ring.Failed} it failed; it is watched for a day"
        );
        return await CompareAsync(draft, integration, ring, cancellation);
    }

    /// <summary>Devices report by themselves, too: what differs may be newer in the UEM, and is read a moment later.</summary>
    private async Task<RolloutFigures> CompareAsync(
        PublicationView publication,
        IntegrationView integration,
        RingView ring,
        CancellationToken cancellation
    )
    {
        var uem = await site.Uem.AppAsync(publication.AppUuid, integration.OrganizationGroup.Uuid, cancellation);
        if (uem.Installed > ring.Installed)
        {
            ring = await UntilAsync(publication.Id, now => now.Installed >= uem.Installed, cancellation);
            uem = await site.Uem.AppAsync(publication.AppUuid, integration.OrganizationGroup.Uuid, cancellation);
        }

        var (assigned, installed) = (ring.Assigned ?? 0, ring.Installed ?? 0);
        return new RolloutFigures(assigned, installed, uem == new AppCounts(assigned, installed));
    }

    private async Task<PublicationView> DraftAsync(Guid integration, CancellationToken cancellation)
    {
        var template = await picket.ConfigurationTemplateAsync(
            integration,
            new ConfigurationTemplateFilter { Server = $"{site.ServerAddress}" },
            cancellation
        );
        return await picket.CreatePublicationAsync(
            integration,
            new CreatePublication
            {
                Name = "Guard",
                BundleId = Bundle,
                Kind = PublishedAppKind.Public,
                Rings = [new("Canary", [Everybody], SharePercent), new("Everybody", [Everybody])],
                Configuration = template.Keys,
            },
            cancellation
        );
    }

    /// <summary>On one device it fails, one stays silent, the others report and take it.</summary>
    /// <returns>How many have it then at least.</returns>
    private async Task<int> TakeAsync(Guid publication, CancellationToken cancellation)
    {
        var filter = new PublicationDeviceFilter { Reached = DeploymentStage.Assigned, Limit = MostReports };
        var assigned = (await picket.PublicationDevices(publication, filter).PageAsync(cancellation)).Items;
        var reporting = assigned.Select(device => device.UemId).Skip(assigned.Count > 2 ? 1 : 0).ToList();
        await site.Uem.FailInstallAsync(Bundle, reporting[0], "No space left on the device", cancellation);
        foreach (var device in reporting)
        {
            await site.Uem.ReportAsync(device, cancellation);
        }

        return reporting.Count - 1;
    }

    private async Task<RingView> UntilAsync(Guid id, Func<RingView, bool> reached, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, terminal.Time);
        while (true)
        {
            var publication = await picket.PublicationAsync(id, cancellation);
            var ring = publication.Rings[0];
            if (reached(ring))
            {
                return ring;
            }

            if (publication.State != PublicationState.Running || limit.IsCancellationRequested)
            {
                throw new DemoFailedException(
                    $"The publication is {publication.State}, its canary ring {ring.State}: {publication.Reason}"
                );
            }

            await Task.Delay(Poll, terminal.Time, cancellation);
        }
    }

    private void Say(string line) => terminal.Error.WriteLine(line);
}

/// <summary>What became of the demo's app.</summary>
/// <param name="Assigned">Devices of the canary ring that are to have it.</param>
/// <param name="Installed">Of these, devices that have it.</param>
/// <param name="Agrees">The UEM's own API says the same.</param>
internal sealed record RolloutFigures(int Assigned, int Installed, bool Agrees);
