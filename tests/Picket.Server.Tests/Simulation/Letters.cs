using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Commands;
using Picket.Server.Integrations;
using Picket.Server.Policy;
using Picket.Server.Storage;
using MessageChannel = Picket.Core.Response.MessageChannel;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// What users are told of findings, in a quarter of the histories: by people, and by a policy once somebody approved what it would
/// send. Each message that reaches the UEM is held against what people wanted and what is true at that moment.
/// </summary>
internal sealed class Letters(
    PicketDatabase database,
    ModelledUem uem,
    TimeProvider clock,
    Random random,
    IntegrationRow integration,
    Discoveries discoveries,
    Colleagues colleagues,
    Func<Func<SimulatedServer, Task>, Task<bool>> through,
    Action<string> tell
)
{
    private static readonly FindingKind[] Told = [FindingKinds.OsOutdated, FindingKinds.NoPasscode];

    private readonly List<Letter> wanted = [];
    private readonly HashSet<Guid> came = [];
    private readonly List<DateTimeOffset> times = [];
    private readonly HashSet<FindingKind> ofPolicy = [];
    private int version;
    private bool isApproved;

    public bool IsOn { get; private set; }

    public async Task BeginAsync(bool? isOn)
    {
        IsOn = isOn ?? random.Next(4) == 0;
        if (IsOn)
        {
            integration.MessagesPerHour = random.Next(3, 9);
            await using var db = database.Open();
            await db
                .Integrations.Where(row => row.Id == integration.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.MessagesPerHour, integration.MessagesPerHour));
            uem.Written = Came;
        }
    }

    public async Task ActAsync()
    {
        if (!IsOn)
        {
            return;
        }

        await colleagues.JoinAsync();
        await (
            random.Next(6) switch
            {
                < 3 => WriteAsync(),
                3 => PutInForceAsync(),
                _ => DecideAsync(random.Next(3) > 0),
            }
        );
    }

    /// <summary>Somebody wants a user told of a finding; an administrator insists now and then.</summary>
    private async Task WriteAsync()
    {
        var about = discoveries.Open.Where(one => one.Watches || Told.Contains(one.Kind)).ToList();
        var asker = await colleagues.Staff.ShowAsync();
        var (by, insists) = ((MessageChannel)random.Next(2), random.Next(2) == 0);
        if (about.Count == 0)
        {
            return;
        }

        var finding = about[random.Next(about.Count)];
        insists &= discoveries.IsWatched(finding.Device);
        if (TextOf(finding, by, insists) is not { } text)
        {
            return;
        }

        await using var db = database.Open();
        var device = await db.Devices.AsNoTracking().SingleAsync(row => row.RemoteId == finding.Device);
        var wish = new SendMessage
        {
            FindingId = finding.Id,
            By = (Api.MessageChannel)by,
            Text = text,
            Insist = insists,
            Reason = insists ? "Nobody else reaches them" : null,
        };
        DeviceCommandRow? made = null;
        var lived = await through(async server =>
            (made, _) = await server.Messages.MakeAsync(device, wish, asker.AsCaller(), default)
        );
        if (made is not null || !lived)
        {
            wanted.Add(new Letter(finding, text, asker, insists));
            tell(
                $"{asker.Name} has the user of {finding.Device} told of {finding.Kind.Id}{(lived ? "" : ", perhaps")}"
            );
        }
    }

    private static string? TextOf(Discovery about, MessageChannel by, bool isWatched) =>
        FindingMessage.Of(about.AsFinding(), by, null, null, isWatched);

    /// <summary>Another version of the policy, whose messages nobody has approved.</summary>
    private async Task PutInForceAsync()
    {
        ofPolicy.Clear();
        ofPolicy.UnionWith(Told.Where(_ => random.Next(3) > 0));
        var line = $"  - {{finding: [{string.Join(", ", ofPolicy.Select(kind => kind.Id))}], by: push, after: 0h}}";
        var text = $"version: 1\npolicies: []\n{(ofPolicy.Count == 0 ? "" : $"messages:\n{line}\n")}";
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        db.PolicyVersions.Add(
            new PolicyVersionRow
            {
                Id = Guid.CreateVersion7(now),
                Number = ++version,
                Sha256 = "",
                Text = text,
                AppliedAt = now,
                AppliedBy = "person",
            }
        );
        await db.SaveChangesAsync();
        isApproved = false;
        tell(
            $"version {version} of the policy has users told of [{string.Join(", ", ofPolicy.Select(kind => kind.Id))}]"
        );
    }

    /// <summary>Somebody decides on what the policy would send.</summary>
    private async Task DecideAsync(bool approves)
    {
        await using var db = database.Open();
        var waiting = await db.DeviceCommands.CountAsync(row =>
            row.State == CommandState.Waiting && row.PolicyVersion == version
        );
        if (waiting == 0)
        {
            return;
        }

        var one = colleagues.Staff.Owner;
        var wish = new DecideMessages(version, waiting, approves);
        object? refusal = null;
        var lived = await through(async server =>
            refusal = await server.PolicyMessages.DecideAsync(integration.Id, wish, one.AsCaller(), default)
        );
        isApproved |= approves && refusal is null;
        tell($"{waiting} messages are {(approves ? "approved" : "declined")}{(lived ? "" : ", perhaps")}");
    }

    /// <summary>What waits is decided.</summary>
    public Task CalmAsync() => IsOn ? DecideAsync(random.Next(2) == 0) : Task.CompletedTask;

    /// <summary>All writes are stopped: what was approved is asked for anew.</summary>
    public void Stopped() => isApproved = false;

    /// <summary>A message has reached the UEM.</summary>
    private void Came(int device, string text)
    {
        var now = clock.GetUtcNow();
        times.Add(now);
        Offend(
            times.Count(at => at > now.AddHours(-1)) > integration.MessagesPerHour,
            "More messages came within an hour than are allowed."
        );
        var isWatched = discoveries.IsWatched(device);
        var letter = wanted.Find(one =>
            one.About.Device == device
            && one.Text == text
            && !came.Contains(one.About.Id)
            && discoveries.Open.Contains(one.About)
            && one.Asker.MayNow(Right.Operate)
            && (one.Insists ? one.Asker.MayNow(Right.ChangeSettings) : !isWatched)
        );
        var about = letter?.About ?? (isWatched || !isApproved ? null : OfPolicy(device, text));
        if (about is null)
        {
            uem.Offences.Add($"The user of {device} was written to, and nobody wanted that, or it is not so: {text}");
            return;
        }

        Offend(!came.Add(about.Id), $"The user of {device} was told twice of {about.Kind.Id}.");
    }

    private Discovery? OfPolicy(int device, string text) =>
        discoveries.Open.FirstOrDefault(one =>
            one.Device == device
            && one.Standing == FindingStanding.Counts
            && ofPolicy.Contains(one.Kind)
            && text == TextOf(one, MessageChannel.Push, isWatched: false)
        );

    public async Task<List<string>> WrongAsync(PicketDbContext db)
    {
        var taken = await db
            .DeviceCommands.AsNoTracking()
            .Where(row => row.Kind == CommandKind.Message && row.State == CommandState.Taken)
            .ToListAsync();
        return
        [
            .. taken
                .Where(row => !came.Contains(row.FindingId!.Value))
                .Select(row => $"The user of {row.RemoteId} is said to have been told, and never was."),
        ];
    }

    private void Offend(bool when, string what)
    {
        if (when)
        {
            uem.Offences.Add(what);
        }
    }

    private sealed record Letter(Discovery About, string Text, Colleague Asker, bool Insists);
}
