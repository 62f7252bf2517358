using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Picket.Server.Hosting;

/// <summary>Section <c>Hosting</c>.</summary>
public sealed record HostingOptions
{
    /// <summary>
    /// Proxies that end TLS before this server, each an address or a network, such as <c>127.0.0.1</c> or
    /// <c>10.20.0.0/28</c>; a list, or one text with commas. Their <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are
    /// believed, and nobody else's.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];
}

internal static class TrustedProxies
{
    private const string Section = "Hosting";
    private const string Setting = $"{Section}:{nameof(HostingOptions.TrustedProxies)}";

    public static void AddTrustedProxies(this IServiceCollection services)
    {
        services
            .AddOptions<HostingOptions>()
            .BindConfiguration(Section)
            .Configure<IConfiguration>(
                (options, configuration) =>
                    options.TrustedProxies = [.. options.TrustedProxies, .. configuration.TextsOf(Setting)]
            )
            .RefuseUnknownSettings(Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<HostingOptions>, Rules>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<HostingOptions>>(Trust);
    }

    private static void Trust(ForwardedHeadersOptions headers, IOptions<HostingOptions> hosting)
    {
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in hosting.Value.TrustedProxies.Select(proxy => Network(proxy)!.Value))
        {
            headers.KnownIPNetworks.Add(network);
        }

        headers.ForwardedHeaders =
            hosting.Value.TrustedProxies.Length == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        headers.ForwardLimit = null; // Back through every trusted proxy, to the first that is none.
    }

    private static IPNetwork? Network(string proxy) =>
        IPNetwork.TryParse(proxy, out var network) ? network
        : IPAddress.TryParse(proxy, out var address) ? new IPNetwork(address, 8 * address.GetAddressBytes().Length)
        : null;

    private sealed class Rules(IConfiguration configuration) : IValidateOptions<HostingOptions>
    {
        private const string BelieveAll = "FORWARDEDHEADERS_ENABLED";

        public ValidateOptionsResult Validate(string? name, HostingOptions options)
        {
            var mistakes = options.TrustedProxies.Select(Mistake).OfType<string>().ToList();
            if (configuration.GetValue<string>(BelieveAll) is "true" or "True" or "TRUE")
            {
                mistakes.Add(
                    $"ASPNETCORE_{BelieveAll} believes whoever sends X-Forwarded headers. Name the proxies in {Setting}."
                );
            }

            return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
        }

        private static string? Mistake(string proxy) =>
            Network(proxy) switch
            {
                null =>
                    $"{Setting}: '{proxy}' is no address and no network in CIDR form, such as 10.20.0.7 or 10.20.0.0/28.",
                { PrefixLength: 0 } => $"{Setting}: '{proxy}' is everybody. Name the proxies alone.",
                _ => null,
            };
    }
}
