using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Access;

/// <summary>
/// Two fleets on one server, and somebody who has a role at one of them: nothing of the other is ever shown. Every
/// address that answers GET is walked, as the server itself lists them, so that a new one cannot be forgotten.
/// </summary>
public sealed class VisibleTests(TwoFleets fleets) : IClassFixture<TwoFleets>
{
    /// <summary>Addresses under which nothing of any fleet stands. Whatever else there is has to show the owner the other fleet.</summary>
    private static readonly string[] OfNoFleet =
    [
        Routes.Me,
        Routes.MyAccount,
        Routes.MySessions,
        Routes.People,
        Routes.Person,
        Routes.Invitations,
        Routes.Tokens,
        Routes.FindingKinds,
        Routes.Feeds,
        Routes.Feed,
        Routes.FeedVersions,
        Routes.FeedIndicators,
        Routes.OwnIndicators,
        Routes.OwnIndicator,
        Routes.FeedHunt, // Numbers; HuntTests count them.
        Routes.Hunts,
        Routes.Hunt,
        Routes.HuntAnswer, // Has to be asked something; HuntTests do.
        Routes.HuntAnswerDevices,
        Routes.HuntDevices,
        Routes.BlindSpots, // Numbers, too.
        Routes.Retention,
        Routes.FeedSources,
        Routes.FeedSource,
        Routes.FeedCatalogue,
        Routes.WriteStops, // Of all integrations together.
        Routes.DeviceMessage, // Has to be told which finding; MessageTests do.
        Routes.Approvals, // What waits; of these fleets nothing does. WipeTests have some.
        Routes.NoticeChannel, // By ids of channels; NoticeScanTests have some.
        Routes.NoticeDelivery,
        Routes.WhatIf, // One's own trials; WhatIfTests make some.
        Routes.WhatIfDevices,
        Routes.Policy,
        Routes.PolicyVersions,
        Routes.PolicyVersion,
        Routes.PolicyExceptions,
        Routes.Audit,
        Routes.AuditHead,
        Routes.AuditExport,
        Routes.DoctorRound,
        Routes.ImportTemplate,
        Routes.DeviceFacets, // Numbers; see below.
        Routes.OverviewBlindSpots,
        Routes.UserErasure, // Numbers, too.
        Routes.PublicationFunnel, // Numbers, too.
        Routes.Catalogue, // Asks the UEM, but not while the integration is paused.
        Routes.SmartGroupDevices, // Asks the UEM, but not while the integration is paused.
        Routes.Live,
        Routes.Ready,
        "/openapi/{documentName}.json",
        "/metrics",
        "/about",
        "/policy",
        "/what-if",
        "/what-if/{Id:guid}",
        "/audit",
        "/failed",
        "/not-found",
        "/status/{Code:int}",
        "/sign-in",
        "/first-owner",
        "/invitation",
        "/new-password",
        "/sign-in/code",
        "/account",
        "/indicators",
        "/people",
        "/people/{Id:guid}",
        "/tokens",
        "/intelligence",
        "/intelligence/{Id:guid}",
        "/hunts",
        "/hunts/answer",
        "/hunts/{Id:guid}",
        "/hunts/feed/{Id:guid}",
        "/blind-spots",
        "/integrations/new",
        "/publications/catalogue/{Id:guid}", // Asks the UEM once it is open.
        "/integrations/preparation",
        "/findings", // Rules and numbers; see below.
        "/findings/kinds",
    ];

    private readonly PicketApplication picket = fleets.Picket;
    private readonly NamedFleet alder = fleets.Alder;
    private readonly NamedFleet birch = fleets.Birch;
    private readonly Colleague somebody = fleets.Somebody;
    private readonly Colleague owner = fleets.Owner;
    private readonly FeedView feed = fleets.Feed;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_another_integration_is_shown_at_any_address()
    {
        var mistakes = new List<string>();
        foreach (var (template, page) in Readable())
        {
            var mine = await AskAsync(somebody, page, AddressOf(template, alder));
            mistakes.AddRange(Shown(mine.Body).Select(trace => $"{template} shows {trace}"));
            if (mine.Status >= HttpStatusCode.InternalServerError)
            {
                mistakes.Add($"{template} answers {mine.Status}");
            }

            if (template != "/failed")
            {
                Add(mistakes, !mine.Body.Contains("This page failed", StringComparison.Ordinal), $"{template} fails");
            }

            var (theirs, asked) = await AskForTheirsAsync(template, page);
            mistakes.AddRange(Shown(theirs.Body, asked).Select(trace => $"{asked} shows {trace}"));
            if (birch.Address(template) is not null && !template.Contains("/apps/", StringComparison.Ordinal))
            {
                Add(mistakes, theirs.Status == HttpStatusCode.Forbidden, $"{asked} answers {theirs.Status}");
                var expected = template switch
                {
                    Routes.SmartGroupDevices or Routes.Catalogue => HttpStatusCode.Conflict,
                    Routes.DeviceMessage => HttpStatusCode.BadRequest, // It is not said of which finding.
                    _ => HttpStatusCode.OK,
                };
                Add(mistakes, mine.Status == expected, $"{template} of one's own answers {mine.Status}");
            }
        }

        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }

    [Fact]
    public async Task Whoever_may_see_all_is_shown_it_at_every_address_that_speaks_of_a_fleet()
    {
        var mistakes = new List<string>();
        foreach (var (template, page) in Readable().Where(each => !OfNoFleet.Contains(each.Template)))
        {
            var all = await AskAsync(owner, page, AddressOf(template, birch));
            Add(mistakes, Shown(all.Body).Any(), $"{template} shows nothing of the fleet: {all.Status}");
        }

        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }

