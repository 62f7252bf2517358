using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;

namespace Picket.Server.Tests.Deployment;

/// <summary>What an app is told on the device: what to begin with, and what is wrong with it.</summary>
public sealed class ConfigurationStoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_template_names_this_server_the_integration_and_what_the_UEM_and_the_app_know()
    {
        await using var scene = await PublicationScene.StartAsync();

        var template = await scene.Client.ConfigurationTemplateAsync(
            scene.Integration,
            new ConfigurationTemplateFilter
            {
                Platform = ConfiguredPlatform.Android,
                App = scene.App.Uuid,
                Server = "https://picket.example.com/",
            },
            Cancel
        );

        Assert.Equal(
            [
                ("ServerUrl", "https://picket.example.com"),
                ("IntegrationId", $"{scene.Integration}"),
                ("DeviceId", "{DeviceUid}"),
            ],
            template.Keys.Select(key => (key.Key, key.Value))
        );
        Assert.Contains(template.Lookups!, name => name is { Name: "DeviceUid", Description: "Device UDID" });
        Assert.Contains(
            template.Declared!,
            key => key is { Key: "Verbose", Type: ConfigurationValueType.Boolean, UemType: "BOOLEAN" }
        );
        Assert.Null(template.NotRead);
        var check = await scene.Client.CheckConfigurationAsync(
            scene.Integration,
            new CheckConfiguration
            {
                Platform = ConfiguredPlatform.Android,
                Keys = template.Keys,
                ForAgent = true,
            },
            Cancel
        );
        Assert.Empty(check.Mistakes);
        Assert.Null(check.NotRead);
    }

    [Fact]
    public async Task Without_an_address_it_is_the_one_that_was_asked_and_what_is_none_is_refused()
    {
        await using var scene = await PublicationScene.StartAsync();

        var template = await scene.Client.ConfigurationTemplateAsync(scene.Integration, new(), Cancel);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.ConfigurationTemplateAsync(scene.Integration, new() { Server = "ftp://x" }, Cancel)
        );

        var address = new Uri(template.Keys[0].Value);
        Assert.True(address.IsLoopback, $"{address}");
        Assert.Null(template.Declared);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
    }

    [Fact]
    public async Task Says_all_mistakes_at_once_each_with_its_key()
    {
        await using var scene = await PublicationScene.StartAsync();

        var check = await scene.Client.CheckConfigurationAsync(scene.Integration, Wrong, Cancel);

        Assert.Null(check.NotRead);
        Assert.Equal(
            ["Bundle", "Bundle > Interval", "Device", "Password"],
            check.Mistakes.Select(mistake => mistake.Path).Order(StringComparer.Ordinal)
        );
        Assert.Contains(check.Mistakes, mistake => mistake.Text.Contains("'{deviceuid}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_UEM_it_says_what_it_did_not_compare()
    {
        await using var scene = await PublicationScene.StartAsync();
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db.Integrations.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, IntegrationState.Paused),
                Cancel
            );
        }

        scene.Uem.RequestLog.Clear();

        var check = await scene.Client.CheckConfigurationAsync(scene.Integration, Wrong, Cancel);
        var template = await scene.Client.ConfigurationTemplateAsync(scene.Integration, new(), Cancel);

        Assert.Contains("paused", check.NotRead);
        Assert.Equal(3, check.Mistakes.Count);
        Assert.Contains("paused", template.NotRead);
        Assert.Null(template.Lookups);
        Assert.Equal(3, template.Keys.Count);
        Assert.Empty(scene.Uem.RequestLog.Entries);
    }

    private static CheckConfiguration Wrong =>
        new()
        {
            Platform = ConfiguredPlatform.Apple,
            Keys =
            [
                new ConfigurationKey { Key = "Device", Value = "{deviceuid}" },
                new ConfigurationKey { Key = "Password", Value = "hunter2" },
                new ConfigurationKey
                {
                    Key = "Bundle",
                    Type = ConfigurationValueType.Bundle,
                    Nested =
                    [
                        new ConfigurationKey
                        {
                            Key = "Interval",
                            Type = ConfigurationValueType.WholeNumber,
                            Value = "often",
                        },
                    ],
                },
            ],
        };
}
