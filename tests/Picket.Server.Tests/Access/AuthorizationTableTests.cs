using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Access;

/// <summary>
/// Who is let in where: every address of the server, as it lists them itself, for everybody who may come, at the own
/// integration and at another. A new address needs a line in <see cref="Addresses"/>, a new right one in
/// <see cref="Needs"/>.
/// </summary>
public sealed class AuthorizationTableTests(TwoFleets fleets) : IClassFixture<TwoFleets>
{
    /// <summary>
    /// What is needed, and who has it: roles of a person whose token reaches all of them, scopes of a token of an owner,
    /// scopes of a service's token.
    /// </summary>
    private const string Needs = """
        need      roles                                          an owner's token   a service's token
        nothing   nobody Owner Administrator Analyst Approver Auditor none | Read Write | Read Write
        person    Owner Administrator Analyst Approver Auditor none        |            |
        read      Owner Administrator Analyst Approver Auditor             | Read Write | Read Write
        link      Owner Administrator Analyst Approver Auditor             |            |
        operate   Owner Administrator Analyst                              | Write      | Write
        request   Owner Administrator Analyst                              |            |
        approve   Owner Administrator Approver                             |            |
        takeback  Owner Administrator Analyst Approver                     | Write      | Write
        change    Owner Administrator                                      |            |
        feeds     Owner Administrator                                      | Write      | Write
        policy    Owner Administrator                                      |            |
        people    Owner Administrator                                      |            |
        audit     Owner Administrator Auditor                              | Read Write |
        """;

