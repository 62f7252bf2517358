using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Enrollment;
using Picket.Server.Hosting;
using Picket.Server.Retention;
using Picket.Server.Storage;
using static Picket.Server.Inventory.Users.ExportedRows;

namespace Picket.Server.Inventory.Users;

/// <summary>
/// All that Picket keeps about a person as one JSON file, for the person. It is written as it is read, page by page, so
/// a shared account with a thousand devices costs no more memory than one phone.
/// </summary>
public sealed class UserExport(
    PicketDatabase database,
    AuditLog audit,
    IOptions<RetentionOptions> retention,
    IOptions<EnrollmentOptions> enrollment,
    TimeProvider time
)
{
    private string UntilErased =>
        $"until the person is erased, the integration is removed, or {retention.Value.GonePersonDays} days after the UEM "
        + "listed the person last";

    /// <summary>Who takes the file is in the audit before anything of it is read.</summary>
    /// <returns>The user; null when there is none.</returns>
    internal async Task<UserRow?> TakeAsync(Guid id, string actor, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (user is not null)
        {
            audit.Add(db, actor, "user.exported", $"{id}");
            await db.SaveChangesAsync(cancellation);
        }

        return user;
    }

    internal Task WriteAsync(Stream body, UserRow user, CancellationToken cancellation) =>
        SectionFile.WriteAsync(
            body,
            "Everything that this Picket server keeps about one enrolment user of a UEM.",
            time.GetUtcNow(),
            Sections(user, cancellation),
            cancellation
        );

    private static string AsLongAsDevice(int days) => $"as long as the device, and what has ended {days} days";

    private IEnumerable<Section> Sections(UserRow user, CancellationToken cancellation) =>
        [
            new("user", "the UEM's list of enrolment users", UntilErased, UserAsync(user, cancellation)),
            new("groups", "the members of the UEM's user groups", UntilErased, GroupsAsync(user, cancellation)),
            new(
                "devices",
                "the UEM's list of devices, with the verdict that Picket made of it",
                "names until the person is erased; the device until the integration is removed, or "
                    + $"{retention.Value.GoneDeviceDays} days after it left",
                PagesAsync(db => Devices(db, user), row => row.Id, Told, cancellation)
            ),
            new(
                "apps",
                "the UEM's lists of apps on these devices; what is the person's own is kept as a keyed hash",
                AsLongAsDevice(retention.Value.AppHistoryDays),
                OfDevicesAsync(user, Apps, line => line.Id, Told, cancellation)
            ),
            new(
                "changes",
                "what changed between two readings of these devices",
                $"names {UntilErased}; the rest as long as the device, {retention.Value.DeviceHistoryDays} days at most",
                OfDevicesAsync(user, Changes, row => row.Id, Told, cancellation)
            ),
            new(
                "earlierDevices",
                "changes of other devices that name the person",
                UntilErased,
                PagesAsync(db => EarlierDevices(db, user), row => row.Id, Told, cancellation)
            ),
            new(
                "findings",
                "Picket's judgement of these devices, with the evidence; ended ones too",
                AsLongAsDevice(retention.Value.EndedFindingDays),
                OfDevicesAsync(user, Findings, row => row.Id, Told, cancellation)
            ),
            new(
                "tags",
                "Picket's tags on these devices, as they were read back from the UEM",
                "while the device carries them",
                OfDevicesAsync(user, Tags, line => line.Id, Told, cancellation)
            ),
            new(
                "memberships",
                "the UEM's smart groups and tags that the policy asks for, as far as these devices are in them",
                "while the device is in it and the policy asks for it",
                OfDevicesAsync(user, Memberships, line => line.Id, Told, cancellation)
            ),
            new(
                "writes",
                "the ledger: what Picket wrote to the UEM about these devices",
                "for good: what was written to a UEM is not forgotten; it names devices by number alone",
                OfDevicesAsync(user, Writes, line => line.Id, Told, cancellation)
            ),
            new(
                "publications",
                "how the apps that are rolled out stand on these devices, by the last reading of each publication",
                "as long as the publication, while the device is in its scope",
                OfDevicesAsync(user, Publications, line => line.Id, Told, cancellation)
            ),
            new(
                "messages",
                "what was written to the person about such an app, and what became of it",
                "as long as the publication",
                OfDevicesAsync(user, Messages, line => line.Id, Told, cancellation)
            ),
            new(
                "hunts",
                "saved questions about the fleet whose last answer had one of these devices, by the person's own apps too",
                "until a later answer lacks the device, or the question is removed",
                OfDevicesAsync(user, Hunted, line => line.Id, Told, cancellation)
            ),
            new(
                "imports",
                "files of users, devices and members that somebody took in, their lines about the person",
                $"until {enrollment.Value.KeepLinesDays} days after the import, or the person is erased",
                PagesAsync(db => new NamesOf(db, user).ImportLines.AsNoTracking(), row => row.Id, Told, cancellation)
            ),
            new(
                "audit",
                "who of Picket's users looked at these devices' personal apps, or took or erased this data",
                "for good; it names people by random numbers alone",
                AuditAsync(user, cancellation)
            ),
        ];

    private static IQueryable<DeviceRow> Devices(PicketDbContext db, UserRow user) => new NamesOf(db, user).Devices;

    private static IQueryable<DeviceChangeRow> EarlierDevices(PicketDbContext db, UserRow user)
    {
        var own = Devices(db, user).Select(device => device.Id);
        return new NamesOf(db, user).UserChanges.AsNoTracking().Where(row => !own.Contains(row.DeviceId));
    }

    private async IAsyncEnumerable<IReadOnlyList<object>> UserAsync(
        UserRow user,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var groups = await GroupNames.OfAsync(db, [user.IntegrationId], cancellation);
        var erased = await db
            .ErasedUsers.AsNoTracking()
            .SingleOrDefaultAsync(
                row => row.IntegrationId == user.IntegrationId && row.RemoteId == user.RemoteId,
                cancellation
            );
        var integration = await db
            .Integrations.Where(row => row.Id == user.IntegrationId)
            .Select(row => row.Name)
            .SingleOrDefaultAsync(cancellation);
        yield return
        [
            new
            {
                user.Id,
                Integration = integration,
                UemId = user.RemoteId,
                UemUuid = user.RemoteUuid,
                user.UserName,
                user.DisplayName,
                user.Email,
                OrganizationGroup = groups.Of(user.IntegrationId, user.OrganizationGroupId),
                user.Active,
                user.FirstSeenAt,
                user.GoneAt,
                erased?.ErasedAt,
            },
        ];
    }

    private async IAsyncEnumerable<IReadOnlyList<object>> GroupsAsync(
        UserRow user,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await foreach (
            var page in PagesAsync(
                db => UserQueries.GroupsOf(db, user), // By NamesOf.Members.
                row => row.Id,
                row => new { UemId = row.RemoteId, row.Name },
                cancellation
            )
        )
        {
            yield return page;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<object>> AuditAsync(
        UserRow user,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var subject = user.Id.ToString();
        await foreach (
            var page in PagesAsync(
                db => db.Audit.AsNoTracking().Where(row => row.Subject == subject),
                row => row.Id,
                Told,
                cancellation
            )
        )
        {
            yield return page;
        }

        await foreach (var page in OfDevicesAsync(user, Audited, row => row.Id, (row, _) => Told(row), cancellation))
        {
            yield return page;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<object>> OfDevicesAsync<TRow>(
        UserRow user,
        Func<PicketDbContext, DeviceRow, IQueryable<TRow>> rows,
        Expression<Func<TRow, Guid>> key,
        Func<TRow, DeviceRow, object> told,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var devices = PagesAsync(db => Devices(db, user), row => row.Id, row => row, cancellation);
        await foreach (var some in devices)
        {
            foreach (var device in some.Cast<DeviceRow>())
            {
                await foreach (
                    var page in PagesAsync(db => rows(db, device), key, row => told(row, device), cancellation)
                )
                {
                    yield return page;
                }
            }
        }
    }

    /// <summary>Each page on a context of its own: whoever takes the file slowly does not keep the database from tidying up.</summary>
    private async IAsyncEnumerable<IReadOnlyList<object>> PagesAsync<TRow>(
        Func<PicketDbContext, IQueryable<TRow>> rows,
        Expression<Func<TRow, Guid>> key,
        Func<TRow, object> told,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        Page<object>? page = null;
        do
        {
            await using var db = database.Open();
            page = await rows(db).ToPageAsync(key, Keyset.Parse(page?.Next), Paging.MaxLimit, told, cancellation);
            yield return page.Items;
        } while (page.Next is not null);
    }
}
