using System.IO.Pipelines;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Enrollment;
using Picket.Server.Hosting;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Inventory.Users;

/// <summary>
/// All that Picket keeps about a person as one JSON file, for the person. It is written as it is read, page by page, so
/// a shared account with a thousand devices costs no more memory than one phone.
/// </summary>
public sealed class UserExport(PicketDatabase database, AuditLog audit, TimeProvider time)
{
    private const string UntilErased = "until the person is erased, or the integration is removed";
    private const string AsLongAsDevices = "as long as the device: until the integration is removed";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = Options.Encoder };

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

    internal async Task WriteAsync(Stream body, UserRow user, CancellationToken cancellation)
    {
        // The serializer ends each row with a flush that does not wait: into the pipe's memory, and from there page by page.
        var file = PipeWriter.Create(body, new StreamPipeWriterOptions(leaveOpen: true));
        await using var json = new Utf8JsonWriter(file, Readable);
        json.WriteStartObject();
        json.WriteString("about", "Everything that this Picket server keeps about one enrolment user of a UEM.");
        json.WriteString("madeAt", time.GetUtcNow());
        foreach (var section in Sections(user, cancellation))
        {
            await WriteAsync(json, file, section, cancellation);
        }

        json.WriteBoolean("complete", true); // A file that was broken off lacks it.
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        await file.CompleteAsync();
    }

    private static async Task WriteAsync(
        Utf8JsonWriter json,
        PipeWriter file,
        Section section,
        CancellationToken cancellation
    )
    {
        json.WriteStartObject(section.Name);
        json.WriteString("comesFrom", section.ComesFrom);
        json.WriteString("kept", section.Kept);
        json.WriteStartArray("rows");
        await foreach (var page in section.Pages.WithCancellation(cancellation))
        {
            foreach (var row in page)
            {
                JsonSerializer.Serialize(json, row, Options);
            }

            await json.FlushAsync(cancellation);
            await file.FlushAsync(cancellation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private IEnumerable<Section> Sections(UserRow user, CancellationToken cancellation) =>
        [
            new("user", "the UEM's list of enrolment users", UntilErased, UserAsync(user, cancellation)),
            new("groups", "the members of the UEM's user groups", UntilErased, GroupsAsync(user, cancellation)),
            new(
                "devices",
                "the UEM's list of devices, with the verdict that Picket made of it",
                "names until the person is erased; the device until the integration is removed, also when it has left",
                PagesAsync(db => Devices(db, user), row => row.Id, Told, cancellation)
            ),
            new(
                "apps",
                "the UEM's lists of apps on these devices; what is the person's own is kept as a keyed hash",
                AsLongAsDevices,
                OfDevicesAsync(user, Apps, line => line.Id, Told, cancellation)
            ),
            new(
                "changes",
                "what changed between two readings of these devices",
                $"names {UntilErased}; the rest {AsLongAsDevices}",
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
                AsLongAsDevices,
                OfDevicesAsync(user, Findings, row => row.Id, Told, cancellation)
            ),
            new(
                "tags",
                "Picket's tags on these devices, as they were read back from the UEM",
                "while the device carries them",
                OfDevicesAsync(user, Tags, line => line.Id, Told, cancellation)
            ),
            new(
                "writes",
                "the ledger: what Picket wrote to the UEM about these devices",
                "for good: what was written to a UEM is not forgotten; it names devices by number alone",
                OfDevicesAsync(user, Writes, line => line.Id, Told, cancellation)
            ),
            new(
                "imports",
                "files of users, devices and members that somebody took in, their lines about the person",
                "until so many days after the import as the server is set to (30), or the person is erased",
                PagesAsync(db => new NamesOf(db, user).ImportLines.AsNoTracking(), row => row.Id, Told, cancellation)
            ),
            new(
                "audit",
                "who of Picket's users looked at these devices' personal apps, or took or erased this data",
                "for good; it names people by random numbers alone",
                AuditAsync(user, cancellation)
            ),
        ];

    private static IQueryable<DeviceRow> Devices(PicketDbContext db, UserRow user) =>
        db.Devices.AsNoTracking().WhereOf(db, user.Id);

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
                db => UserQueries.GroupsOf(db, user),
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

    private static IQueryable<AuditEntryRow> Audited(PicketDbContext db, DeviceRow device)
    {
        var subject = device.Id.ToString();
        return db.Audit.AsNoTracking().Where(row => row.Subject == subject);
    }

    private static IQueryable<AppLine> Apps(PicketDbContext db, DeviceRow device) =>
        from held in db.DeviceApps.AsNoTracking()
        join app in db.Apps on held.AppId equals app.Id
        where held.DeviceId == device.Id
        select new AppLine
        {
            Id = held.Id,
            Held = held,
            App = app,
        };

    private static IQueryable<DeviceChangeRow> Changes(PicketDbContext db, DeviceRow device) =>
        db.DeviceChanges.AsNoTracking().Where(row => row.DeviceId == device.Id);

    private static IQueryable<FindingRow> Findings(PicketDbContext db, DeviceRow device) =>
        db.Findings.AsNoTracking().Where(row => row.DeviceId == device.Id);

    private static IQueryable<TagLine> Tags(PicketDbContext db, DeviceRow device) =>
        from held in db.DeviceTags.AsNoTracking()
        join tag in db.OwnedTags on held.OwnedTagId equals tag.Id
        where held.RemoteId == device.RemoteId && tag.IntegrationId == device.IntegrationId
        select new TagLine
        {
            Id = tag.Id,
            Name = tag.Name,
            ConfirmedAt = held.ConfirmedAt,
        };

    private static IQueryable<WriteLine> Writes(PicketDbContext db, DeviceRow device) =>
        from held in db.LedgerDevices.AsNoTracking()
        join entry in db.Ledger on held.EntryId equals entry.Id
        where held.RemoteId == device.RemoteId && entry.IntegrationId == device.IntegrationId
        select new WriteLine
        {
            Id = entry.Id,
            Kind = entry.Kind,
            Subject = entry.Subject,
            State = held.State,
            WantedAt = entry.WantedAt,
            SentAt = entry.SentAt,
        };

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

    private static object Told(DeviceRow row) =>
        new
        {
            row.Id,
            UemId = row.RemoteId,
            UemUuid = row.RemoteUuid,
            row.FriendlyName,
            row.SerialNumber,
            row.Udid,
            row.UserName,
            row.Platform,
            row.Model,
            Ownership = DeviceWords.Ownership(row.Ownership),
            Enrollment = row.EnrollmentStatus,
            Facts = DeviceFactViews.Of(row),
            row.FirstSeenAt,
            row.LastSeenAt,
            row.AppsReadAt,
            row.GoneAt,
            Verdict = row.Level,
            row.JudgedAt,
            NotKnown = FindingJson.ReadUnknowns(row.Unknowns).Select(spot => spot.Fact),
        };

    private static object Told(AppLine line, DeviceRow device) =>
        new
        {
            Device = device.Id,
            App = line.App.Hashed ? null : line.App.Identifier,
            Hash = line.App.Hashed ? line.App.Identifier : null,
            Name = line.App.Hashed ? null : line.App.Name,
            line.Held.Version,
            line.Held.Managed,
            line.Held.FirstSeenAt,
            line.Held.GoneAt,
        };

    private static object Told(DeviceChangeRow row) =>
        new
        {
            Device = row.DeviceId,
            row.At,
            row.Attribute,
            row.Before,
            row.After,
        };

    private static object Told(DeviceChangeRow row, DeviceRow device) => Told(row);

    private static object Told(FindingRow row, DeviceRow device) =>
        new
        {
            Device = device.Id,
            row.Kind,
            row.Level,
            row.Title,
            row.FirstTrueAt,
            row.LastTrueAt,
            row.ClearedAt,
            row.EndReason,
            Evidence = FindingJson.Read(row.Detail).Evidence,
        };

    private static object Told(TagLine line, DeviceRow device) =>
        new
        {
            Device = device.Id,
            Tag = line.Name,
            line.ConfirmedAt,
        };

    private static object Told(WriteLine line, DeviceRow device) =>
        new
        {
            Device = device.Id,
            Entry = line.Id,
            line.Kind,
            line.Subject,
            line.State,
            line.WantedAt,
            line.SentAt,
        };

    private static object Told(ImportLineRow row) =>
        new
        {
            Import = row.ImportId,
            row.Line,
            Says = row.Wish,
            UemKnew = row.KnownUser,
            row.Step,
            row.State,
            Remarks = row.Notes,
        };

    private static object Told(AuditEntryRow row) =>
        new
        {
            row.At,
            row.Action,
            row.Actor,
            row.Outcome,
            row.Subject,
        };

    /// <param name="ComesFrom">Where Picket has it from.</param>
    /// <param name="Kept">How long.</param>
    private sealed record Section(
        string Name,
        string ComesFrom,
        string Kept,
        IAsyncEnumerable<IReadOnlyList<object>> Pages
    );

    private sealed class AppLine
    {
        public required Guid Id { get; init; }
        public required DeviceAppRow Held { get; init; }
        public required AppRow App { get; init; }
    }

    private sealed class TagLine
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public DateTimeOffset ConfirmedAt { get; init; }
    }

    private sealed class WriteLine
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required string Subject { get; init; }
        public Core.Response.LedgerState State { get; init; }
        public DateTimeOffset WantedAt { get; init; }
        public DateTimeOffset? SentAt { get; init; }
    }
}