    /// <summary>
    /// Method, address, what is needed, and where: <c>there</c>, at the integration that the address speaks of;
    /// <c>anywhere</c>, at one at least; <c>everywhere</c>, at all of them.
    /// </summary>
    private const string Addresses = """
        GET     /health/live                                                     nothing  anywhere
        GET     /health/ready                                                    nothing  anywhere
        GET     /openapi/{documentName}.json                                     nothing  anywhere
        GET     /metrics                                                         read     everywhere
        POST    /sign-in/session                                                 nothing  anywhere
        POST    /sign-in/second-factor                                           nothing  anywhere
        POST    /sign-out                                                        nothing  anywhere
        GET     /devices/export.csv                                              read     anywhere

        POST    /api/v1/sign-in                                                  nothing  anywhere
        POST    /api/v1/one-time-links/claim                                     nothing  anywhere
        POST    /api/v1/one-time-links/password                                  nothing  anywhere
        GET     /api/v1/me                                                       read     anywhere
        GET     /api/v1/me/account                                               person   anywhere
        POST    /api/v1/me/password                                              person   anywhere
        DELETE  /api/v1/me/provider                                              person   anywhere
        GET     /api/v1/me/sessions                                              person   anywhere
        DELETE  /api/v1/me/sessions                                              person   anywhere
        DELETE  /api/v1/me/sessions/{id}                                         person   anywhere
        POST    /api/v1/me/second-factor                                         person   anywhere
        POST    /api/v1/me/second-factor/confirm                                 person   anywhere
        POST    /api/v1/me/second-factor/remove                                  person   anywhere
        POST    /api/v1/me/recovery-codes                                        person   anywhere
        GET     /api/v1/people                                                   audit    anywhere
        GET     /api/v1/people/{id}                                              audit    anywhere
        DELETE  /api/v1/people/{id}                                              people   anywhere
        POST    /api/v1/people/{id}/roles                                        people   anywhere
        DELETE  /api/v1/people/{id}/roles                                        people   anywhere
        POST    /api/v1/people/{id}/deactivate                                   people   anywhere
        POST    /api/v1/people/{id}/reactivate                                   people   anywhere
        POST    /api/v1/people/{id}/password-link                                people   anywhere
        POST    /api/v1/people/{id}/second-factor/reset                          people   anywhere
        GET     /api/v1/invitations                                              people   anywhere
        POST    /api/v1/invitations                                              people   anywhere
        DELETE  /api/v1/invitations/{id}                                         people   anywhere
        GET     /api/v1/tokens                                                   person   anywhere
        POST    /api/v1/tokens                                                   person   anywhere
        DELETE  /api/v1/tokens/{id}                                              person   anywhere
        GET     /api/v1/audit                                                    audit    everywhere
        GET     /api/v1/audit/head                                               audit    everywhere
        GET     /api/v1/audit/export                                             audit    everywhere

        GET     /api/v1/integrations                                             read     anywhere
        POST    /api/v1/integrations                                             change   everywhere
        POST    /api/v1/doctor                                                   change   everywhere
        GET     /api/v1/doctor/rounds/{id}                                       read     anywhere
        GET     /api/v1/integrations/{id}                                        read     there
        PATCH   /api/v1/integrations/{id}                                        change   there
        DELETE  /api/v1/integrations/{id}                                        change   there
        POST    /api/v1/integrations/{id}/credential                             change   there
        POST    /api/v1/integrations/{id}/pause                                  change   there
        POST    /api/v1/integrations/{id}/resume                                 change   there
        POST    /api/v1/integrations/{id}/writing                                change   there
        POST    /api/v1/integrations/{id}/doctor                                 operate  there
        POST    /api/v1/integrations/{id}/link                                   link     there
        DELETE  /api/v1/integrations/{id}/link                                   link     there
        GET     /api/v1/integrations/{id}/links                                  read     there
        DELETE  /api/v1/integrations/{id}/links/{personId}                       people   there
        GET     /api/v1/integrations/{id}/link-requests                          read     there
        DELETE  /api/v1/integrations/{id}/link-requests/{requestId}              link     there
        POST    /api/v1/integrations/{id}/link-requests/{requestId}/confirm      change   there
        GET     /api/v1/integrations/{id}/uem-findings                           read     there
        GET     /api/v1/integrations/{id}/recoveries                             read     there
        POST    /api/v1/integrations/{id}/recoveries/{recoveryId}/acknowledge    change   there

        POST    /api/v1/integrations/{id}/runs                                   operate  there
        GET     /api/v1/runs                                                     read     anywhere
        GET     /api/v1/runs/{id}                                                read     there
        GET     /api/v1/runs/{id}/rows                                           read     there
        POST    /api/v1/runs/{id}/cancel                                         operate  there
        POST    /api/v1/runs/{id}/approve                                        approve  there
        POST    /api/v1/runs/{id}/discard                                        approve  there

        GET     /api/v1/overview                                                 read     anywhere
        GET     /api/v1/overview/blind-spots                                     read     anywhere
        GET     /api/v1/overview/devices                                         read     anywhere
        GET     /api/v1/overview/verdicts                                        read     anywhere
        GET     /api/v1/devices                                                  read     anywhere
        GET     /api/v1/devices/facets                                           read     anywhere
        GET     /api/v1/devices/{id}                                             read     there
        GET     /api/v1/devices/{id}/apps                                        read     there
        GET     /api/v1/devices/{id}/tags                                        read     there
        GET     /api/v1/devices/{id}/history                                     read     there
        GET     /api/v1/devices/{id}/evidence                                    read     there
        POST    /api/v1/evidence/check                                           read     anywhere
        GET     /api/v1/blind-spots                                              read     anywhere
        GET     /api/v1/retention                                                read     anywhere
        GET     /api/v1/devices/{id}/policy                                      read     there
        GET     /api/v1/users                                                    read     anywhere
        GET     /api/v1/users/{id}                                               read     there
        GET     /api/v1/users/{id}/groups                                        read     there
        GET     /api/v1/users/{id}/export                                        audit    there
        GET     /api/v1/users/{id}/erasure                                       people   there
        POST    /api/v1/users/{id}/erasure                                       people   there
        DELETE  /api/v1/users/{id}/erasure                                       people   there
        GET     /api/v1/user-groups                                              read     anywhere
        GET     /api/v1/user-groups/{id}                                         read     there
        GET     /api/v1/user-groups/{id}/members                                 read     there
        GET     /api/v1/organization-groups                                      read     anywhere
        GET     /api/v1/smart-groups                                             read     anywhere
        GET     /api/v1/smart-groups/{id}                                        read     there
        GET     /api/v1/smart-groups/{id}/devices                                read     there
        GET     /api/v1/administrators                                           read     anywhere
        GET     /api/v1/tags                                                     read     anywhere
        GET     /api/v1/apps                                                     read     anywhere
        GET     /api/v1/apps/{appId}/devices                                     read     anywhere
        GET     /api/v1/findings                                                 read     anywhere
        GET     /api/v1/findings/kinds                                           read     anywhere

        GET     /api/v1/policy                                                   read     everywhere
        GET     /api/v1/policy/versions                                          read     everywhere
        POST    /api/v1/policy/versions                                          policy   everywhere
        GET     /api/v1/policy/versions/{number}                                 read     everywhere
        POST    /api/v1/policy/plan                                              operate  everywhere
        GET     /api/v1/policy/exceptions                                        read     everywhere
        POST    /api/v1/what-if                                                  operate  everywhere
        GET     /api/v1/what-if/{id}                                             operate  everywhere
        GET     /api/v1/what-if/{id}/devices                                     operate  everywhere
        GET     /api/v1/feeds                                                    read     anywhere
        POST    /api/v1/feeds                                                    feeds    everywhere
        GET     /api/v1/feeds/{id}                                               read     anywhere
        DELETE  /api/v1/feeds/{id}                                               feeds    everywhere
        GET     /api/v1/feeds/{id}/versions                                      read     anywhere
        POST    /api/v1/feeds/{id}/rollback                                      feeds    everywhere
        GET     /api/v1/feeds/{id}/indicators                                    read     anywhere
        GET     /api/v1/indicators                                               read     anywhere
        POST    /api/v1/indicators                                               feeds    everywhere
        GET     /api/v1/indicators/{id}                                          read     anywhere
        PUT     /api/v1/indicators/{id}                                          feeds    everywhere
        DELETE  /api/v1/indicators/{id}                                          feeds    everywhere
        GET     /api/v1/feeds/{id}/hunt                                          read     anywhere
        GET     /api/v1/hunts                                                    read     anywhere
        POST    /api/v1/hunts                                                    operate  everywhere
        GET     /api/v1/hunts/answer                                             read     anywhere
        GET     /api/v1/hunts/answer/devices                                     read     anywhere
        GET     /api/v1/hunts/{id}                                               read     anywhere
        DELETE  /api/v1/hunts/{id}                                               operate  everywhere
        POST    /api/v1/hunts/{id}/run                                           operate  everywhere
        POST    /api/v1/hunts/{id}/looked                                        operate  everywhere
        GET     /api/v1/hunts/{id}/devices                                       read     anywhere
        POST    /api/v1/feeds/{id}/versions/{version}/accept                     feeds    everywhere
        POST    /api/v1/feeds/{id}/versions/{version}/reject                     feeds    everywhere
        GET     /api/v1/feed-sources                                             read     anywhere
        POST    /api/v1/feed-sources                                             feeds    everywhere
        GET     /api/v1/feed-sources/{id}                                        read     anywhere
        PUT     /api/v1/feed-sources/{id}                                        feeds    everywhere
        DELETE  /api/v1/feed-sources/{id}                                        feeds    everywhere
        POST    /api/v1/feed-sources/{id}/check                                  feeds    everywhere
        GET     /api/v1/feed-catalogue                                           read     anywhere

        GET     /api/v1/integrations/{id}/tagging                                read     there
        GET     /api/v1/integrations/{id}/tagging/differences                    read     there
        POST    /api/v1/integrations/{id}/tagging/preview                        operate  there
        POST    /api/v1/integrations/{id}/tagging/previews/{previewId}/accept    change   there
        POST    /api/v1/integrations/{id}/tagging/run                            operate  there
        POST    /api/v1/integrations/{id}/tagging/clean-up                       change   there
        POST    /api/v1/integrations/{id}/tagging/adopt                          change   there
        GET     /api/v1/integrations/{id}/tagging/references                     read     there
        POST    /api/v1/integrations/{id}/tagging/references                     operate  there
        POST    /api/v1/integrations/{id}/tagging/references/policies            operate  there
        PUT     /api/v1/integrations/{id}/tagging/references/policies            change   there
        GET     /api/v1/tagging/runs                                             read     anywhere
        GET     /api/v1/tagging/runs/{id}                                        read     there
        POST    /api/v1/tagging/runs/{id}/cancel                                 operate  there
        POST    /api/v1/tagging/held/{id}/approve                                approve  there
        POST    /api/v1/tagging/held/{id}/discard                                approve  there
        GET     /api/v1/integrations/{id}/app-groups                             read     there
        PUT     /api/v1/integrations/{id}/app-groups                             change   there
        POST    /api/v1/integrations/{id}/app-groups/preview                     operate  there
        POST    /api/v1/integrations/{id}/app-groups/previews/{previewId}/accept change   there
        POST    /api/v1/integrations/{id}/app-groups/run                         operate  there
        POST    /api/v1/integrations/{id}/app-groups/adopt                       change   there
        POST    /api/v1/integrations/{id}/app-groups/clean-up                    change   there
        GET     /api/v1/app-groups/runs                                          read     anywhere
        GET     /api/v1/app-groups/runs/{id}                                     read     there
        POST    /api/v1/app-groups/runs/{id}/cancel                              operate  there
        POST    /api/v1/app-groups/runs/{id}/approve                             approve  there
        POST    /api/v1/app-groups/runs/{id}/discard                             approve  there
        GET     /api/v1/drift                                                    read     anywhere
        GET     /api/v1/drift/{id}                                               read     there
        GET     /api/v1/drift/{id}/devices                                       read     there
        POST    /api/v1/drift/{id}/repair                                        approve  there
        POST    /api/v1/drift/{id}/accept                                        approve  there
        GET     /api/v1/integrations/{id}/enrollment                             read     there
        PUT     /api/v1/integrations/{id}/enrollment                             change   there
        POST    /api/v1/integrations/{id}/registrations                          operate  there
        POST    /api/v1/integrations/{id}/imports                                operate  there
        GET     /api/v1/imports                                                  read     anywhere
        GET     /api/v1/imports/templates/{kind}                                 read     anywhere
        GET     /api/v1/imports/{id}                                             read     there
        DELETE  /api/v1/imports/{id}                                             operate  there
        GET     /api/v1/imports/{id}/lines                                       read     there
        GET     /api/v1/imports/{id}/result                                      read     there
        POST    /api/v1/imports/{id}/start                                       operate  there
        POST    /api/v1/imports/{id}/retry                                       operate  there
        POST    /api/v1/imports/{id}/cancel                                      operate  there
        POST    /api/v1/devices/{id}/commands                                    operate  there
        GET     /api/v1/devices/{id}/wipe                                        read     there
        POST    /api/v1/devices/{id}/wipe                                        request  there
        GET     /api/v1/devices/{id}/message                                     operate  there
        POST    /api/v1/devices/{id}/message                                     operate  there
        GET     /api/v1/commands                                                 read     anywhere
        GET     /api/v1/commands/{id}                                            read     there
        POST    /api/v1/commands/{id}/approve                                    approve  there
        POST    /api/v1/commands/{id}/decline                                    approve  there
        POST    /api/v1/commands/{id}/cancel                                     takeback there
        POST    /api/v1/commands/{id}/settle                                     approve  there
        GET     /api/v1/approvals                                                read     anywhere
        GET     /api/v1/integrations/{id}/commands                               read     there
        PUT     /api/v1/integrations/{id}/commands                               change   there
        POST    /api/v1/integrations/{id}/commands/messages                      approve  there
        PUT     /api/v1/integrations/{id}/commands/wipe-credential               change   there
        DELETE  /api/v1/integrations/{id}/commands/wipe-credential               change   there
        GET     /api/v1/ledger                                                   read     anywhere
        GET     /api/v1/ledger/{id}                                              read     there

        GET     /api/v1/brakes                                                   read     anywhere
        GET     /api/v1/brakes/held                                              read     anywhere
        GET     /api/v1/brakes/stops                                             read     anywhere
        POST    /api/v1/brakes/stop                                              operate  anywhere
        DELETE  /api/v1/brakes/stop                                              change   everywhere
        GET     /api/v1/brakes/never-touch                                       read     anywhere
        POST    /api/v1/brakes/never-touch                                       change   anywhere
        DELETE  /api/v1/brakes/never-touch/{entryId}                             change   anywhere

        GET     /api/v1/notices/channels                                         change   anywhere
        POST    /api/v1/notices/channels                                         change   anywhere
        GET     /api/v1/notices/channels/{channelId}                             change   anywhere
        PUT     /api/v1/notices/channels/{channelId}                             change   anywhere
        DELETE  /api/v1/notices/channels/{channelId}                             change   anywhere
        POST    /api/v1/notices/channels/{channelId}/secret                      change   anywhere
        POST    /api/v1/notices/channels/{channelId}/test                        change   anywhere
        GET     /api/v1/notices/deliveries                                       change   anywhere
        GET     /api/v1/notices/deliveries/{deliveryId}                          change   anywhere
        POST    /api/v1/notices/deliveries/{deliveryId}/replay                   change   anywhere

        GET     /api/v1/integrations/{id}/deployment                             read     there
        PUT     /api/v1/integrations/{id}/deployment                             change   there
        GET     /api/v1/integrations/{id}/catalogue                              operate  there
        GET     /api/v1/integrations/{id}/deployment/template                    operate  there
        POST    /api/v1/integrations/{id}/deployment/check                       operate  there
        POST    /api/v1/integrations/{id}/catalogue                              operate  there
        POST    /api/v1/integrations/{id}/catalogue/upload                       operate  there
        POST    /api/v1/integrations/{id}/catalogue/{app}/retire                 approve  there
        POST    /api/v1/integrations/{id}/catalogue/{app}/unretire               approve  there
        POST    /api/v1/integrations/{id}/publications                           operate  there
        GET     /api/v1/publications                                             read     anywhere
        GET     /api/v1/publications/{id}                                        read     there
        DELETE  /api/v1/publications/{id}                                        operate  there
        POST    /api/v1/publications/{id}/preview                                operate  there
        POST    /api/v1/publications/{id}/start                                  approve  there
        POST    /api/v1/publications/{id}/pause                                  operate  there
        POST    /api/v1/publications/{id}/resume                                 approve  there
        POST    /api/v1/publications/{id}/undo                                   approve  there
        GET     /api/v1/publications/{id}/funnel                                 read     there
        GET     /api/v1/publications/{id}/devices                                read     there
        GET     /api/v1/publications/{id}/nudges                                 read     there
        POST    /api/v1/publications/{id}/nudges                                 operate  there
        GET     /api/v1/nudges/{id}                                              read     there
        GET     /api/v1/nudges/{id}/devices                                      read     there
        POST    /api/v1/nudges/{id}/stop                                         operate  there

        page    /sign-in                                                         nothing  anywhere
        page    /first-owner                                                     nothing  anywhere
        page    /invitation                                                      nothing  anywhere
        page    /new-password                                                    nothing  anywhere
        page    /sign-in/code                                                    nothing  anywhere
        page    /account                                                         person   anywhere
        page    /people                                                          audit    anywhere
        page    /people/{Id:guid}                                                audit    anywhere
        page    /tokens                                                          person   anywhere
        page    /failed                                                          nothing  anywhere
        page    /status/{Code:int}                                               nothing  anywhere
        page    /not-found                                                       read     anywhere
        page    /                                                                read     anywhere
        page    /about                                                           read     anywhere
        page    /policy                                                          read     everywhere
        page    /what-if                                                         operate  everywhere
        page    /what-if/{Id:guid}                                               operate  everywhere
        page    /devices                                                         read     anywhere
        page    /devices/{Id:guid}                                               read     there
        page    /findings                                                        read     anywhere
        page    /findings/{By}                                                   read     anywhere
        page    /findings/kinds                                                  read     anywhere
        page    /findings/groups                                                 read     anywhere
        page    /findings/all                                                    read     anywhere
        page    /apps                                                            read     anywhere
        page    /apps/{AppId}                                                    read     anywhere
        page    /directory/{Kind}                                                read     anywhere
        page    /users/{Id:guid}                                                 read     there
        page    /directory/user-groups/{Id:guid}                                 read     there
        page    /directory/smart-groups/{Id:guid}                                read     there
        page    /intelligence                                                    read     anywhere
        page    /intelligence/{Id:guid}                                          read     anywhere
        page    /hunts                                                           read     anywhere
        page    /hunts/answer                                                    read     anywhere
        page    /hunts/{Id:guid}                                                 read     anywhere
        page    /hunts/feed/{Id:guid}                                            read     anywhere
        page    /blind-spots                                                     read     anywhere
        page    /devices/{Id:guid}/evidence                                      read     there
        page    /indicators                                                      read     anywhere
        page    /integrations                                                    read     anywhere
        page    /integrations/new                                                read     anywhere
        page    /integrations/preparation                                        read     anywhere
        page    /integrations/{Id:guid}                                          read     there
        page    /publications/catalogue/{Id:guid}                                operate  there
        page    /sync                                                            read     anywhere
        page    /sync/{Id:guid}                                                  read     there
        page    /sync/{Id:guid}/{Kind}/{Change}                                  read     there
        page    /responses                                                       read     anywhere
        page    /responses/{Id:guid}                                             read     there
        page    /responses/differences/{Integration:guid}                        read     there
        page    /app-groups                                                      read     anywhere
        page    /responses/drift/{Id:guid}                                       read     there
        page    /brakes                                                          read     anywhere
        page    /approvals                                                       read     anywhere
        page    /commands/{Id:guid}                                              read     there
        page    /notices                                                         change   anywhere
        page    /imports                                                         read     anywhere
        page    /imports/device                                                  read     anywhere
        page    /imports/{Id:guid}                                               read     there
        page    /publications                                                    read     anywhere
        page    /publications/new                                                read     anywhere
        page    /publications/{Id:guid}                                          read     there
        page    /publications/nudges/{Id:guid}                                   read     there
        page    /audit                                                           audit    everywhere
        """;

