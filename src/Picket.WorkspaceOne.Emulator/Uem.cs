using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.CustomAttributes;
using Picket.WorkspaceOne.Emulator.Events;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Life;
using Picket.WorkspaceOne.Emulator.Profiles;
using Picket.WorkspaceOne.Emulator.Record;
using Picket.WorkspaceOne.Emulator.Registrations;
using Picket.WorkspaceOne.Emulator.SmartGroups;
using Picket.WorkspaceOne.Emulator.Tags;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator;

/// <summary>All state of one emulated server.</summary>
internal sealed class Uem : IAsyncDisposable
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);

    private readonly ITimer pulse;

    public Uem(EmulatorOptions options, TimeProvider time)
    {
        Options = options;
        Clock = new EmulatorClock(time);
        SetClock(options);
        var own = new NaturalLife(options.Seed, options.Life, options.Delay);
        Tenant = new Tenant(options.Seed, options.Devices, Clock, own);
        Access = new AccessControl(Tenant.Tree);
        Access.Seed(Tenant.Administrators);
        Tags = new TagStore(Tenant, options, Clock);
        CustomAttributes = new CustomAttributeStore(Clock);
        SmartGroups = new SmartGroupStore(Tenant, Tags) { Delay = options.MembershipDelay };
        Apps = new AppStore(Tenant, SmartGroups);
        Rollout = new AppRollout(Tenant, SmartGroups, Apps);
        Tenant.Apps.Published = Rollout.On;
        Configurations = new DeliveredConfigurations(Tenant, SmartGroups, Apps, Rollout);
        Quota = new Quota(options.DailyQuota, options.MinuteLimit, Clock);
        Faults.Script = options.Faults;
        Commands = new CommandQueue(Tenant.Ids);
        WipeLock = new WipeLock(Tenant.Tree, options.WipeLimit);
        Life = new DeviceLife(Tenant.Fleet, Commands, WipeLock, Clock, options.Delay);
        Subscriptions = new EventSubscriptions(Tenant.Ids);
        Post = new EventPost(EventPost.Handler(options.EventCa));
        _ = new EventDesk(Tenant, Life, Subscriptions, Post, options.EventForm);
        // Only so that notifications go out while nobody calls; calls settle what is due themselves.
        pulse = Clock.CreateTimer(_ => Life.Settle(), null, Pulse, Pulse);
    }

    public EmulatorOptions Options { get; }
    public EmulatorClock Clock { get; }
    public TimeProvider Time => Clock;
    public Tenant Tenant { get; }
    public AccessControl Access { get; }
    public TagStore Tags { get; }
    public SmartGroupStore SmartGroups { get; }
    public RegistrationStore Registrations { get; } = new();
    public CustomAttributeStore CustomAttributes { get; }
    public AppStore Apps { get; }
    public AppRollout Rollout { get; }
    public DeliveredConfigurations Configurations { get; }
    public AppUploads Uploads { get; } = new();
    public ProfileStore Profiles { get; } = new();
    public AppGroupStore AppGroups { get; } = new();
    public CompliancePolicyStore CompliancePolicies { get; } = new();
    public Quota Quota { get; }
    public FaultPlayer Faults { get; } = new();
    public RequestLog Log { get; } = new();
    public CommandQueue Commands { get; }
    public BulkLimits BulkLimits { get; } = new();
    public WipeLock WipeLock { get; }
    public DeviceLife Life { get; }
    public EventSubscriptions Subscriptions { get; }
    public EventPost Post { get; }

    /// <summary>The address that clients use, ending with /API; known once the port is.</summary>
    public Uri Address { get; set; } = new("https://localhost/API");

    public async ValueTask DisposeAsync()
    {
        await pulse.DisposeAsync();
        await Post.DisposeAsync();
    }

    private void SetClock(EmulatorOptions options)
    {
        Clock.Factor = options.ClockFactor;
        if (options.StartAt is { } start)
        {
            Clock.Resume(start, options.ClockFactor);
        }
    }
}
