using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>Apps on their way to the devices, on the command line.</summary>
public sealed class PublicationCommandTests
{
    private static readonly Guid Integration = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-000000000011");

    [Fact]
    public async Task The_template_shows_what_to_begin_with_and_what_was_not_read()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer(
            "GET",
            Routes.Fill(Routes.DeploymentTemplate, Integration),
            new ConfigurationTemplateView
            {
                Platform = ConfiguredPlatform.Android,
                Keys = [new ConfigurationKey { Key = "DeviceId", Value = "{DeviceUid}" }],
                Declared =
                [
                    new DeclaredKey
                    {
                        Key = "Proxy",
                        Type = ConfigurationValueType.Bundle,
                        UemType = "BUNDLE",
                        Nested = [new DeclaredKey { Key = "Since", UemType = "DATE" }],
                    },
                ],
                NotRead = "The integration is paused; resume it first.",
            }
        );

        var shown = await CliRun.AgainstAsync(
            stub,
            "publications",
            "template",
            "--integration",
            $"{Integration}",
            "--platform",
            "Android",
            "--reached-at",
            "https://picket.example.com"
        );

        Assert.Equal((ExitCodes.Ok, ""), (shown.Code, shown.Error));
        Assert.Contains("{DeviceUid}", shown.Out, StringComparison.Ordinal);
        Assert.Contains("Proxy > Since", shown.Out, StringComparison.Ordinal);
        Assert.Contains("DATE: Picket cannot write it", shown.Out, StringComparison.Ordinal);
        Assert.Contains("The integration is paused", shown.Out, StringComparison.Ordinal);
        Assert.Contains(
            stub.Requests,
            request =>
                request.Address.EndsWith(
                    "?platform=Android&server=https%3A%2F%2Fpicket.example.com",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task A_check_that_finds_something_says_so_to_its_caller()
    {
        await using var stub = await PicketStub.StartAsync();
        var path = Routes.Fill(Routes.DeploymentCheck, Integration);
        string[] command =
        [
            "publications",
            "check",
            "--integration",
            $"{Integration}",
            "--platform",
            "Apple",
            "--set",
            "Password=x",
        ];

        stub.Answer("POST", path, new ConfigurationCheck { Mistakes = [new KeyMistake("Password", "A secret.")] });
        var wrong = await CliRun.AgainstAsync(stub, command);
        stub.Answer("POST", path, new ConfigurationCheck());
        var right = await CliRun.AgainstAsync(stub, command);

        Assert.Equal((ExitCodes.Problem, ExitCodes.Ok), (wrong.Code, right.Code));
        Assert.Contains("A secret.", wrong.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publication_shows_its_shares_and_what_others_wrote()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer(
            "GET",
            Routes.Fill(Routes.Publication, Id),
            new PublicationView
            {
                Id = Id,
                IntegrationId = Integration,
                Name = "Guard",
                AppUuid = Id,
                AppName = "Guard",
                Kind = PublishedAppKind.Public,
                Delivery = AppDelivery.Automatic,
                State = PublicationState.Running,
                MadeAt = DateTimeOffset.UnixEpoch,
                ForeignChange = new ForeignChangeView
                {
                    At = DateTimeOffset.UnixEpoch,
                    Added = ["By hand"],
                    Rest = true,
                },
                Rings =
                [
                    new RingView
                    {
                        Name = "Early",
                        SmartGroups = [new RingSmartGroup(Id, "IT"), new RingSmartGroup(Integration, "Field")],
                        SharePercent = 10,
                        State = RingState.Waiting,
                    },
                ],
            }
        );

        var shown = await CliRun.AgainstAsync(stub, "publications", "show", $"{Id}");

        Assert.Equal((ExitCodes.Ok, ""), (shown.Code, shown.Error));
        Assert.Contains("added 'By hand'; changed the order", shown.Out, StringComparison.Ordinal);
        Assert.Contains("IT, Field", shown.Out, StringComparison.Ordinal);
        Assert.Contains("10%", shown.Out, StringComparison.Ordinal);
    }
}