    /// <summary>What an open page is kept alive with: for people, whatever their role; programs open no page.</summary>
    private const string Connection = "/_blazor";

    private readonly PicketApplication picket = fleets.Picket;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_address_of_the_server_is_in_the_table_and_no_other()
    {
        var table = Lines().Select(line => $"{line.Method} {line.Template}").ToList();
        var server = Endpoints().ToList();

        Assert.Equal(server.Order(), table.Order());
    }

    [Fact]
    public async Task Everybody_is_let_in_where_the_table_says_so_and_nowhere_else()
    {
        var callers = await CallersAsync();
        var mistakes = new List<string>();
        foreach (var line in Lines())
        {
            foreach (var caller in callers)
            {
                foreach (var (whose, fleet) in Fleets(line))
                {
                    var expected = IsLetIn(line, caller, own: whose == "own");
                    var (let, status) = await AskAsync(line, caller, fleet);
                    if (let != expected)
                    {
                        mistakes.Add(
                            $"{line.Method} {line.Template} ({whose}): {caller.Name} is {(let ? "let in" : "refused")}, {status}"
                        );
                    }
                }
            }
        }

        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }

    [Fact]
    public async Task An_open_page_is_kept_alive_for_people_alone()
    {
        foreach (var caller in await CallersAsync())
        {
            using var answer = await caller.Http.PostAsync(
                new Uri($"{Connection}/negotiate?negotiateVersion=1", UriKind.Relative),
                null,
                Cancel
            );
            var person = caller is { Role: not "nobody", Scope: "Full", Service: false };
            Assert.True(person == answer.IsSuccessStatusCode, $"{caller.Name}: {answer.StatusCode}");
        }
    }

