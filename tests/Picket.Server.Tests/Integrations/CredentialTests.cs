using System.Net;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Integrations;

/// <summary>Laws 7, 9 and 10.</summary>
public sealed class CredentialTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_no_secret_in_answers_logs_audit_database_or_errors()
    {
        await using var picket = await PicketApplication.StartAsync();
        var credentials = picket.Emulator.Credentials;
        var proxyPassword = "proxy-canary-7f3a";
        var answers = new List<string>();

        var made = await picket.CreateIntegrationAsync();
        await picket.Client.RotateCredentialAsync(made.Id, picket.OAuthCredential(), Cancellation);
        await picket.Client.RotateCredentialAsync(made.Id, picket.BasicCredential(), Cancellation);
        answers.Add((await Failing(picket, credentials.Password, credentials.OtherTreeApiKey, proxyPassword)).Message);
        foreach (var route in new[] { Routes.Integrations, Routes.Fill(Routes.Integration, made.Id), Routes.OpenApi })
        {
            answers.Add(await picket.Http.GetStringAsync(route, Cancellation));
        }

        using var doctor = await picket.Http.PostAsync(
            Routes.Fill(Routes.IntegrationDoctor, made.Id) + "?record=true",
            null,
            Cancellation
        );
        answers.Add(await doctor.Content.ReadAsStringAsync(Cancellation));
        await picket.StopServerAsync();

        string[] secrets =
        [
            credentials.Password,
            credentials.ApiKey,
            credentials.ClientSecret,
            credentials.OtherTreeApiKey,
            proxyPassword,
        ];
        var files = Directory
            .EnumerateFiles(picket.DataFolder, "picket.db*", SearchOption.AllDirectories)
            .Select(file => File.ReadAllText(file, System.Text.Encoding.Latin1));
        string[] places = [.. answers, picket.Logs.All, .. files];
        Assert.All(places, place => Assert.All(secrets, secret => Assert.DoesNotContain(secret, place)));
        Assert.Contains($"Integration {made.Id}", picket.Logs.All);
    }

    [Fact]
    public async Task Wants_every_secret_anew_when_the_way_to_the_UEM_changes()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var calls = picket.Emulator.RequestLog.Total;

        ChangeIntegration[] changes =
        [
            new() { Address = "https://elsewhere.example.com" },
            new() { CaCertificatePem = picket.Emulator.CaCertificate.ExportCertificatePem() },
            new() { Proxy = new ProxySettings("http://proxy.example.com:3128") },
            new() { OrganizationGroup = "nw-europe" },
        ];
        foreach (var change in changes)
        {
            var refused = await Expect.RefusedAsync(
                HttpStatusCode.UnprocessableEntity,
                () => picket.Client.ChangeIntegrationAsync(made.Id, made.Version, change, Cancellation)
            );
            Assert.Contains("Whoever makes it has to know them", refused.Problem.Detail);
            Assert.NotNull(refused.Problem.Next);
        }

        Assert.Equal(calls, picket.Emulator.RequestLog.Total);
        picket.LetAdministratorManage(picket.Emulator.Groups.Find("nw-europe")!);
        var moved = await picket.Client.ChangeIntegrationAsync(
            made.Id,
            made.Version,
            new() { OrganizationGroup = "nw-europe", Credential = picket.BasicCredential() },
            Cancellation
        );
        Assert.Equal("nw-europe", moved.OrganizationGroup.GroupId);
    }

    [Fact]
    public async Task Rotates_without_a_gap_and_keeps_the_old_credential_when_the_new_one_fails()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var connections = picket.Service<UemConnections>();
        var running = await connections.OpenAsync(made.Id, Cancellation);

        var wrong = picket.BasicCredential() with { Password = "wrong" };
        var refused = await Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () => picket.Client.RotateCredentialAsync(made.Id, wrong, Cancellation)
        );
        Assert.Equal(CheckState.Fail, refused.Problem.Doctor!.Check("account").State);
        Assert.Same(running, await connections.OpenAsync(made.Id, Cancellation));

        var rotated = await picket.Client.RotateCredentialAsync(made.Id, picket.OAuthCredential(), Cancellation);
        var next = await connections.OpenAsync(made.Id, Cancellation);

        Assert.Equal(CredentialKind.OAuth, rotated.CredentialKind);
        Assert.NotSame(running, next);
        Assert.NotNull((await running.Client.GetSystemInfoAsync(Cancellation)).ProductVersion);
        Assert.NotNull((await next.Client.GetSystemInfoAsync(Cancellation)).ProductVersion);
        Assert.Equal(running.Client.Quota.CallsMade, next.Client.Quota.CallsMade);
    }

    [Fact]
    public async Task Uses_a_refused_credential_never_again_until_it_is_rotated()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var account = picket.Emulator.Access.Account(picket.Emulator.Credentials.Account);
        account.Password = "new password";
        picket.Emulator.RequestLog.Clear();

        var connection = await picket.Service<UemConnections>().OpenAsync(made.Id, Cancellation);
        var calls = Enumerable.Range(0, 8).Select(_ => connection.Client.GetSystemInfoAsync(Cancellation)).ToList();
        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<SignInRefusedException>(() => call);
        }

        var view = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        await picket.RestartAsync();
        await Assert.ThrowsAsync<SignInRefusedException>(() =>
            picket.Service<UemConnections>().OpenAsync(made.Id, Cancellation)
        );
        await Expect.RefusedAsync(
            HttpStatusCode.Conflict,
            () => picket.Client.ResumeIntegrationAsync(made.Id, Cancellation)
        );

        Assert.Equal(IntegrationState.CredentialRefused, view.State);
        Assert.Contains("rotate", view.StateReason);
        Assert.Equal(1, picket.Emulator.RequestLog.Total);
        Assert.Equal(1, account.FailedSignIns);

        var rotated = await picket.Client.RotateCredentialAsync(
            made.Id,
            picket.BasicCredential() with
            {
                Password = "new password",
            },
            Cancellation
        );
        Assert.Equal((IntegrationState.Active, null), (rotated.State, rotated.StateReason));
    }

    [Fact]
    public async Task Does_not_mark_the_new_credential_when_a_run_with_the_old_one_is_refused()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        var old = await picket.Service<UemConnections>().OpenAsync(made.Id, Cancellation);
        await picket.Client.RotateCredentialAsync(made.Id, picket.OAuthCredential(), Cancellation);
        picket.Emulator.Access.Account(picket.Emulator.Credentials.Account).Password = "changed";

        await Assert.ThrowsAsync<SignInRefusedException>(() => old.Client.GetSystemInfoAsync(Cancellation));

        var view = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        Assert.Equal(IntegrationState.Active, view.State);
    }

    [Fact]
    public async Task Connects_by_OAuth_and_tells_a_refused_client_from_a_UEM()
    {
        await using var picket = await PicketApplication.StartAsync();
        var draft = picket.Draft() with { Credential = picket.OAuthCredential() };

        var wrong = await picket.Client.DoctorAsync(
            draft with
            {
                Credential = picket.OAuthCredential() with { ClientSecret = "wrong" },
            },
            cancellationToken: Cancellation
        );
        var made = await picket.CreateIntegrationAsync(draft);

        Assert.Equal(["oauth-client"], wrong.Failed());
        Assert.Equal(1, wrong.Calls);
        Assert.Equal((CredentialKind.OAuth, IntegrationState.Active), (made.CredentialKind, made.State));
    }

    [Fact]
    public async Task Trusts_a_private_CA_only_when_it_is_given()
    {
        await using var picket = await PicketApplication.StartAsync(
            new() { Emulator = new EmulatorOptions { Devices = 50 } }
        );
        var draft = picket.Draft();

        var without = await picket.Client.DoctorAsync(
            draft with
            {
                CaCertificatePem = null,
            },
            cancellationToken: Cancellation
        );
        var made = await picket.CreateIntegrationAsync(draft);

        Assert.Equal(["tls"], without.Failed());
        Assert.Contains("Picket emulator CA", without.Check("tls").Finding);
        Assert.Equal(0, without.Calls);
        Assert.True(made.HasCaCertificate);
    }

    private static Task<PicketApiException> Failing(
        PicketApplication picket,
        string password,
        string key,
        string proxyPassword
    ) =>
        Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () =>
                picket.CreateIntegrationAsync(
                    picket.Draft("Failing") with
                    {
                        Credential = new Api.BasicCredential("nobody", password, key),
                        Proxy = new ProxySettings("http://127.0.0.1:9", "proxy-user", proxyPassword),
                    }
                )
        );
}
