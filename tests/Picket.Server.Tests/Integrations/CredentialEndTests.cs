using Picket.Api;
using Picket.Server.Tests.Notices;

namespace Picket.Server.Tests.Integrations;

/// <summary>Somebody types when the credential ends: it is shown, told before that day, and forgotten with the credential.</summary>
public sealed class CredentialEndTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_typed_end_of_a_credential_is_told_before_that_day_and_goes_with_the_credential()
    {
        await using var scene = await NoticeScene.StartAsync();
        var made = await scene.Picket.CreateIntegrationAsync();
        await scene.AddAsync(scene.Webhook() with { Kinds = [NoticeKind.CredentialEnding] });
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            ChangeAsync(scene, made.Id, today.AddDays(-1))
        );
        Assert.Contains("credentialEndsOn", refused.Problem.Errors!.Keys);
        var far = await ChangeAsync(scene, made.Id, today.AddDays(40));
        Assert.Equal((today.AddDays(40), false), (far.CredentialEndsOn, far.CredentialEndsSoon));
        Assert.Equal(CheckState.Pass, (await CheckAsync(scene, made.Id))!.State);
        await NoticeScene.SomeLooksAsync();
        Assert.Empty(scene.Receiver.All);

        var near = await ChangeAsync(scene, made.Id, today.AddDays(10));

        Assert.True(near.CredentialEndsSoon);
        Assert.Equal(CheckState.Warn, (await CheckAsync(scene, made.Id))!.State);
        var told = Assert.Single(await scene.CameAsync("credential-ending.raised"));
        Assert.EndsWith(
            $"the credential ends on {today.AddDays(10):yyyy-MM-dd}, in 10 days",
            (string)told.Json["data"]!["title"]!
        );

        var rotated = await scene.Picket.Client.RotateCredentialAsync(
            made.Id,
            new RotateCredential(scene.Picket.OAuthCredential()) { EndsOn = today.AddYears(1) },
            Cancel
        );
        Assert.Equal((today.AddYears(1), false), (rotated.CredentialEndsOn, rotated.CredentialEndsSoon));
        await scene.CameAsync("credential-ending.resolved");
        Assert.Equal(2, scene.Receiver.All.Count);

        var anew = await scene.Picket.Client.RotateCredentialAsync(made.Id, scene.Picket.OAuthCredential(), Cancel);
        Assert.Null(anew.CredentialEndsOn);
        Assert.Null(await CheckAsync(scene, made.Id));
    }

    private static async Task<IntegrationView> ChangeAsync(NoticeScene scene, Guid id, DateOnly day)
    {
        var now = await scene.Picket.Client.IntegrationAsync(id, Cancel);
        var change = new ChangeIntegration { CredentialEnd = new CredentialEnd(day) };
        return await scene.Picket.Client.ChangeIntegrationAsync(id, now.Version, change, Cancel);
    }

    private static async Task<DoctorCheck?> CheckAsync(NoticeScene scene, Guid id) =>
        (await scene.Picket.Client.DoctorAsync(id, cancellationToken: Cancel)).Checks.SingleOrDefault(check =>
            check.Id == "credential-end"
        );
}
