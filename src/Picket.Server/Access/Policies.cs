namespace Picket.Server.Access;

/// <summary>Authorization policies. Everything that states none needs <see cref="Read"/>.</summary>
public static class Policies
{
    public const string Read = "read";
    public const string Write = "write";

    /// <summary>Changes an integration's settings (law 6).</summary>
    public const string ChangeIntegration = "change-integration";
}

public static class PicketClaims
{
    public const string TokenId = "picket:token";
    public const string Scope = "picket:scope";
}