    [Fact]
    public async Task Numbers_count_what_one_may_see()
    {
        var (mine, all) = (await somebody.Client.OverviewAsync(Cancel), await owner.Client.OverviewAsync(Cancel));

        Assert.Equal((1, 2), (mine.Devices, all.Devices));
        Assert.Equal((2, 4), (mine.FindingKinds.Values.Sum(), all.FindingKinds.Values.Sum()));
        Assert.Equal((1, 2), (await HoldersAsync(somebody), await HoldersAsync(owner)));
        Assert.Equal((1, 2), (await HitsAsync(somebody), await HitsAsync(owner)));
        Assert.Equal((1, 2), (await AndroidsAsync(somebody), await AndroidsAsync(owner)));
        Assert.Contains(">1</a>", await somebody.Browser.TextAsync("/findings"), StringComparison.Ordinal);
        Assert.DoesNotContain(">2</a>", await somebody.Browser.TextAsync("/findings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_roles_at_both_sees_both_and_pages_on_from_one_to_the_other()
    {
        using var both = await Colleague.JoinAsync(
            picket,
            new Grant(Role.Auditor, alder.Integration),
            new Grant(Role.Analyst, birch.Integration)
        );

        var devices = await both.Client.Devices(new DeviceFilter { Limit = 1 }).ToListAsync(Cancel);

        Assert.Equal(new HashSet<Guid> { alder.Device, birch.Device }, devices.Select(device => device.Id).ToHashSet());
        Assert.Equal(2, (await both.Client.OverviewAsync(Cancel)).Integrations.Count);
    }

    [Fact]
    public async Task Metrics_need_the_right_to_read_everywhere()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await somebody.Http.GetAsync("/metrics", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.Http.GetAsync("/metrics", Cancel)).StatusCode);
    }

    /// <summary>Every address of the server that answers GET, but for files and what keeps pages alive.</summary>
    private IEnumerable<(string Template, bool Page)> Readable() =>
        from endpoint in picket.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let template = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is not false
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        where
            !template.StartsWith("/_", StringComparison.Ordinal) && !template.StartsWith("/{", StringComparison.Ordinal)
        select (template, endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null);

    private string AddressOf(string template, NamedFleet fleet) =>
        !template.Contains('{', StringComparison.Ordinal) ? template
        : fleet.Address(template) is { } address ? address
        : template.Contains("/feeds/", StringComparison.Ordinal)
        || template.StartsWith("/intelligence/", StringComparison.Ordinal)
        || template.StartsWith("/hunts/feed/", StringComparison.Ordinal)
            ? NamedFleet.Fill(template, feed.Id)
        : template.Contains("/people/", StringComparison.Ordinal)
        || template.Contains("/hunts/", StringComparison.Ordinal)
        || template.Contains("/what-if/", StringComparison.Ordinal)
        || template is Routes.DoctorRound or Routes.OwnIndicator or Routes.FeedSource
        || template is Routes.NoticeChannel or Routes.NoticeDelivery
            ? NamedFleet.Fill(template, Guid.Empty)
        : template == Routes.PolicyVersion ? NamedFleet.Fill(template, 0)
        : template == Routes.ImportTemplate ? NamedFleet.Fill(template, ImportKind.Users)
        : template.StartsWith("/findings/", StringComparison.Ordinal) ? NamedFleet.Fill(template, "cves")
        : template.StartsWith("/directory/", StringComparison.Ordinal) ? NamedFleet.Fill(template, "users")
        : template == "/openapi/{documentName}.json" ? "/openapi/v1.json"
        : template == "/status/{Code:int}" ? "/status/404"
        : throw new InvalidOperationException($"Say in NamedFleet what {template} speaks of.");

    /// <summary>The other fleet's thing at the address; where it speaks of none, the list with the other's filters.</summary>
    private async Task<((HttpStatusCode Status, string Body) Answer, string Asked)> AskForTheirsAsync(
        string template,
        bool page
    )
    {
        var asked = AddressOf(template, birch);
        if (!template.Contains('{', StringComparison.Ordinal))
        {
            asked += page
                ? $"?integration={birch.Integration}&device={birch.Device}"
                : $"?integrationId={birch.Integration}&deviceId={birch.Device}";
        }

        return (await AskAsync(somebody, page, asked), asked);
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(Colleague who, bool page, string address)
    {
        using var answer = page
            ? await who.Browser.GetAsync(address)
            : await who.Http.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <param name="asked">What stood in the question may stand in the answer.</param>
    private IEnumerable<string> Shown(string body, string asked = "") =>
        birch
            .Traces.Where(trace => body.Contains(trace, StringComparison.OrdinalIgnoreCase))
            .Where(trace => !asked.Contains(trace, StringComparison.Ordinal));

    private static void Add(List<string> mistakes, bool good, string mistake)
    {
        if (!good)
        {
            mistakes.Add(mistake);
        }
    }

    private static async Task<int> HoldersAsync(Colleague who) =>
        (await who.Client.AppHolders(NamedFleet.SharedApp.Identifier).ToListAsync(Cancel)).Count;

    private static async Task<int> AndroidsAsync(Colleague who) =>
        (await who.Client.DeviceFacetsAsync(cancellationToken: Cancel)).Platforms["Android"];

    private async Task<int> HitsAsync(Colleague who) =>
        (await who.Client.FeedIndicators(feed.Id).ToListAsync(Cancel)).Sum(entry => entry.Hits);
}
