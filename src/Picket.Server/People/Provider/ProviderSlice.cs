using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Picket.Server.Hosting;

namespace Picket.Server.People;

/// <summary>Signing in by OpenID Connect: authorization code with PKCE, through the one door out.</summary>
internal static class ProviderSlice
{
    public const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static void AddProvider(this IServiceCollection services)
    {
        services
            .AddOptions<ProviderOptions>()
            .BindConfiguration(ProviderOptions.Section)
            .RefuseUnknownSettings(ProviderOptions.Section)
            .Validate<IOptions<OutboundOptions>>(
                (provider, outbound) => !provider.IsGiven || IsAddress(provider.Authority, outbound.Value),
                "OpenIdConnect:Authority must be the provider's issuer, an address that begins with https://."
            )
            .Validate(
                provider => !provider.IsGiven || !string.IsNullOrWhiteSpace(provider.ClientId),
                "OpenIdConnect:ClientId is missing: the provider tells it where Picket is registered."
            )
            .ValidateOnStart();
        services.AddSingleton<ProviderSignIn>();
        services.TryAddTransient<OpenIdConnectHandler>();
        services.AddOptions<AuthenticationOptions>().Configure<IOptions<ProviderOptions>>(AddScheme);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<
                IPostConfigureOptions<OpenIdConnectOptions>,
                OpenIdConnectPostConfigureOptions
            >()
        );
        services
            .AddOptions<OpenIdConnectOptions>(Scheme)
            .Configure<IOptions<ProviderOptions>, OutboundConnector, ProviderSignIn>(Configure);
    }

    private static void AddScheme(AuthenticationOptions schemes, IOptions<ProviderOptions> provider)
    {
        if (provider.Value.IsGiven)
        {
            schemes.AddScheme<OpenIdConnectHandler>(Scheme, provider.Value.Name);
        }
    }

    private static void Configure(
        OpenIdConnectOptions options,
        IOptions<ProviderOptions> provider,
        OutboundConnector outbound,
        ProviderSignIn signIn
    )
    {
        options.Authority = provider.Value.Authority;
        options.ClientId = provider.Value.ClientId;
        options.ClientSecret = provider.Value.ClientSecret;
        options.RequireHttpsMetadata = provider.Value.Authority?.StartsWith("https:", StringComparison.Ordinal) is true;
        options.SignInScheme = Access.ConsoleSession.Scheme;
        options.CallbackPath = "/sign-in/provider/answer";
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes as a link, so that cookies that are not for other sites' forms come with it.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.MapInboundClaims = false;
        options.ClaimActions.Remove("iss"); // Else it is taken out, and a subject is one of its issuer only.
        options.Scope.Add("email");
        options.BackchannelHttpHandler = outbound.Handler();
        options.BackchannelTimeout = Patience;
        options.Events.OnTicketReceived = ProviderSignIn.ReceiveAsync;
        options.Events.OnRemoteFailure = signIn.FailAsync;
        options.Events.OnTokenValidated = signIn.PinAsync;
    }

    private static bool IsAddress(string? authority, OutboundOptions outbound) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (outbound.AllowLoopback && address.IsLoopback));
}
