using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne;

/// <summary>What the server says about itself (trust W).</summary>
public sealed record SystemInfo
{
    /// <summary>Such as <c>AirWatch Platform Service</c> or <c>Workspace ONE UEM</c>.</summary>
    public string? ProductName { get; set; }

    /// <summary>Such as <c>25.11.6.68</c>.</summary>
    public string? ProductVersion { get; set; }

    /// <summary>The API's families and where the server thinks they are. Never followed.</summary>
    public SystemResources? Resources { get; set; }
}

/// <summary>The API's families.</summary>
public sealed record SystemResources
{
    /// <summary>mdm, mam, mcm, mem and system.</summary>
    public List<SystemWorkspace> Workspaces
    {
        get;
        set => field = value.WithoutNulls();
    } = [];
}

/// <summary>One family of the API.</summary>
public sealed record SystemWorkspace
{
    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Address as the server sees itself, often the console's.</summary>
    public string? Location { get; set; }
}

/// <summary>Largest number of devices in one bulk call, per action; set per organization group (trust S).</summary>
public sealed record BulkSettings
{
    /// <summary>Deletions.</summary>
    public int? DeleteDevice { get; set; }

    /// <summary>Enterprise wipes.</summary>
    public int? EnterpriseWipe { get; set; }

    /// <summary>Locks.</summary>
    public int? LockDevice { get; set; }

    /// <summary>Messages.</summary>
    public int? SendMessage { get; set; }
}
