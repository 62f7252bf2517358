using Microsoft.EntityFrameworkCore;
using Picket.Server.Audit;
using Picket.Server.Deployment;
using Picket.Server.Enrollment;
using Picket.Server.Hunts;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Inventory.Users;

/// <summary>What is kept of a device, where it is read from, and how each row of it is told to the person.</summary>
internal static class ExportedRows
{
    public static IQueryable<AuditEntryRow> Audited(PicketDbContext db, DeviceRow device)
    {
        var subject = device.Id.ToString();
        return db.Audit.AsNoTracking().Where(row => row.Subject == subject);
    }

    public static IQueryable<AppLine> Apps(PicketDbContext db, DeviceRow device) =>
        from held in db.DeviceApps.AsNoTracking()
        join app in db.Apps on held.AppId equals app.Id
        where held.DeviceId == device.Id
        select new AppLine
        {
            Id = held.Id,
            Held = held,
            App = app,
        };

    public static IQueryable<DeviceChangeRow> Changes(PicketDbContext db, DeviceRow device) =>
        db.DeviceChanges.AsNoTracking().Where(row => row.DeviceId == device.Id);

    public static IQueryable<FindingRow> Findings(PicketDbContext db, DeviceRow device) =>
        db.Findings.AsNoTracking().Where(row => row.DeviceId == device.Id);

    public static IQueryable<TagLine> Tags(PicketDbContext db, DeviceRow device) =>
        from held in db.DeviceTags.AsNoTracking()
        join tag in db.OwnedTags on held.OwnedTagId equals tag.Id
        where held.RemoteId == device.RemoteId && tag.IntegrationId == device.IntegrationId
        select new TagLine
        {
            Id = tag.Id,
            Name = tag.Name,
            ConfirmedAt = held.ConfirmedAt,
        };

    public static IQueryable<MembershipLine> Memberships(PicketDbContext db, DeviceRow device) =>
        from held in db.DeviceMemberships.AsNoTracking()
        join reading in db.MembershipReadings on held.GroupId equals reading.Id
        where held.RemoteId == device.RemoteId && reading.IntegrationId == device.IntegrationId
        select new MembershipLine
        {
            Id = reading.Id,
            SmartGroup = db.SmartGroups.Where(row => row.Id == reading.Id).Select(row => row.Name).FirstOrDefault(),
            Tag = db.Tags.Where(row => row.Id == reading.Id).Select(row => row.Name).FirstOrDefault(),
            ReadAt = reading.ReadAt,
        };

    public static IQueryable<WriteLine> Writes(PicketDbContext db, DeviceRow device) =>
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

    /// <summary>Their ids are made of the publication's and the device's: the table has no other way to one device.</summary>
    public static IQueryable<PublicationLine> Publications(PicketDbContext db, DeviceRow device)
    {
        var ids = db
            .Publications.Where(row => row.IntegrationId == device.IntegrationId)
            .Select(row => row.Id)
            .AsEnumerable()
            .Select(id => PublicationDeviceRow.IdOf(id, device.RemoteId))
            .ToList();
        return from held in db.PublicationDevices.AsNoTracking()
            join publication in db.Publications on held.PublicationId equals publication.Id
            where ids.Contains(held.Id)
            select new PublicationLine
            {
                Id = held.Id,
                Publication = publication.Name,
                App = publication.AppName,
                Held = held,
            };
    }

    public static IQueryable<MessageLine> Messages(PicketDbContext db, DeviceRow device) =>
        from publication in db.Publications.AsNoTracking()
        where publication.IntegrationId == device.IntegrationId
        from held in db.NudgeDevices.AsNoTracking()
        where held.PublicationId == publication.Id && held.RemoteId == device.RemoteId
        join nudge in db.Nudges on held.NudgeId equals nudge.Id
        select new MessageLine
        {
            Id = held.Id,
            Nudge = nudge,
            Held = held,
        };

    public static IQueryable<HuntLine> Hunted(PicketDbContext db, DeviceRow device) =>
        from held in db.HuntDevices.AsNoTracking()
        join hunt in db.Hunts on held.HuntId equals hunt.Id
        where held.DeviceId == device.Id
        select new HuntLine
        {
            Id = hunt.Id,
            Hunt = hunt,
            Held = held,
        };

