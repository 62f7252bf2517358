using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

/// <summary>Law: the account is never locked by us, whatever comes before or besides the refusal.</summary>
public sealed class AccountLockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, string, string> NoProofs =>
        new()
        {
            { "a proxy's page", 200, "text/html", "<html>Please sign in</html>" },
            { "half an answer", 200, "application/json", """{"ProductVersion":"25.""" },
            { "a success without body", 200, "application/json", "" },
            { "a limit", 429, "application/json", """{"errorCode":429,"message":"slow down"}""" },
            { "a crash", 500, "application/json", """{"errorCode":1000,"message":"Internal Server Error"}""" },
            { "maintenance", 503, "application/json", """{"errorCode":503,"message":"later"}""" },
            { "a key that is refused first", 403, "application/json", """{"errorCode":1013,"message":"no key"}""" },
            { "a switched off API", 403, "application/json", """{"errorCode":1014,"message":"disabled"}""" },
        };

    [Theory]
    [MemberData(nameof(NoProofs))]
    public async Task Signs_in_once_although_another_answer_came_before(
        string what,
        int status,
        string type,
        string body
    )
    {
        var server = new ScriptedServer(
            (_, number) =>
                number == 0
                    ? new HttpResponseMessage((HttpStatusCode)status)
                    {
                        Content = new StringContent(body, Encoding.UTF8, type),
                    }
                    : ScriptedServer.Error(HttpStatusCode.Unauthorized, 1005, "refused")
        );
        var held = new HeldServer(server);
        using var client = Clients.For(held, Clients.Options with { MaxRetries = 0 });

        var first = Record.ExceptionAsync(() => client.GetSystemInfoAsync(Cancel));
        (await held.NextAsync(Cancel)).SetResult();
        await first;
        var calls = Enumerable.Range(0, 20).Select(_ => client.Devices.Search().ReadAllAsync(Cancel)).ToList();
        (await held.NextAsync(Cancel)).SetResult();

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<SignInRefusedException>(() => call);
        }

        Assert.True(server.Requests.Count == 2, $"{what} was taken for a proof: {server.Requests.Count} requests");
    }

    [Theory]
    [InlineData(400, 6, "Invalid tag id")]
    [InlineData(404, 5061, "Device not found for this request.")]
    [InlineData(403, 1011, "User doesn't have sufficient permissions to perform this operation.")]
    public async Task Takes_a_refusal_behind_the_sign_in_for_a_proof(int status, int code, string message)
    {
        var server = new ScriptedServer((_, _) => ScriptedServer.Error((HttpStatusCode)status, code, message));
        var held = new HeldServer(server);
        using var client = Clients.For(held);
        var first = Record.ExceptionAsync(() => client.GetSystemInfoAsync(Cancel));
        (await held.NextAsync(Cancel)).SetResult();
        await first;

        var calls = Enumerable
            .Range(0, 2)
            .Select(_ => Record.ExceptionAsync(() => client.GetSystemInfoAsync(Cancel)).AsTask());
        var both = Task.WhenAll(calls);
        var (one, other) = (await held.NextAsync(Cancel), await held.NextAsync(Cancel));
        one.SetResult();
        other.SetResult();
        await both;

        Assert.Equal(2, held.MostInFlight);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(5, 4)]
    public async Task Keeps_fewer_sign_ins_in_flight_than_would_lock_the_account(int threshold, int most)
    {
        var passwordChanged = false;
        var server = new ScriptedServer(
            (_, _) =>
                passwordChanged
                    ? ScriptedServer.Error(HttpStatusCode.Unauthorized, 1005, "refused")
                    : ScriptedServer.Json("{}")
        );
        var held = new HeldServer(server);
        using var client = Clients.For(held, Clients.Options with { SignIns = new SignInGuard(threshold) });
        var first = client.GetSystemInfoAsync(Cancel);
        (await held.NextAsync(Cancel)).SetResult();
        await first;

        var calls = Enumerable
            .Range(0, 20)
            .Select(_ => Record.ExceptionAsync(() => client.GetSystemInfoAsync(Cancel)).AsTask());
        var all = Task.WhenAll(calls);
        var inFlight = new List<TaskCompletionSource>();
        for (var call = 0; call < most; call++)
        {
            inFlight.Add(await held.NextAsync(Cancel));
        }

        passwordChanged = true;
        inFlight.ForEach(call => call.SetResult());
        Assert.All(await all, failure => Assert.IsType<SignInRefusedException>(failure));

        Assert.Equal((most, 1 + most), (held.MostInFlight, server.Requests.Count));
    }

    [Fact]
    public async Task Tries_alone_again_when_the_last_proof_is_old()
    {
        var time = new FakeTimeProvider();
        var changed = false;
        var server = new ScriptedServer(
            (_, _) =>
                changed ? ScriptedServer.Error(HttpStatusCode.Unauthorized, 1005, "refused") : ScriptedServer.Json("{}")
        );
        var held = new HeldServer(server);
        var options = Clients.Options with { SignIns = new SignInGuard(time: time) };
        using var client = Clients.For(held, options, time: time);
        var first = client.GetSystemInfoAsync(Cancel);
        (await held.NextAsync(Cancel)).SetResult();
        await first;

        changed = true;
        time.Advance(TimeSpan.FromMinutes(1));
        var all = Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Record.ExceptionAsync(() => client.GetSystemInfoAsync(Cancel)).AsTask())
        );
        (await held.NextAsync(Cancel)).SetResult();
        await all;

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Shares_proof_and_refusal_among_clients_of_one_credential()
    {
        var server = new ScriptedServer((_, _) => ScriptedServer.Error(HttpStatusCode.Unauthorized, 1005, "refused"));
        var told = new List<string>();
        var guard = new SignInGuard();
        var options = Clients.Options with { SignIns = guard };
        using var run = Clients.For(server, options with { SignInRefused = _ => told.Add("run") });
        using var doctor = Clients.For(server, options with { SignInRefused = _ => told.Add("doctor") });

        await Assert.ThrowsAsync<SignInRefusedException>(() => doctor.GetSystemInfoAsync(Cancel));
        var unsent = await Assert.ThrowsAsync<SignInRefusedException>(() => run.GetSystemInfoAsync(Cancel));
        await Assert.ThrowsAsync<SignInRefusedException>(() => run.GetSystemInfoAsync(Cancel));

        Assert.Single(server.Requests);
        Assert.StartsWith("Not sent", unsent.Reason, StringComparison.Ordinal);
        Assert.Equal(["doctor", "run"], told);
        Assert.Equal(1005, guard.Refusal!.ErrorCode);
    }

    [Fact]
    public async Task Bounds_no_calls_with_access_tokens_for_they_lock_nobody_out()
    {
        var server = new ScriptedServer(
            (request, _) =>
                request.RequestUri!.Host == "token.example.com"
                    ? ScriptedServer.Json("""{"access_token":"t","expires_in":3600}""")
                    : ScriptedServer.Json("{}")
        );
        var held = new HeldServer(server);
        using var client = Clients.For(held, Clients.OAuth);
        var first = client.GetSystemInfoAsync(Cancel);
        (await held.NextAsync(Cancel)).SetResult();
        (await held.NextAsync(Cancel)).SetResult();
        await first;

        var all = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetSystemInfoAsync(Cancel)));
        var inFlight = new List<TaskCompletionSource>();
        for (var call = 0; call < 8; call++)
        {
            inFlight.Add(await held.NextAsync(Cancel));
        }

        inFlight.ForEach(call => call.SetResult());
        await all;

        Assert.Equal(8, held.MostInFlight);
    }
}
