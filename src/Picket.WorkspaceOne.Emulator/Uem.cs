using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Record;
using Picket.WorkspaceOne.Emulator.Tags;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator;

/// <summary>All state of one emulated server.</summary>
internal sealed class Uem
{
    public Uem(EmulatorOptions options, TimeProvider time)
    {
        Options = options;
        Time = time;
        Tenant = new Tenant(options.Seed, options.Devices, time);
        Access = new AccessControl(Tenant.Tree);
        Access.Seed(Tenant.Administrators);
        Tags = new TagStore(Tenant, options, time);
        Quota = new Quota(options.DailyQuota, options.MinuteLimit, time);
        Faults.Script = options.Faults;
    }

    public EmulatorOptions Options { get; }
    public TimeProvider Time { get; }
    public Tenant Tenant { get; }
    public AccessControl Access { get; }
    public TagStore Tags { get; }
    public Quota Quota { get; }
    public FaultPlayer Faults { get; } = new();
    public RequestLog Log { get; } = new();

    /// <summary>The address that clients use, ending with /API; known once the port is.</summary>
    public Uri Address { get; set; } = new("https://localhost/API");
}
