using System.Net;
using System.Net.Http.Json;
using Picket.Api;
using Picket.Server.Tests.Inventory;

namespace Picket.Server.Tests.Audit;

public sealed class AuditTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_who_did_what_by_the_beginning_of_the_action()
    {
        var made = await picket.Client.CreateTokenAsync(new CreateToken("for the audit", TokenScope.Read, 1), Cancel);
        await picket.Client.RevokeTokenAsync(made.Token.Id, Cancel);

        var entries = await picket.Client.Audit(new AuditFilter { Action = "token." }).ToListAsync(Cancel);

        var own = entries.Where(entry => entry.Subject == made.Token.Id.ToString()).ToList();
        Assert.Equal(["token.revoked", "token.created"], own.Select(entry => entry.Action));
        Assert.All(own, entry => Assert.Equal(("owner", AuditOutcome.Done), (entry.ActorName, entry.Outcome)));
        Assert.DoesNotContain(made.Secret, string.Join('\n', entries));
        Assert.DoesNotContain(entries, entry => !entry.Action.StartsWith("token.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_the_feed_that_an_entry_is_about_while_it_is_there()
    {
        var bundle =
            """
            {"type":"bundle","objects":[{"type":"indicator","id":"indicator--1","pattern":"[app:id = 'com.example.bad']","pattern_type":"stix"}]}
            """u8.ToArray();
        var feed = await picket.Client.ImportFeedAsync("Mine", new MemoryStream(bundle), cancellationToken: Cancel);
        var about = new AuditFilter { Subject = $"{feed.Id}" };
        Assert.Equal("Mine", Assert.Single(await ListAsync(about)).SubjectName);

        await picket.Client.RemoveFeedAsync(feed.Id, Cancel);

        Assert.All(await ListAsync(about), entry => Assert.Null(entry.SubjectName));
    }

    [Fact]
    public async Task Records_who_tried_what_they_may_not()
    {
        using var reader = await picket.NewHttpAsync(TokenScope.Write);
        var wish = new CreateToken("mine", TokenScope.Write, 1);

        using var refused = await reader.PostAsJsonAsync(Routes.Tokens, wish, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var entry = (await picket.Client.Audit(new AuditFilter { Action = "access.refused" }).ToListAsync(Cancel))[0];
        Assert.Equal((AuditOutcome.Refused, $"POST {Routes.Tokens}"), (entry.Outcome, entry.Subject));
        Assert.StartsWith("test Write", entry.ActorName);
    }

    [Fact]
    public async Task Is_filtered_by_who_what_to_what_how_and_when()
    {
        var made = await picket.Client.CreateTokenAsync(new CreateToken("filtered", TokenScope.Read, 1), Cancel);
        using var reader = picket.NewHttp(made.Secret);
        (await reader.GetAsync(Routes.Tokens, Cancel)).Dispose();
        var (subject, actor) = ($"{made.Token.Id}", $"token:{made.Token.Id}");
        var entry = (await ListAsync(new AuditFilter { Subject = subject }))[0];

        Assert.Equal("127.0.0.1", entry.Address);
        Assert.Equal(
            ["access.refused"],
            (await ListAsync(new AuditFilter { Actor = actor })).Select(row => row.Action)
        );
        Assert.Empty(await ListAsync(new AuditFilter { Subject = subject, Outcome = AuditOutcome.Refused }));
        Assert.Single(await ListAsync(new AuditFilter { Subject = subject, Outcome = AuditOutcome.Done }));
        Assert.Single(
            await ListAsync(
                new AuditFilter
                {
                    Subject = subject,
                    From = entry.At,
                    To = entry.At.AddSeconds(1),
                }
            )
        );
        Assert.Empty(await ListAsync(new AuditFilter { Subject = subject, To = entry.At }));
    }

    private async Task<List<AuditEntry>> ListAsync(AuditFilter filter) =>
        await picket.Client.Audit(filter).ToListAsync(Cancel);

    [Fact]
    public async Task Is_for_the_owner_alone()
    {
        using var writer = await picket.NewHttpAsync(TokenScope.Write);

        Assert.Equal(HttpStatusCode.Forbidden, (await writer.GetAsync(Routes.Audit, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await writer.GetAsync(Routes.AuditHead, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await writer.GetAsync(Routes.AuditExport, Cancel)).StatusCode);
    }
}
