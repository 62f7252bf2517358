using Picket.Core.Response;

namespace Picket.Server.Response;

/// <summary>A call that was marked, with the devices that it is about.</summary>
internal sealed record MarkedCall(LedgerEntryRow Entry, IReadOnlyList<int> Devices);

/// <summary>What held a run before a person let it go, as the ledger names it beside the brakes of commands.</summary>
internal static class RunBrakes
{
    public const string NewPolicy = "NewPolicy";
    public const string Tags = "TagBrake";
    public const string AppGroups = "AppGroupBrake";

    public static string? Of(TagRunRow run) =>
        run.HeldChanged is null ? null
        : run.HeldAsFirst ? NewPolicy
        : Tags;

    public static string? Of(AppGroupRunRow run) =>
        run.HeldChanges is null ? null
        : run.HeldAsFirst ? NewPolicy
        : AppGroups;
}

internal static class LedgerKinds
{
    public const string CreateTag = "CreateTag";
    public const string RenameTag = "RenameTag";
    public const string AddTag = "AddTag";
    public const string RemoveTag = "RemoveTag";
    public const string CreateUser = "CreateUser";
    public const string ChangeUser = "ChangeUser";
    public const string RegisterDevice = "RegisterDevice";
    public const string CreateUserGroup = "CreateUserGroup";
    public const string AddToUserGroup = "AddToUserGroup";
    public const string PublishApp = "PublishApp";
    public const string WithdrawApp = "WithdrawApp";
    public const string AddStoreApp = "AddStoreApp";
    public const string UploadApp = "UploadApp";
    public const string RetireApp = "RetireApp";
    public const string UnretireApp = "UnretireApp";
    public const string CreateSmartGroup = "CreateSmartGroup";
    public const string DeleteSmartGroup = "DeleteSmartGroup";
    public const string NameTag = "NameTag";
    public const string EnableDeviceLicences = "EnableDeviceLicences";
    public const string CreateAppGroup = "CreateAppGroup";
    public const string AddToAppGroup = "AddToAppGroup";
    public const string RemoveFromAppGroup = "RemoveFromAppGroup";
    public const string DeleteAppGroup = "DeleteAppGroup";
    public const string SendMessage = "SendMessage";
    public const string SyncDevice = "SyncDevice";
    public const string QueryDevice = "QueryDevice";
    public const string RequestApps = "RequestApps";
    public const string LockDevice = "LockDevice";
    public const string EnterpriseWipe = "EnterpriseWipe";

    public static string Of(CommandKind command) =>
        command switch
        {
            CommandKind.Sync => SyncDevice,
            CommandKind.Query => QueryDevice,
            CommandKind.RequestApps => RequestApps,
            CommandKind.Lock => LockDevice,
            CommandKind.Message => SendMessage,
            CommandKind.EnterpriseWipe => EnterpriseWipe,
            _ => throw new InvalidOperationException(Unknown(command)),
        };

    /// <summary>What is not known is not done: the row is of a newer version.</summary>
    public static string Unknown(CommandKind command) =>
        $"This version knows no command of kind {(int)command}. It is not sent; a version that knows it may.";

    public static string Of(TagAction action) => action == TagAction.Add ? AddTag : RemoveTag;
}
