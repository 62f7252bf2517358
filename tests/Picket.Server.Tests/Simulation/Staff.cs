using Microsoft.EntityFrameworkCore;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Simulation;

/// <summary>The people who work with Picket, and their roles.</summary>
internal sealed class Staff(
    PicketDatabase database,
    ModelledUem uem,
    SimulatedClock clock,
    Random random,
    IntegrationRow integration,
    Action<string> tell
)
{
    private readonly List<Colleague> all = [];

    public bool IsThere => all.Count > 0;

    /// <summary>Who may say everything.</summary>
    public Colleague Owner => all[^1];

    public async Task JoinAsync()
    {
        await using var db = database.Open();
        foreach (var role in (Role[])[Role.Analyst, Role.Approver, Role.Administrator, Role.Administrator])
        {
            var one = new Colleague($"c{all.Count}", role, clock.GetUtcNow());
            all.Add(one);
            uem.Accounts[one.Name] = one.Account;
            db.AddRange(one.Rows(integration.Id));
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Somebody loses their role, or gets it back from another.</summary>
    public async Task ChangeRoleAsync()
    {
        var (one, giver) = (all[random.Next(all.Count)], all[random.Next(all.Count)]);
        await using var db = database.Open();
        if (one.May)
        {
            one.May = false;
            await db.Memberships.Where(row => row.PersonId == one.Id).ExecuteDeleteAsync();
            tell($"{one.Name} loses the role");
            return;
        }

        one.May = true;
        one.TiedTo.Add(giver.Id);
        db.Memberships.Add(one.Membership(clock.GetUtcNow(), giver.Actor));
        await db.SaveChangesAsync();
        tell($"{one.Name} gets the role from {giver.Name}");
    }

    /// <summary>Somebody comes to Picket, and mostly shows the second factor.</summary>
    public async Task<Colleague> ShowAsync()
    {
        var one = all[random.Next(all.Count)];
        if (random.Next(6) > 0)
        {
            var now = clock.GetUtcNow();
            one.FactorAt = now;
            await using var db = database.Open();
            await db
                .Sessions.Where(row => row.PersonId == one.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SecondFactorAt, now));
        }

        return one;
    }
}
