using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>
/// Devices, users, apps, groups, tags, feeds, people and all else are called what an attacker would call them. It is shown
/// as it is written, on every page, and does nothing.
/// </summary>
public sealed class HostileNameTests(HostileSite site) : IClassFixture<HostileSite>
{
    /// <summary>What names may have made of a page: elements, addresses that are scripts, and a script that ran.</summary>
    private const string Harm = """
        () => {
        // A letter that turns round what follows it is to turn nothing but its own name.
        function paragraph(text, orIsolate) {
          let around = text.parentElement;
          while (getComputedStyle(around).display === "inline" && !(orIsolate && getComputedStyle(around).unicodeBidi !== "normal")) around = around.parentElement;
          return around;
        }
        function turned() {
          const found = [];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const at = texts.currentNode.data.indexOf("\u202e");
            if (at < 0) continue;
            const around = paragraph(texts.currentNode, true);
            if (["SCRIPT", "STYLE", "TITLE", "PRE"].includes(around.tagName)) continue;
            let after = texts.currentNode.data.slice(at);
            const rest = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
            rest.currentNode = texts.currentNode;
            while (rest.nextNode() && paragraph(rest.currentNode, false) === paragraph(texts.currentNode, false)) after += rest.currentNode.data;
            after = after.replace("NAME", "").trim();
            if (after !== "") found.push(`letters turned round: ${around.tagName} ${around.className} "${after}"`);
          }
          return [...new Set(found)];
        }
        return [
          window.hostileNameRan ? "a script ran" : null,
          ...[...document.querySelectorAll("img:not([src$='.svg'])")].map(image => `an image: ${image.outerHTML}`),
          ...[...document.querySelectorAll("script:not([src])")].filter(script => script.textContent.includes("hostileNameRan")).map(() => "a script"),
          ...[...document.querySelectorAll("[onerror], [onload], [onclick]")].map(element => `a handler: ${element.outerHTML}`),
          ...[...document.querySelectorAll("a[href], form[action]")].filter(link => /^\s*javascript:/i.test(link.href ?? link.action)).map(link => `an address: ${link.outerHTML}`),
          ...turned(),
          document.documentElement.scrollWidth > innerWidth ? `${document.documentElement.scrollWidth - innerWidth} pixels too wide` : null,
        ].filter(Boolean);
        }
        """;

    /// <summary>Pages on which no name stands: forms, instructions, and what tells of a failure.</summary>
    private static readonly string[] Nameless =
    [
        "/about",
        "/account",
        "/failed",
        "/findings",
        "/findings/kinds",
        "/blind-spots",
        "/hunts/answer", // Nothing is asked.
        "/hunts/feed/{Id:guid}", // Nobody has any of it.
        "/integrations/new",
        "/integrations/preparation",
        "/first-owner",
        "/invitation",
        "/new-password",
        "/not-found",
        "/policy",
        "/what-if/{Id:guid}", // Nothing was tried.
        "/sign-in",
        "/sign-in/code",
        "/status/{Code:int}",
    ];

    /// <summary>Pages that show one of several lists.</summary>
    private static readonly Dictionary<string, string[]> Choices = new()
    {
        ["/findings/{By}"] = ["/findings/apps", "/findings/cves"],
        ["/directory/{Kind}"] =
        [
            "/directory/users",
            "/directory/administrators",
            "/directory/groups",
            "/directory/smart-groups",
            "/directory/user-groups",
            "/directory/tags",
        ],
    };

