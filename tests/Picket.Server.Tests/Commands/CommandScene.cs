using Microsoft.EntityFrameworkCore;
using OtpNet;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Tests.People;
using Picket.Server.Tests.Response;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;
using EmulatedDevice = Picket.WorkspaceOne.Emulator.Fleet.Device;
using Grant = Picket.Core.Identity.Grant;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Commands;

/// <summary>
/// One server with a fleet that was read, whose commands are on; two people who may ask and approve. Each story takes devices
/// of its own.
/// </summary>
public sealed class CommandScene : IAsyncLifetime
{
    private SyncScene? sync;
    private Queue<DeviceRow> fresh = [];

    internal SettableClock Clock { get; } = new();

    internal PicketApplication Picket => sync!.Picket;

    internal EmulatorHost Uem => sync!.Uem;

    internal Guid Integration => sync!.Integration;

    internal Member Asker { get; private set; } = null!;

    internal Member Approver { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sync = await SyncScene.StartAsync(
            new EmulatorOptions { Devices = 60 },
            new()
            {
                ["Commands:LookEveryMilliseconds"] = "50",
                ["Commands:RetryMilliseconds"] = "100",
                ["Commands:FollowEveryMilliseconds"] = "10",
                ["Commands:PolicyMessagesEveryMilliseconds"] = "100",
                ["Uem:MaxRetries"] = "0",
            },
            row => (row.CommandsEnabled, row.WipesEnabled, row.WipesPerHour) = (true, true, 50),
            Clock
        );
        var account = Uem.Access.Account(Uem.Credentials.Account);
        account.Role = Uem.Access.Role(SeededRoles.ConsoleAdministrator);
        await sync.RunAsync();
        fresh = new Queue<DeviceRow>(
            (await sync.DevicesAsync()).Where(row =>
                row.EnrollmentStatus == "Enrolled" && row.LastSeenAt > Clock.GetUtcNow().AddHours(-40)
            )
        );
        Asker = await MemberAsync(Role.Analyst);
        Approver = await MemberAsync(Role.Approver);
    }

    public async ValueTask DisposeAsync()
    {
        if (sync is not null)
        {
            await sync.DisposeAsync();
        }
    }

    /// <summary>A device that no other story has.</summary>
    internal DeviceRow Take() => fresh.Dequeue();

    internal EmulatedDevice Of(DeviceRow device) => Uem.Fleet.ById(device.RemoteId)!;

    /// <summary>The device reports, and takes what waits for it.</summary>
    internal void Report(DeviceRow device)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Uem.Life.CheckIn(Of(device));
    }

    /// <summary>What the UEM was asked for, of this device.</summary>
    internal IEnumerable<string> Got(DeviceRow device) =>
        Uem.Commands.Of(Of(device)).OrderBy(command => command.Id).Select(command => command.Name);

    /// <summary>Somebody with a second factor, who is linked to a UEM account of their own.</summary>
    internal async Task<Member> MemberAsync(
        Role role,
        Guid? where = null,
        bool factor = true,
        bool linked = true,
        string? givenBy = null
    )
    {
        var colleague = await Colleague.JoinAsync(Picket, new Grant(role, where));
        var member = new Member(this, colleague);
        await using var db = Picket.OpenDatabase();
        var person = await db.Persons.SingleAsync(row => row.UserName == colleague.Name, Cancel);
        member.Id = person.Id;
        if (linked)
        {
            var account = Uem.Access.AddAccount(
                colleague.Name,
                "secret",
                SeededRoles.ConsoleAdministrator,
                Uem.OrganizationGroup.Index
            );
            db.AdminLinks.Add(
                new AdminLinkRow
                {
                    Id = Guid.CreateVersion7(),
                    IntegrationId = Integration,
                    PersonId = person.Id,
                    AdminUuid = account.Uuid,
                    UserName = account.Name,
                    LinkedAt = Clock.GetUtcNow(),
                    ReadAt = Clock.GetUtcNow(),
                }
            );
            await db.SaveChangesAsync(Cancel);
        }

        if (givenBy is not null)
        {
            await db
                .Memberships.Where(row => row.PersonId == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.GivenBy, givenBy), Cancel);
        }

        if (factor)
        {
            await member.AddFactorAsync();
        }

        return member;
    }

    /// <summary>As the audit names somebody.</summary>
    internal async Task<string> ActorAsync(Member member)
    {
        await using var db = Picket.OpenDatabase();
        return $"person:{await db.AuditPersons.Where(row => row.PersonId == member.Id).Select(row => row.Id).SingleAsync(Cancel)}";
    }

    internal Task<CommandView> BecomesAsync(Guid command, params DeviceCommandState[] states) =>
        TagScene.UntilAsync(() => Picket.Client.CommandAsync(command, Cancel), view => states.Contains(view.State));

    internal Task<CommandView> BecomesAsync(Guid command, Func<CommandView, bool> reached) =>
        TagScene.UntilAsync(() => Picket.Client.CommandAsync(command, Cancel), reached);

    internal async Task SetAsync(Action<IntegrationRow> change)
    {
        await using var db = Picket.OpenDatabase();
        change(await db.Integrations.SingleAsync(row => row.Id == Integration, Cancel));
        await db.SaveChangesAsync(Cancel);
    }

    internal void On(FaultAction action, int times = 1) =>
        Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/commands",
                Method = "POST",
                Action = action,
                Times = times,
            }
        );

    /// <summary>Asked for and approved; it waits for its delay of so many minutes.</summary>
    internal async Task<CommandView> ApprovedAsync(DeviceRow device, int delay = 0)
    {
        await SetAsync(row => row.WipeDelayMinutes = delay);
        var asked = await Asker.RequestAsync(device);
        return await Approver.ApproveAsync(asked.Id);
    }

    internal static async Task<Problem> RefusedAsync(int status, Func<Task> ask)
    {
        var refused = await Assert.ThrowsAsync<PicketApiException>(ask);
        Assert.True(status == (int)refused.Status, $"{(int)refused.Status}: {refused.Problem.Detail}");
        return refused.Problem;
    }
}

/// <summary>A person of the scene.</summary>
internal sealed class Member(CommandScene scene, Colleague colleague)
{
    private byte[]? secret;

    public Guid Id { get; set; }

    public Colleague Colleague => colleague;

    public PicketClient Client => colleague.Client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task AddFactorAsync()
    {
        secret = Base32Encoding.ToBytes((await Client.NewSecondFactorAsync(Cancel)).Secret);
        await Client.ConfirmSecondFactorAsync(new SecondFactorCode(Code()), Cancel);
    }

    /// <summary>A code that was not used yet: time goes on for it.</summary>
    public string Code()
    {
        scene.Clock.Advance(TimeSpan.FromSeconds(31));
        return new Totp(secret!).ComputeTotp(scene.Clock.GetUtcNow().UtcDateTime);
    }

    public Task<CommandView> RequestAsync(DeviceRow device, Guid? finding = null) =>
        Client.RequestWipeAsync(
            device.Id,
            new RequestWipe
            {
                Reason = "Stolen at the station",
                FindingId = finding,
                SecondFactor = secret is null ? null : Code(),
            },
            Cancel
        );

    public Task<CommandView> ApproveAsync(Guid command) =>
        Client.ApproveCommandAsync(
            command,
            new ApproveCommand { SecondFactor = secret is null ? null : Code() },
            Cancel
        );
}
