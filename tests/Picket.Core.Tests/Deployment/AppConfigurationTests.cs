using Picket.Core.Deployment;

namespace Picket.Core.Tests.Deployment;

public sealed class AppConfigurationTests
{
    private static readonly string[] Lookups = ["DeviceUid", "DeviceSerialNumber", "EnrollmentUser", "GroupIdentifier"];

    [Theory]
    [InlineData(ConfigurationPlatform.Apple)]
    [InlineData(ConfigurationPlatform.Android)]
    public void The_template_of_the_agent_can_be_sent(ConfigurationPlatform platform)
    {
        var entries = AppConfiguration.Template(new Uri("https://picket.example.com/"), "7");

        Assert.Empty(AppConfiguration.Check(platform, entries, Lookups, ofAgent: true));
        Assert.Equal("https://picket.example.com", entries[0].Value);
    }

    [Fact]
    public void The_agent_must_find_its_server_and_say_which_device_it_is()
    {
        var mistakes = AppConfiguration.Check(
            ConfigurationPlatform.Android,
            [
                Text(AppConfiguration.ServerKey, "http://picket.example.com"),
                Text(AppConfiguration.DeviceKey, "{GroupIdentifier}"),
            ],
            Lookups,
            ofAgent: true
        );

        Assert.Equal(
            [AppConfiguration.ServerKey, AppConfiguration.IntegrationKey, AppConfiguration.DeviceKey],
            mistakes.Select(mistake => mistake.Path)
        );
    }

    [Theory]
    [InlineData("password", "hunter2")]
    [InlineData("Api-Key", "0123")]
    [InlineData("client_secret", "x{GroupIdentifier}")]
    [InlineData("EnrollmentToken", "abc")]
    [InlineData("Proxy", "https://user:hunter2@proxy.example.com")]
    [InlineData("Identity", "-----BEGIN RSA PRIVATE KEY-----")]
    public void Refuses_what_looks_like_a_secret_of_all_devices(string key, string value)
    {
        var mistake = Assert.Single(AppConfiguration.Check(ConfigurationPlatform.Apple, [Text(key, value)], Lookups));

        Assert.Contains("secret", mistake.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", mistake.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password", "")]
    [InlineData("DeviceToken", "{DeviceUid}")]
    [InlineData("ServerUrl", "https://picket.example.com")]
    public void Takes_what_differs_from_device_to_device(string key, string value) =>
        Assert.Empty(AppConfiguration.Check(ConfigurationPlatform.Apple, [Text(key, value)], Lookups));

    [Fact]
    public void A_switch_is_no_secret_whatever_it_is_called() =>
        Assert.Empty(
            AppConfiguration.Check(
                ConfigurationPlatform.Apple,
                [new("RequirePassword", ConfigurationType.Boolean, "true")]
            )
        );

    [Fact]
    public void Names_all_mistakes_at_once()
    {
        ConfigurationEntry[] entries =
        [
            Text(" ", "x"),
            Text("Twice", "1"),
            Text("Twice", "2"),
            new("Port", ConfigurationType.WholeNumber, "many"),
            new("On", ConfigurationType.Boolean, "yes"),
            Text("Who", "{NoSuchName}"),
            new("Inner", ConfigurationType.Bundle) { Nested = [Text("secret", "abc")] },
        ];

        var apple = AppConfiguration.Check(ConfigurationPlatform.Apple, entries, Lookups);
        var android = AppConfiguration.Check(ConfigurationPlatform.Android, entries, Lookups);

        Assert.Equal(
            [" ", "Twice", "Port", "On", "Who", "Inner", "Inner > secret"],
            apple.Select(mistake => mistake.Path)
        );
        Assert.Equal(apple.Count - 1, android.Count);
    }

    [Fact]
    public void A_name_in_braces_stands_for_any_type_and_is_not_judged_while_names_are_unread()
    {
        ConfigurationEntry[] entries = [new("Port", ConfigurationType.WholeNumber, "{AnyName}")];

        Assert.Empty(AppConfiguration.Check(ConfigurationPlatform.Apple, entries));
        Assert.Single(AppConfiguration.Check(ConfigurationPlatform.Apple, entries, Lookups));
    }

    [Fact]
    public void Bundles_hold_keys_and_end_somewhere()
    {
        var entry = Text("a", "b");
        for (var depth = 0; depth < 1_000; depth++)
        {
            entry = new("in", ConfigurationType.Bundle) { Nested = [entry] };
        }

        var deep = Assert.Single(AppConfiguration.Check(ConfigurationPlatform.Android, [entry]));
        Assert.Contains("deeper", deep.Text, StringComparison.Ordinal);
        Assert.Equal(
            3,
            AppConfiguration
                .Check(
                    ConfigurationPlatform.Android,
                    [
                        new("empty", ConfigurationType.Bundle, "with a value"),
                        new("mixed", ConfigurationType.BundleArray) { Nested = [Text("a", "b")] },
                    ]
                )
                .Count
        );
    }

    private static ConfigurationEntry Text(string key, string value) => new(key, ConfigurationType.Text, value);
}
