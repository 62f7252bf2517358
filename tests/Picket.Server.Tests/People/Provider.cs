using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Picket.Server.Tests.People;

/// <summary>A real OpenID Connect provider in this process. Whoever comes is signed in there as <see cref="Current"/>.</summary>
public sealed class Provider : IAsyncDisposable
{
    private const string ClientId = "picket";
    private const string ClientSecret = "a secret between the two";

    // One pair for all providers of a test run: to make it takes a second.
    private static readonly SymmetricSecurityKey EncryptionKey = new(RandomNumberGenerator.GetBytes(32));
    private static readonly RsaSecurityKey SigningKey = new(RSA.Create(2048)) { KeyId = "test" };
    private readonly WebApplication app;

    private Provider(WebApplication app, Uri address) => (this.app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>Who is signed in at the provider.</summary>
    public Account Current { get; set; } = new("1001", "Grace Hopper", "grace@example.com");

    public IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?>
        {
            ["OpenIdConnect:Authority"] = Address.ToString(),
            ["OpenIdConnect:ClientId"] = ClientId,
            ["OpenIdConnect:ClientSecret"] = ClientSecret,
            ["OpenIdConnect:Name"] = "Acme ID",
        };

    /// <param name="issuer">Whom it claims to be; itself where not given.</param>
    public static async Task<Provider> StartAsync(Uri? issuer = null)
    {
        Provider? provider = null;
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder
            .Services.AddOpenIddict()
            .AddServer(server =>
            {
                server
                    .SetAuthorizationEndpointUris("authorize")
                    .SetTokenEndpointUris("token")
                    .AllowAuthorizationCodeFlow()
                    .RequireProofKeyForCodeExchange()
                    .RegisterScopes(Scopes.OpenId, Scopes.Email, Scopes.Profile)
                    .AddEncryptionKey(EncryptionKey)
                    .AddSigningKey(SigningKey)
                    .EnableDegradedMode();
                if (issuer is not null)
                {
                    server.SetIssuer(issuer);
                }

                server.UseAspNetCore().DisableTransportSecurityRequirement();
                server.AddEventHandler<ValidateAuthorizationRequestContext>(handler =>
                    handler.UseInlineHandler(request => Check(request, request.ClientId == ClientId))
                );
                server.AddEventHandler<ValidateTokenRequestContext>(handler =>
                    handler.UseInlineHandler(request =>
                        Check(request, request.ClientId == ClientId && request.ClientSecret == ClientSecret)
                    )
                );
                server.AddEventHandler<HandleAuthorizationRequestContext>(handler =>
                    handler.UseInlineHandler(request =>
                    {
                        request.Principal = provider!.Current.Principal(request.Request.GetScopes());
                        return default;
                    })
                );
            });
        builder.Services.AddRouting();
        var app = builder.Build();
        app.UseAuthentication();
        await app.StartAsync();
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        provider = new Provider(app, new Uri(address + "/"));
        using var http = new HttpClient();
        await http.GetStringAsync(new Uri(provider.Address, ".well-known/openid-configuration")); // It makes its keys now.
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static ValueTask Check(BaseValidatingContext request, bool known)
    {
        if (!known)
        {
            request.Reject(Errors.InvalidClient);
        }

        return default;
    }

    /// <summary>Somebody who has an account at the provider.</summary>
    public sealed record Account(string Subject, string Name, string Email, bool Verified = true, bool Mfa = false)
    {
        internal ClaimsPrincipal Principal(IEnumerable<string> scopes)
        {
            var identity = new ClaimsIdentity(
                TokenValidationParameters.DefaultAuthenticationType,
                Claims.Name,
                Claims.Role
            );
            identity.SetClaim(Claims.Subject, Subject).SetClaim(Claims.Name, Name).SetClaim(Claims.Email, Email);
            identity.SetClaim(Claims.EmailVerified, Verified);
            if (Mfa)
            {
                identity.SetClaim(Claims.AuthenticationMethodReference, "mfa");
            }

            identity.SetScopes(scopes).SetDestinations(_ => [Destinations.IdentityToken]);
            return new ClaimsPrincipal(identity);
        }
    }
}
