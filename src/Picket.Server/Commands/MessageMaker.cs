using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using MessageChannel = Picket.Core.Response.MessageChannel;

namespace Picket.Server.Commands;

/// <summary>Messages to the users of devices: what one would say, and a person's wish for it.</summary>
public sealed class MessageMaker(PicketDatabase database, CommandMaker maker, TimeProvider time)
{
    /// <returns>No preview where the device has no such open finding, or there is nothing to tell of it.</returns>
    public async Task<(MessagePreview? Preview, ProblemHttpResult? Refusal)> PreviewAsync(
        DeviceRow device,
        Guid finding,
        MessageChannel by,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var integration = await IntegrationAsync(db, device, cancellation);
        var (seen, refusal) = await LookAsync(db, integration, device, finding, by, user, cancellation);
        return (seen?.Preview, refusal);
    }

    private async Task<(Seen? Seen, ProblemHttpResult? Refusal)> LookAsync(
        PicketDbContext db,
        IntegrationRow integration,
        DeviceRow device,
        Guid finding,
        MessageChannel by,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var (about, matter) = await MessageGate.MatterAsync(db, device.Id, finding, null, cancellation);
        if (about is null)
        {
            return (null, CommandProblems.Invalid("findingId", "The device has no such open finding."));
        }

        if (await TextAsync(db, device, about, by, matter.IsWatched, cancellation) is not { } text)
        {
            return (null, CommandProblems.Invalid("findingId", "The user is told nothing of such a finding."));
        }

        var mayInsist = user.IsWholePerson() && user.May(Right.ChangeSettings, integration.Id);
        var brake = await CommandGate.BrakeAsync(db, integration, device, CommandKind.Message, now, cancellation);
        var (plain, asFarAsMay) = (Or(brake, insisted: false), Or(brake, mayInsist));
        var preview = new MessagePreview
        {
            DeviceId = device.Id,
            FindingId = finding,
            By = (Api.MessageChannel)by,
            Subject = by == MessageChannel.Email ? FindingMessage.Subject : null,
            Text = text,
            NeedsInsisting = matter.IsWatched,
            MayInsist = mayInsist,
            Brake = (DeviceCommandBrake)plain,
            WhyNot =
                integration.WhyNotAsked
                ?? (asFarAsMay == CommandBrake.None ? null : CommandWords.Of(asFarAsMay, integration)),
        };
        return (new Seen(preview, about.Kind, asFarAsMay), null);

        CommandBrake Or(CommandBrake first, bool insisted) =>
            first == CommandBrake.None ? MessageBrakes.Of(matter, insisted, now) : first;
    }

    /// <summary>
    /// 1 what it would say, which has to be what the person has seen; 2 whether they may insist, where that is needed; 3 what
    /// holds it; 4 kept.
    /// </summary>
    public async Task<(DeviceCommandRow? Made, ProblemHttpResult? Refusal)> MakeAsync(
        DeviceRow device,
        SendMessage wish,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var integration = await IntegrationAsync(db, device, cancellation);
        var by = (MessageChannel)wish.By;
        var (seen, refusal) = await LookAsync( // 1
            db,
            integration,
            device,
            wish.FindingId,
            by,
            user,
            cancellation
        );
        if (seen is not { Preview: var preview })
        {
            return (null, refusal);
        }

        if (wish.Insist && !preview.NeedsInsisting)
        {
            return (null, CommandProblems.Invalid("insist", "Nobody is known to watch this device: do not insist."));
        }

        if (wish.Insist && !preview.MayInsist) // 2
        {
            return (null, CommandProblems.MayNotInsist());
        }

        if (integration.WhyNotAsked is { } why)
        {
            return (null, CommandProblems.NotAsked(why));
        }

        var brake = wish.Insist ? seen.IfInsisted : (CommandBrake)preview.Brake; // 3
        if (brake != CommandBrake.None)
        {
            return (null, CommandProblems.Held(brake, integration));
        }

        if (wish.Text != preview.Text)
        {
            return (null, CommandProblems.TextChanged());
        }

        return await maker.KeepAsync( // 4
            db,
            New(device, seen.Kind, wish, user, time.GetUtcNow()),
            wish.Insist ? "message.insisted" : "message.wanted",
            cancellation
        );
    }

    private static DeviceCommandRow New(
        DeviceRow device,
        string about,
        SendMessage wish,
        ClaimsPrincipal user,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = device.IntegrationId,
            DeviceId = device.Id,
            RemoteId = device.RemoteId,
            Kind = CommandKind.Message,
            State = CommandState.Due,
            FindingId = wish.FindingId,
            Cause = wish.Reason?.Trim() is { Length: > 0 } reason ? reason : null,
            MessageAbout = about,
            MessageBy = (MessageChannel)wish.By,
            MessageText = wish.Text,
            Insisted = wish.Insist,
            WantedBy = AuditLog.ActorOf(user),
            WantedByPerson = user.PersonId(),
            WantedAt = now,
            ExpiresAt = now + CommandMaker.SentWithin,
            GoesOnAt = now,
        };

    private static Task<IntegrationRow> IntegrationAsync(
        PicketDbContext db,
        DeviceRow device,
        CancellationToken cancellation
    ) => db.Integrations.AsNoTracking().SingleAsync(row => row.Id == device.IntegrationId, cancellation);

    internal static async Task<string?> TextAsync(
        PicketDbContext db,
        DeviceRow device,
        Finding about,
        MessageChannel by,
        bool watched,
        CancellationToken cancellation
    )
    {
        var id = about.Evidence.AppId;
        var app = await (
            from present in db.DeviceApps
            join row in db.Apps on present.AppId equals row.Id
            where present.DeviceId == device.Id && present.GoneAt == null && row.Identifier == id && !row.Hashed
            select row.Name
        ).FirstOrDefaultAsync(cancellation);
        return FindingMessage.Of(about, by, app, device.FriendlyName, watched);
    }

    /// <param name="Kind">Of the finding.</param>
    /// <param name="IfInsisted">What holds it even if its reader insists, where they may.</param>
    private sealed record Seen(MessagePreview Preview, string Kind, CommandBrake IfInsisted);
}
