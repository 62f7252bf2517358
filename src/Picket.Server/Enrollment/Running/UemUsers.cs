using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Enrollment;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Enrollment;

/// <summary>
/// Finds the users that lines of an import name, and keeps with each line what the UEM knows of its user. One by one, or
/// by listing all: whichever takes fewer calls. Users never stand in memory together.
/// </summary>
internal sealed class UemUsers(PicketDatabase database, WorkspaceOneClient client, int organizationGroup)
{
    private const int NamesAtOnce = 200;
    private const int UsersOnPage = 500;

    public async Task FindAsync(
        ImportRow import,
        Func<PicketDbContext, IQueryable<ImportLineRow>, IQueryable<ImportLineRow>> which,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var lines = which(db, db.ImportLines.Where(row => row.ImportId == import.Id && row.UserKey != null));
        await lines.ExecuteUpdateAsync(set => set.SetProperty(row => row.KnownUser, (string?)null), cancellation);
        var names = await lines.Select(row => row.UserKey).Distinct().CountAsync(cancellation);
        var users = await db.Users.CountAsync(
            row => row.IntegrationId == import.IntegrationId && row.GoneAt == null,
            cancellation
        );
        var whole = names > (users / UsersOnPage) + 1 && await ListAsync(db, lines, cancellation);
        if (!whole)
        {
            await SearchAsync(db, lines.Where(row => row.KnownUser == null), cancellation);
        }
    }

    /// <returns>Whether the listing proves what it lacks.</returns>
    private async Task<bool> ListAsync(
        PicketDbContext db,
        IQueryable<ImportLineRow> lines,
        CancellationToken cancellation
    )
    {
        var listing = client.Users.Search(organizationGroup);
        await foreach (var page in listing.WithCancellation(cancellation))
        {
            await KeepAsync(db, lines, page.Items, cancellation);
        }

        return listing.Report.Complete;
    }

    private async Task SearchAsync(PicketDbContext db, IQueryable<ImportLineRow> lines, CancellationToken cancellation)
    {
        var last = "";
        while (true)
        {
            var names = await lines
                .Where(row => string.Compare(row.UserKey, last) > 0)
                .Select(row => row.UserKey!)
                .Distinct()
                .OrderBy(name => name)
                .Take(NamesAtOnce)
                .ToListAsync(cancellation);
            if (names.Count == 0)
            {
                return;
            }

            foreach (var name in names)
            {
                var found = await client.Users.Search(organizationGroup, name).ReadAllAsync(cancellation);
                await KeepAsync(db, lines, found.Items, cancellation);
            }

            last = names[^1];
        }
    }

    private static async Task KeepAsync(
        PicketDbContext db,
        IQueryable<ImportLineRow> lines,
        IEnumerable<UemUser> users,
        CancellationToken cancellation
    )
    {
        // The UEM compares names without letter case, and so may list two that differ in nothing else: the first counts.
        var byKey = users
            .Where(user => user.UserName is not null)
            .DistinctBy(user => KeyOf(user.UserName!))
            .ToDictionary(user => KeyOf(user.UserName!));
        var keys = byKey.Keys.ToList();
        var asked = await lines
            .Where(row => keys.Contains(row.UserKey!))
            .Select(row => row.UserKey!)
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var key in asked)
        {
            var known = ImportJson.Of(KnownOf(byKey[key]));
            await lines
                .Where(row => row.UserKey == key)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.KnownUser, known), cancellation);
        }
    }

    public static string KeyOf(string userName) => userName.ToUpperInvariant();

    private static KnownUser KnownOf(UemUser user) =>
        new(user.Id, user.UserName!, user.LocationGroupId)
        {
            FirstName = user.FirstName,
            LastName = user.LastName,
            Email = user.Email,
        };
}
