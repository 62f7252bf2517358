namespace Picket.Core.Preparation;

/// <summary>Every check of the preparation except the rights, which come from the catalogue.</summary>
public static class Checks
{
    private const string Everything = "Nothing works: no sync, no verdict, no response.";

    private static readonly ConsoleSteps IntegrationAddress = new(
        "Picket > Integration > Address",
        "Open the integration in Picket and correct its address."
    );

    public static readonly CheckDefinition Kind = new(
        "authentication-kind",
        "The way of signing in is one that Picket supports",
        Everything,
        ConsolePaths.CheckAccount
    );

    public static readonly CheckDefinition Address = new(
        "address",
        "The address is the API's",
        Everything,
        IntegrationAddress
    );

    public static readonly CheckDefinition Name = new(
        "name-resolution",
        "The server's name is known to the name service",
        Everything
    );

    public static readonly CheckDefinition Connection = new("connection", "The server takes connections", Everything);

    public static readonly CheckDefinition Tls = new("tls", "The server's certificate is trusted", Everything);

    public static readonly CheckDefinition Uem = new(
        "uem",
        "A Workspace ONE UEM answers",
        Everything,
        IntegrationAddress
    );

    public static readonly CheckDefinition Version = new(
        "version",
        "The UEM's version is known to Picket",
        "Routes that an older UEM lacks stay unread."
    );

    public static readonly CheckDefinition Clock = new(
        "clock",
        "The clocks agree",
        "Ages (last contact, patch level) and the quota's reset are off by the difference."
    );

    public static readonly CheckDefinition Quota = new(
        "quota",
        "Calls are left today",
        "Reading stops until the quota's reset."
    );

    public static readonly CheckDefinition ApiAccess = new(
        "api-access",
        "API access is enabled",
        Everything,
        ConsolePaths.EnableApi
    );

    public static readonly CheckDefinition Key = new(
        "api-key",
        "The API key is sent and known",
        Everything,
        ConsolePaths.CopyKey
    );

    public static readonly CheckDefinition KeyKind = new(
        "api-key-kind",
        "The API key is an Admin key",
        Everything,
        ConsolePaths.CopyKey
    );

    public static readonly CheckDefinition KeyTree = new(
        "api-key-tree",
        "The API key belongs to the account's organization groups",
        Everything,
        ConsolePaths.CopyKey
    );

    public static readonly CheckDefinition Basic = new(
        "basic-enabled",
        "Basic authentication is enabled",
        Everything,
        ConsolePaths.EnableBasic
    );

    public static readonly CheckDefinition Account = new(
        "account",
        "User name and password are accepted",
        Everything,
        ConsolePaths.CheckAccount
    );

    public static readonly CheckDefinition Client = new(
        "oauth-client",
        "The OAuth client is accepted",
        Everything,
        ConsolePaths.OAuthClient
    );

    public static readonly CheckDefinition Locked = new(
        "account-locked",
        "The account is not locked",
        Everything,
        ConsolePaths.UnlockAccount
    );

    public static readonly CheckDefinition Roles = new(
        "account-roles",
        "The account has an organization group and an active role",
        "The account sees nothing.",
        ConsolePaths.AssignRole
    );

    public static readonly CheckDefinition Scope = new(
        "group-scope",
        "The integration's organization group is in the account's scope",
        "The fleet below that group cannot be read.",
        ConsolePaths.AssignRole
    );

    public static readonly CheckDefinition Excess = new(
        "excess",
        "How much more the role grants than is needed",
        "Nothing: this is for information."
    );
}
