using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.WorkspaceOne;

namespace Picket.Server.Tests.Integrations;

/// <summary>Law 10: after one answer that refuses the credential nobody signs in with it again until it is changed.</summary>
public sealed class RefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(IntegrationState.Paused)]
    [InlineData(IntegrationState.Active)]
    public async Task Survives_a_pause_or_a_resume_that_was_loaded_before_it(IntegrationState overwritten)
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var connections = picket.Service<UemConnections>();
        var connection = await connections.OpenAsync(made.Id, Cancellation);
        await using var other = picket.OpenDatabase();
        var loaded = await other.Integrations.SingleAsync(Cancellation);

        picket.Emulator.Access.Account(picket.Emulator.Credentials.Account).Password = "changed";
        await Assert.ThrowsAsync<SignInRefusedException>(() => connection.Client.GetSystemInfoAsync(Cancellation));
        (loaded.State, loaded.StateReason) = (overwritten, null);
        other.Entry(loaded).Property(row => row.State).IsModified = true;
        loaded.Version++;
        await other.SaveChangesAsync(Cancellation);
        await picket.RestartAsync();
        picket.Emulator.RequestLog.Clear();

        var view = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        await Assert.ThrowsAsync<SignInRefusedException>(() =>
            picket.Service<UemConnections>().OpenAsync(made.Id, Cancellation)
        );
        await Expect.RefusedAsync(
            HttpStatusCode.Conflict,
            () => picket.Client.ResumeIntegrationAsync(made.Id, Cancellation)
        );
        await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);

        Assert.Equal(IntegrationState.CredentialRefused, view.State);
        Assert.Contains("401/1005", view.StateReason);
        Assert.Equal(0, picket.Emulator.RequestLog.Total);
    }

    [Fact]
    public async Task Ends_with_a_rotation_even_if_the_pause_came_after_it()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var account = picket.Emulator.Access.Account(picket.Emulator.Credentials.Account);
        account.Password = "new password";
        await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);

        await picket.RecoverOwnerAsync(made.Id); // Nobody pauses what cannot ask its UEM, but for that.
        var paused = await picket.Client.PauseIntegrationAsync(made.Id, Cancellation);
        var rotated = await picket.Client.RotateCredentialAsync(
            made.Id,
            picket.BasicCredential() with
            {
                Password = "new password",
            },
            Cancellation
        );
        var resumed = await picket.Client.ResumeIntegrationAsync(made.Id, Cancellation);

        Assert.Equal(IntegrationState.CredentialRefused, paused.State);
        Assert.Equal(IntegrationState.Paused, rotated.State);
        Assert.Equal((IntegrationState.Active, null), (resumed.State, resumed.StateReason));
    }

    [Fact]
    public async Task Tries_a_typo_once_however_often_and_wherever_it_is_entered()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var account = picket.Emulator.Access.Account(picket.Emulator.Credentials.Account);
        var typo = picket.BasicCredential() with { Password = "typo" };
        picket.Emulator.RequestLog.Clear();

        await Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () => picket.Client.RotateCredentialAsync(made.Id, typo, Cancellation)
        );
        var again = await Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () => picket.Client.RotateCredentialAsync(made.Id, typo, Cancellation)
        );
        var draft = picket.Draft("Another") with { Credential = typo };
        var report = await picket.Client.DoctorAsync(draft, cancellationToken: Cancellation);
        await Expect.RefusedAsync(HttpStatusCode.UnprocessableEntity, () => picket.CreateIntegrationAsync(draft));

        Assert.Equal((1, 1), (picket.Emulator.RequestLog.Total, account.FailedSignIns));
        var check = again.Problem.Doctor!.Check("account");
        Assert.Contains("Not asked again", check.Evidence!.Message);
        Assert.Contains("say that the account was mended", check.Evidence.Message);
        Assert.Equal((CheckState.Fail, 0), (report.Check("account").State, report.Calls));
        Assert.DoesNotContain("typo", check.Evidence.Message);

        var view = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        Assert.Equal(IntegrationState.Active, view.State);
    }

    [Fact]
    public async Task Tries_once_more_when_somebody_says_that_the_account_was_mended()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var account = picket.Emulator.Access.Account(picket.Emulator.Credentials.Account);
        account.Locked = true;
        await picket.Client.DoctorAsync(made.Id, cancellationToken: Cancellation);
        account.Locked = false;

        await Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () => picket.Client.RotateCredentialAsync(made.Id, picket.BasicCredential(), Cancellation)
        );
        var mended = picket.BasicCredential() with { AccountMended = true };
        var rotated = await picket.Client.RotateCredentialAsync(made.Id, mended, Cancellation);

        Assert.Equal(IntegrationState.Active, rotated.State);
        var connection = await picket.Service<UemConnections>().OpenAsync(made.Id, Cancellation);
        Assert.NotNull((await connection.Client.GetSystemInfoAsync(Cancellation)).ProductVersion);
    }

    [Fact]
    public async Task Asks_the_token_service_once_about_a_wrong_secret()
    {
        await using var picket = await PicketApplication.StartAsync();
        var draft = picket.Draft() with { Credential = picket.OAuthCredential() with { ClientSecret = "typo" } };

        var first = await picket.Client.DoctorAsync(draft, cancellationToken: Cancellation);
        var second = await picket.Client.DoctorAsync(draft, cancellationToken: Cancellation);

        Assert.Equal((1, 0), (first.Calls, second.Calls));
        Assert.Equal(["oauth-client"], second.Failed());
        Assert.Contains("Not asked again", second.Check("oauth-client").Evidence!.Message);
    }

    [Fact]
    public async Task Forgets_what_was_only_typed_after_a_quarter_of_an_hour()
    {
        var time = new FakeTimeProvider();
        var memory = new SignInMemory(Options.Create(new UemOptions()), time);
        var access = new UemAccess
        {
            Address = new Uri("https://as1.example.com/API"),
            Kind = CredentialKind.Basic,
            Account = "picket",
            Secrets = new IntegrationSecrets("typo", "key"),
        };
        var guard = memory.GuardOf(access);
        using var refusing = new Refusing();
        using var client = new WorkspaceOneClient(
            new WorkspaceOneOptions
            {
                Address = access.Address,
                Credential = access.ToCredential(),
                SignIns = guard,
            },
            refusing
        );
        await Assert.ThrowsAsync<SignInRefusedException>(() => client.GetSystemInfoAsync(Cancellation));

        Assert.NotNull(memory.RefusedBefore(access with { Account = "PICKET" }));
        Assert.Null(memory.RefusedBefore(access with { Secrets = new IntegrationSecrets("other", "key") }));
        Assert.Null(memory.RefusedBefore(access with { Address = new Uri("https://as2.example.com/API") }));
        time.Advance(TimeSpan.FromMinutes(14));
        Assert.NotNull(memory.RefusedBefore(access));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(memory.RefusedBefore(access));
    }

    [Fact]
    public async Task Pauses_a_live_integration_and_takes_it_up_again()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();

        var paused = await picket.Client.PauseIntegrationAsync(made.Id, Cancellation);
        var refused = await Expect.RefusedAsync(
            HttpStatusCode.Conflict,
            () => picket.Client.StartRunAsync(made.Id, new StartRun(), Cancellation)
        );
        var resumed = await picket.Client.ResumeIntegrationAsync(made.Id, Cancellation);

        Assert.Equal((IntegrationState.Paused, null), (paused.State, paused.NextRunAt));
        Assert.Contains("Paused", refused.Problem.Detail);
        Assert.Equal(IntegrationState.Active, resumed.State);
        Assert.NotNull(resumed.NextRunAt);
        await using var db = picket.OpenDatabase();
        Assert.Equal(
            ["integration.created", "integration.paused", "integration.resumed"],
            await db
                .Audit.Where(row => row.Action.StartsWith("integration."))
                .OrderBy(row => row.Sequence)
                .Select(row => row.Action)
                .ToListAsync(Cancellation)
        );
    }

    private sealed class Refusing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
    }
}
