using Microsoft.EntityFrameworkCore;
using Picket.Server.Integrations;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// The policy's sets of tags, in a quarter of the histories: verdicts ask for them, and they come into the policy and leave it.
/// With a chance of its own, so that the rest of a history goes as it does without them.
/// </summary>
internal sealed class Purposes(PicketDatabase database, Random random, IntegrationRow integration, Action<string> tell)
{
    private static readonly (string Set, string Tag)[] All =
    [
        ("Access", "Quarantine"),
        ("Access", "Watch"),
        ("Service", "Loan"),
    ];

    private readonly bool isOn = random.Next(4) == 0;

    public async Task BeginAsync()
    {
        if (isOn)
        {
            await PutInForceAsync();
            await JudgeAsync();
        }
    }

    public Task ActAsync() =>
        !isOn ? Task.CompletedTask
        : random.Next(3) == 0 ? PutInForceAsync()
        : JudgeAsync();

    /// <summary>A version of the policy with some of the tags; its devices are judged by it later.</summary>
    private async Task PutInForceAsync()
    {
        await using var db = database.Open();
        await db.PolicyTags.ExecuteDeleteAsync();
        var named = All.Where(_ => random.Next(4) > 0).ToList();
        db.PolicyTags.AddRange(
            named.Select(
                (each, place) =>
                    new PolicyTagRow
                    {
                        Name = each.Tag,
                        Set = each.Set,
                        Place = place,
                    }
            )
        );
        await db.SaveChangesAsync();
        tell($"the policy names {string.Join(", ", named.Select(each => each.Tag))}");
    }

    private async Task JudgeAsync()
    {
        await using var db = database.Open();
        var devices = await db
            .Devices.AsNoTracking()
            .Where(device => device.IntegrationId == integration.Id)
            .OrderBy(device => device.RemoteId)
            .ToListAsync();
        foreach (var device in devices.Where(_ => random.Next(2) == 0))
        {
            var wanted = All.Where(_ => random.Next(2) == 0).DistinctBy(each => each.Set).ToList();
            await db.WantedTags.Where(row => row.DeviceId == device.Id).ExecuteDeleteAsync();
            db.WantedTags.AddRange(
                wanted.Select(each => new WantedTagRow
                {
                    DeviceId = device.Id,
                    Set = each.Set,
                    Tag = each.Tag,
                    Cause = "High",
                })
            );
            tell($"device {device.RemoteId} is to carry [{string.Join(", ", wanted.Select(each => each.Tag))}]");
        }

        await db.SaveChangesAsync();
    }
}
