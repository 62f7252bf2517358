using System.Text;
using System.Text.Json;
using Picket.Api;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Server.Tests.Integrations;

/// <summary>What <c>doctor --record</c> writes is made to be given away.</summary>
public sealed class DoctorCaptureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CredentialKind.Basic)]
    [InlineData(CredentialKind.OAuth)]
    public async Task Holds_no_secret_in_any_form_and_shows_what_the_UEM_answered(CredentialKind kind)
    {
        await using var picket = await PicketApplication.StartAsync();
        var draft = picket.Draft();
        draft = kind == CredentialKind.OAuth ? draft with { Credential = picket.OAuthCredential() } : draft;
        var made = await picket.CreateIntegrationAsync(draft);
        var uem = picket.Emulator.Credentials;
        picket.Emulator.Access.Account(uem.Account).Role.Revoke(new Right(Rows.Devices, RightMode.Read));

        var report = await picket.Client.DoctorAsync(made.Id, record: true, cancellationToken: Cancel);

        var file = JsonSerializer.Serialize(report, PicketApiJson.Default.DoctorReport);
        string[] secrets =
        [
            uem.Password,
            uem.ApiKey,
            uem.ClientSecret,
            .. Encoded($"{uem.Account}:{uem.Password}"),
            .. Encoded($"{uem.ClientId}:{uem.ClientSecret}"),
            .. Encoded(uem.Password),
            .. Encoded(uem.ApiKey),
            .. Encoded(uem.ClientSecret),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, file, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Bearer ", file, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Basic ey", file, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Set-Cookie", file, StringComparison.OrdinalIgnoreCase);

        var capture = JsonSerializer.Serialize(report with { Checks = [] }, PicketApiJson.Default.DoctorReport);
        Assert.All([uem.Account, uem.ClientId], name => Assert.DoesNotContain(name, capture));
        Assert.NotEmpty(report.Capture!);
        Assert.All(report.Capture!, exchange => Assert.Equal("***", exchange.RequestHeaders["Authorization"]));
        Assert.All(
            report.Capture!.SelectMany(exchange => exchange.RequestHeaders),
            header => Assert.True(header.Key is "Accept" or "User-Agent" || header.Value == "***", header.Key)
        );
    }

    [Fact]
    public async Task Shows_status_and_codes_of_what_was_refused_and_the_report_beside_it_the_words()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        picket
            .Emulator.Access.Account(picket.Emulator.Credentials.Account)
            .Role.Revoke(new Right(Rows.Devices, RightMode.Read));

        var report = await picket.Client.DoctorAsync(made.Id, record: true, cancellationToken: Cancel);

        var refused = Assert.Single(report.Capture!, exchange => exchange.Status >= 400);
        Assert.Equal(("GET", 403), (refused.Method, refused.Status));
        Assert.Contains("mdm/devices/search", refused.Path);
        using var body = JsonDocument.Parse(refused.Body!);
        var evidence = report.Check("right:rest-devices").Evidence!;
        Assert.Equal(403, evidence.HttpStatus);
        Assert.Equal(evidence.ErrorCode, body.RootElement.GetProperty("errorCode").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(evidence.Message));
    }

    private static IEnumerable<string> Encoded(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return Convert.ToBase64String(bytes).TrimEnd('=');
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToHexString(bytes);
    }
}
