namespace Picket.Core.Preparation;

/// <summary>A place in the UEM's console, and what to click there, by the console's own labels.</summary>
public sealed record ConsoleSteps(string Path, params IReadOnlyList<string> Clicks);

/// <summary>The places of the preparation, each written down once.</summary>
public static class ConsolePaths
{
    public const string RestApi = "GROUPS & SETTINGS > All Settings > System > Advanced > API > REST API";
    public const string AdminList = "ACCOUNTS > Administrators > List View";
    public const string Roles = "ACCOUNTS > Administrators > Roles";
    public const string Groups = "GROUPS & SETTINGS > Groups > Organization Groups";

    private const string ChooseGroup = "Choose the integration's organization group at the top of the console.";

    public static readonly ConsoleSteps EnableApi = new(
        RestApi,
        ChooseGroup,
        "Open GROUPS & SETTINGS > All Settings, then System > Advanced > API > REST API.",
        "On the General tab select ENABLED for Enable API Access.",
        "Save. The UEM makes an API key for this organization group."
    );

    public static readonly ConsoleSteps CopyKey = new(
        RestApi,
        ChooseGroup,
        "Open GROUPS & SETTINGS > All Settings, then System > Advanced > API > REST API.",
        "On the General tab copy the API key whose account type is Admin.",
        "Enter it in the integration."
    );

    public static readonly ConsoleSteps EnableBasic = new(
        RestApi,
        ChooseGroup,
        "Open GROUPS & SETTINGS > All Settings, then System > Advanced > API > REST API.",
        "On the Authentication tab select ENABLED for Basic. At the Customer organization group choose Override first; below it, Inherit takes the parent's setting.",
        "Save."
    );

    public static readonly ConsoleSteps CheckAccount = new(
        AdminList,
        "Open ACCOUNTS > Administrators > List View and look for the account's user name.",
        "If it is missing: Add, then Add Admin, then Basic, and fill in the Definition tab.",
        "If it is there: edit it, set a new password, and enter the same one in the integration.",
        "Look whether the password has expired or must be changed at the next sign-in."
    );

    public static readonly ConsoleSteps UnlockAccount = new(
        AdminList,
        "Open ACCOUNTS > Administrators > List View and choose the account.",
        "Unlock it, or set a new password.",
        "Enter the password in the integration. Until then Picket does not sign in again."
    );

    public static readonly ConsoleSteps AssignRole = new(
        AdminList,
        "Open ACCOUNTS > Administrators > List View and edit the account.",
        "On the Roles tab select the integration's organization group, and Console Administrator or your own role from the Role list.",
        "Save."
    );

    public static readonly ConsoleSteps CheckGroup = new(
        Groups,
        "Open GROUPS & SETTINGS > Groups > Organization Groups and look whether the group still exists.",
        "Choose the group in the integration again."
    );

    public static readonly ConsoleSteps OAuthClient = new(
        "GROUPS & SETTINGS > Configurations > OAuth Client Management",
        "Open GROUPS & SETTINGS > Configurations, then OAuth Client Management.",
        "Look whether the client is active, and which organization group and role it has.",
        "Make a new client if its secret is lost (it is shown once); enter id, secret and your region's token address."
    );

    /// <summary>The clicks that grant one row of a custom role.</summary>
    public static ConsoleSteps Grant(string row, RightAccess access) =>
        new(
            $"{Roles} > {row}",
            "Open ACCOUNTS > Administrators > Roles and edit the role of the integration's account.",
            $"Go to {row} and select {access}.",
            "Save. It works at the account's next call."
        );
}