    private static bool IsLetIn(Line line, Asking caller, bool own)
    {
        var need = Needs.Split('\n').Single(text => text.StartsWith($"{line.Need} ", StringComparison.Ordinal));
        var parts = need.Split('|').Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var has = caller switch
        {
            { Service: true } => parts[2].Contains(caller.Scope),
            { Scope: not "Full" } => parts[1].Contains(caller.Scope),
            _ => parts[0].Contains(caller.Role),
        };
        return has
            && line.Where switch
            {
                "there" => caller.Everywhere || own,
                "everywhere" => caller.Everywhere,
                _ => true,
            };
    }

    /// <summary>
    /// Whoever is let in is told that the body cannot be read, or that there is nothing to do: nothing changes here. Law 6
    /// refuses on top of the authorization, in words of its own.
    /// </summary>
    private static async Task<(bool Let, HttpStatusCode Status)> AskAsync(Line line, Asking caller, NamedFleet fleet)
    {
        var page = line.Method == "page";
        using var request = new HttpRequestMessage(
            page ? HttpMethod.Get : HttpMethod.Parse(line.Method),
            Address(line.Template, fleet)
        );
        request.Headers.Add("Accept", page ? "text/html" : "application/json");
        if (request.Method != HttpMethod.Get)
        {
            var api = line.Template.StartsWith(Routes.Prefix, StringComparison.Ordinal);
            var kind = api ? "application/json" : "application/x-www-form-urlencoded";
            request.Content = new StringContent("{", Encoding.UTF8, kind);
        }

        using var answer = await caller.Http.SendAsync(request, Cancel);
        var let = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => false,
            HttpStatusCode.Found => answer.Headers.Location?.AbsolutePath != "/sign-in",
            HttpStatusCode.Forbidden => !page && await IsOfLaw6Async(answer),
            _ => true,
        };
        return (let, answer.StatusCode);
    }

    private static async Task<bool> IsOfLaw6Async(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync(PicketApiJson.Default.Problem, Cancel))?.Title
            is "You may not change this integration";

    private static string Address(string template, NamedFleet fleet)
    {
        var address =
            template.StartsWith("/status/", StringComparison.Ordinal) ? "/status/404"
            : template.StartsWith("/openapi/", StringComparison.Ordinal) ? "/openapi/v1.json"
            : fleet.Address(template) ?? template;
        while (address.Contains('{', StringComparison.Ordinal))
        {
            address = NamedFleet.Fill(address, Guid.NewGuid()); // Nothing there: whoever is let in is told so.
        }

        return address;
    }

    private (string Whose, NamedFleet Fleet)[] Fleets(Line line) =>
        line.Where == "there" ? [("own", fleets.Alder), ("other", fleets.Birch)] : [("own", fleets.Alder)];

    private static IEnumerable<Line> Lines() =>
        Addresses
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(words => new Line(words[0], words[1], words[2], words[3]));

    /// <summary>But for files and for what keeps pages alive; those have their tests.</summary>
    private IEnumerable<string> Endpoints() =>
        from endpoint in picket.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let template = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where
            !template.StartsWith("/_", StringComparison.Ordinal) && !template.StartsWith("/{", StringComparison.Ordinal)
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
        let page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        from method in page ? ["page"]
        : methods is { Count: > 0 } ? methods
        : ["GET"]
        select $"{method} {template}";

    /// <summary>Everybody who may come: with each role at one integration and at all, with each kind of token, with none.</summary>
    private async Task<IReadOnlyList<Asking>> CallersAsync()
    {
        var callers = new List<Asking>
        {
            new("nobody", "nobody", "Full", picket.NewHttp(), Everywhere: true),
            new("somebody without a role", "none", "Full", await TokenAsync(null), Everywhere: true),
        };
        foreach (var role in Enum.GetValues<Role>())
        {
            var there = await TokenAsync(new Grant(role, fleets.Alder.Integration));
            callers.Add(new($"{role} of one integration", $"{role}", "Full", there, Everywhere: false));
            var all = await TokenAsync(new Grant(role, null));
            callers.Add(new($"{role} of all", $"{role}", "Full", all, Everywhere: true));
        }

        foreach (var scope in new[] { TokenScope.Read, TokenScope.Write })
        {
            var owners = await TokenAsync(new Grant(Role.Owner, null), scope);
            callers.Add(new($"an owner's token {scope}", "Owner", $"{scope}", owners, Everywhere: true));
            var service = await picket.NewHttpAsync(scope);
            callers.Add(new($"a service's token {scope}", "service", $"{scope}", service, true) { Service = true });
        }

        return callers;
    }

    private async Task<HttpClient> TokenAsync(Grant? role, TokenScope scope = TokenScope.Full)
    {
        using var somebody = await Colleague.JoinAsync(picket, role is null ? [] : [role]);
        var me = new PicketClient(somebody.Http);
        var wish = new CreateToken($"{role?.Role} {scope}", scope, 1) { Personal = true };
        return picket.NewHttp((await me.CreateTokenAsync(wish, Cancel)).Secret);
    }

    private sealed record Line(string Method, string Template, string Need, string Where);

    private sealed record Asking(string Name, string Role, string Scope, HttpClient Http, bool Everywhere)
    {
        public bool Service { get; init; }
    }
}
