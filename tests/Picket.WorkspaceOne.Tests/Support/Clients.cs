using Microsoft.Extensions.Logging;
using Picket.WorkspaceOne.Pacing;

namespace Picket.WorkspaceOne.Tests.Support;

/// <summary>Clients for tests: quick retries, a made-up credential.</summary>
internal static class Clients
{
    public const string Password = "canary-password-7301";
    public const string ApiKey = "canary-api-key-5518";
    public const string OAuthSecret = "canary-oauth-9921";

    public static readonly BasicCredential Credential = new("picket-api", Password, ApiKey);

    public static WorkspaceOneOptions Options { get; } =
        new()
        {
            Address = new Uri("https://uem.example.com/API"),
            Credential = Credential,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            JitterSeed = 1,
        };

    public static WorkspaceOneOptions OAuth =>
        Options with
        {
            Credential = new OAuthCredential(new Uri("https://token.example.com/connect/token"), "picket", OAuthSecret),
        };

    public static WorkspaceOneClient For(
        HttpMessageHandler server,
        WorkspaceOneOptions? options = null,
        CallPacer? pacer = null,
        TimeProvider? time = null,
        ILogger<WorkspaceOneClient>? logger = null
    ) => new(options ?? Options, server, pacer, time, logger);
}