    public static object Told(PublicationLine line, DeviceRow device) =>
        new
        {
            Device = device.Id,
            line.Publication,
            line.App,
            Ring = line.Held.Ring + 1,
            State = line.Held.App,
            line.Held.UemReason,
            line.Held.Stage,
            line.Held.Gap,
            VerdictThen = line.Held.LevelThen,
            line.Held.Worsened,
            line.Held.VerdictLost,
            line.Held.SeenAt,
        };

    public static object Told(MessageLine line, DeviceRow device) =>
        new
        {
            Device = device.Id,
            line.Nudge.Channel,
            line.Nudge.Subject,
            line.Nudge.Text,
            line.Held.State,
            line.Held.Skip,
            line.Held.SentAt,
            Entry = line.Held.LedgerEntryId,
        };

    public static object Told(HuntLine line, DeviceRow device) =>
        new
        {
            Device = device.Id,
            Hunt = line.Hunt.Name,
            line.Hunt.Kind,
            line.Hunt.Value,
            line.Hunt.Reason,
            line.Held.Personal,
            line.Held.HasNow,
            line.Held.FoundAt,
        };

    public static object Told(DeviceRow row) =>
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

    public static object Told(AppLine line, DeviceRow device) =>
        new
        {
            Device = device.Id,
            App = line.App.Hashed ? null : line.App.Identifier,
            Hash = line.App.Hashed ? line.App.Identifier : null,
            Name = line.App.Hashed ? null : line.App.Name,
            line.Held.Version,
            line.Held.Managed,
            line.Held.FirstSeenAt,
            LastReadAt = line.Held.LastRead(device),
            line.Held.GoneAt,
        };

    public static object Told(DeviceChangeRow row) =>
        new
        {
            Device = row.DeviceId,
            row.At,
            row.Attribute,
            row.Before,
            row.After,
        };

    public static object Told(DeviceChangeRow row, DeviceRow device) => Told(row);

    public static object Told(FindingRow row, DeviceRow device) =>
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

    public static object Told(TagLine line, DeviceRow device) =>
        new
        {
            Device = device.Id,
            Tag = line.Name,
            line.ConfirmedAt,
        };

    public static object Told(MembershipLine line, DeviceRow device) =>
        new
        {
            Device = device.Id,
            line.SmartGroup,
            line.Tag,
            line.ReadAt,
        };

    public static object Told(WriteLine line, DeviceRow device) =>
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

    public static object Told(ImportLineRow row) =>
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

    public static object Told(AuditEntryRow row) =>
        new
        {
            row.At,
            row.Action,
            row.Actor,
            row.Outcome,
            row.Subject,
        };

    public sealed class AppLine
    {
        public required Guid Id { get; init; }
        public required DeviceAppRow Held { get; init; }
        public required AppRow App { get; init; }
    }

    public sealed class PublicationLine
    {
        public required Guid Id { get; init; }
        public required string Publication { get; init; }
        public required string App { get; init; }
        public required PublicationDeviceRow Held { get; init; }
    }

    public sealed class MessageLine
    {
        public required Guid Id { get; init; }
        public required NudgeRow Nudge { get; init; }
        public required NudgeDeviceRow Held { get; init; }
    }

    public sealed class HuntLine
    {
        public required Guid Id { get; init; }
        public required HuntRow Hunt { get; init; }
        public required HuntDeviceRow Held { get; init; }
    }

    public sealed class TagLine
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public DateTimeOffset ConfirmedAt { get; init; }
    }

    public sealed class MembershipLine
    {
        public required Guid Id { get; init; }
        public string? SmartGroup { get; init; }
        public string? Tag { get; init; }
        public DateTimeOffset ReadAt { get; init; }
    }

    public sealed class WriteLine
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required string Subject { get; init; }
        public Core.Response.LedgerState State { get; init; }
        public DateTimeOffset WantedAt { get; init; }
        public DateTimeOffset? SentAt { get; init; }
    }
}