    private static readonly string[] Lists =
    [
        Routes.Integrations,
        Routes.Devices,
        Routes.Users,
        Routes.UserGroups,
        Routes.OrganizationGroups,
        Routes.SmartGroups,
        Routes.Administrators,
        Routes.Tags,
        Routes.Apps,
        Routes.Findings,
        Routes.Feeds,
        Routes.OwnIndicators,
        Routes.FeedSources,
        Routes.WriteStops,
        Routes.NeverTouch,
        Routes.Drift,
        Routes.NoticeChannels,
        Routes.NoticeDeliveries,
        Routes.Ledger,
        Routes.Audit,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hostile_name_does_nothing_on_any_page_and_stands_there_as_it_is_written()
    {
        var page = await site.SignedInAsync();
        var problems = new ConcurrentQueue<string>();
        Watch(page, problems);
        foreach (var (template, fleet) in Pages())
        {
            var address = template.Contains('{', StringComparison.Ordinal) ? fleet.Address(template) : template;
            await FindHarmAsync(page, address, problems);
            var text = await page.Locator("body").EvaluateAsync<string>("body => body.textContent");
            if (!Nameless.Contains(template) && !text.Contains(fleet.Name, StringComparison.Ordinal))
            {
                problems.Enqueue($"{page.Url} does not show it");
            }
        }

        Assert.True(problems.IsEmpty, string.Join(Environment.NewLine, problems.Distinct()));
    }

    [Fact]
    public async Task A_hostile_search_and_a_hostile_filter_do_nothing_either()
    {
        var page = await site.SignedInAsync();
        var problems = new ConcurrentQueue<string>();
        Watch(page, problems);
        foreach (var name in HostileFleet.Names.Select(Uri.EscapeDataString))
        {
            await FindHarmAsync(page, $"/devices?search=x{name}", problems);
            await FindHarmAsync(page, $"/devices?app={name}&cve={name}&finding={name}&group={name}", problems);
            await FindHarmAsync(page, $"/apps?search=x{name}", problems);
            await FindHarmAsync(page, $"/audit?action={name}", problems);
            await FindHarmAsync(page, $"/sign-in?ReturnUrl={name}", problems);
        }

        Assert.True(problems.IsEmpty, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public async Task The_api_answers_json_with_the_name_as_it_is()
    {
        foreach (var list in Lists)
        {
            using var answer = await site.Picket.Http.GetAsync(
                new Uri($"{list}?limit=500", UriKind.Relative),
                Cancellation
            );
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
            var texts = Texts(json.RootElement).ToHashSet();
            Assert.All(Names(list), name => Assert.Contains(name, texts));
        }
    }

    [Fact]
    public async Task The_file_for_spreadsheets_is_one_and_holds_the_names_as_they_are()
    {
        using var answer = await site.Picket.Http.GetAsync(
            new Uri("/devices/export.csv", UriKind.Relative),
            Cancellation
        );

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.All(
            site.Fleets,
            fleet =>
                Assert.Contains(
                    fleet.Name.Replace("\"", "\"\"", StringComparison.Ordinal),
                    body,
                    StringComparison.Ordinal
                )
        );
    }

    /// <summary>Every page of the server; those that speak of one thing with each of the names.</summary>
    private IEnumerable<(string Template, HostileFleet Fleet)> Pages() =>
        from template in site
            .Picket.Service<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Distinct()
            .SelectMany(template => Choices.GetValueOrDefault(template, [template]))
        from fleet in template.Contains('{', StringComparison.Ordinal) ? site.Fleets : [site.Fleets[0]]
        select (template, fleet);

    /// <summary>On a wide screen and on a phone.</summary>
    private static async Task FindHarmAsync(IPage page, string address, ConcurrentQueue<string> problems)
    {
        await OpenAsync(page, address);
        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, 900);
            foreach (
                var harm in await page.EvaluateAsync<string[]>(
                    Harm.Replace("NAME", HostileFleet.Turned, StringComparison.Ordinal)
                )
            )
            {
                problems.Enqueue($"{address}, {width} pixels wide: {harm}");
            }
        }
    }

    private static async Task OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        if (await page.Locator(".shell").CountAsync() > 0)
        {
            await page.Locator(".shell[data-interactive]").WaitForAsync();
            await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
        }

        await page.EvaluateAsync("document.querySelectorAll('details').forEach(fold => fold.open = true)");
    }

    /// <summary>A dialog, a page that failed, and an error in the console: a script or an image that the policy forbade among them.</summary>
    private static void Watch(IPage page, ConcurrentQueue<string> problems)
    {
        page.Dialog += async (_, dialog) =>
        {
            problems.Enqueue($"{page.Url}: a dialog");
            await dialog.DismissAsync();
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
            {
                problems.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500)
            {
                problems.Enqueue($"{answer.Url} answers {answer.Status}");
            }
        };
    }

    private IEnumerable<string> Names(string list) =>
        site.Fleets.Select(fleet => list is Routes.Feeds or Routes.FeedSources ? fleet.FeedName : fleet.Name);

    private static IEnumerable<string> Texts(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Texts(property.Value)),
            JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
            JsonValueKind.String => [json.GetString()!],
            _ => [],
        };
}
