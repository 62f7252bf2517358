using System.Text.Encodings.Web;
using System.Text.Json;
using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Audit;

/// <summary>Entries of the audit as people read them.</summary>
internal static class AuditWords
{
    // Shown as text, encoded by the page: quotes and letters of all languages may stay readable here.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The action in words; its own name where there are none yet.</summary>
    public static string Of(string action) =>
        action switch
        {
            "access.refused" => T("Something that they may not do was tried"),
            "app.holders-read" => T("Looked up who has a personal app"),
            "audit.exported" => T("Exported the audit"),
            "audit.key-made" => T("Made a key to sign the audit with"),
            "command.cancelled" => T("Took a command back"),
            "command.settled" => T("Said what became of a command"),
            "command.wanted" => T("Sent a command to a device"),
            "commands.changed" => T("Changed which commands are on"),
            "deployment.off" => T("Switched deploying off"),
            "deployment.on" => T("Switched deploying on"),
            "device.apps-read" => T("Looked at the apps of an employee's device"),
            "device.evidence-read" => T("Read the evidence of a device's verdict"),
            "devices.exported" => T("Exported devices as a file"),
            "enrollment.off" => T("Switched registering off"),
            "enrollment.on" => T("Switched registering on"),
            "feed.imported" => T("Imported a feed"),
            "feed.removed" => T("Removed a feed"),
            "feed.rolled-back" => T("Rolled a feed back"),
            "feed.set-aside" => T("Set a version of a feed aside"),
            "feed.accepted" => T("Accepted a version of a feed"),
            "feed.rejected" => T("Rejected a version of a feed"),
            "feed-source.followed" => T("Followed a source of a feed"),
            "feed-source.changed" => T("Changed the source of a feed"),
            "feed-source.unfollowed" => T("Followed a source no more"),
            "hunt.removed" => T("Removed a saved hunt"),
            "hunt.saved" => T("Saved a hunt"),
            "import.cancelled" => T("Stopped an import"),
            "import.checked-again" => T("Had an import checked again"),
            "import.removed" => T("Removed an import"),
            "import.started" => T("Started an import"),
            "import.taken" => T("Took a file in"),
            "import.taken-up" => T("Took an import up again"),
            "indicator.added" => T("Added an own indicator"),
            "indicator.changed" => T("Changed an own indicator"),
            "indicator.ended" => T("Own indicator ended by itself"),
            "indicator.removed" => T("Removed an own indicator"),
            "integration.change-refused" => T("Was refused a change of an integration's settings"),
            "integration.changed" => T("Changed an integration's settings"),
            "integration.created" => T("Created an integration"),
            "integration.credential-rotated" => T("Replaced an integration's credential"),
            "integration.paused" => T("Paused an integration"),
            "integration.removed" => T("Removed an integration"),
            "integration.resumed" => T("Resumed an integration"),
            "integration.writing-off" => T("Switched writing off"),
            "integration.writing-on" => T("Switched writing on"),
            "link.asked" => T("Asked to be linked to a UEM account"),
            "link.confirmed" => T("Confirmed somebody's link with a UEM account"),
            "link.declined" => T("Declined a link with a UEM account"),
            "link.ended" => T("Ended a link with a UEM account"),
            "link.proven" => T("Proved a UEM account and linked it"),
            "link.refused" => T("Did not prove a UEM account"),
            "recovery.acknowledged" => T("Acknowledged a recovery"),
            "recovery.started" => T("Let a person in at the server's host, without the UEM"),
            "recovery.used" => T("Changed an integration without the UEM, in a recovery"),
            "one-time-link.refused" => T("Tried a one-time link that is not good"),
            "account.password-changed" => T("Changed their own password"),
            "account.provider-linked" => T("Linked an account of the OpenID Connect provider"),
            "account.provider-unlinked" => T("Unlinked their account of the OpenID Connect provider"),
            "account.recovery-codes-made" => T("Made new recovery codes"),
            "account.second-factor-added" => T("Added a second factor"),
            "account.second-factor-removed" => T("Removed their own second factor"),
            "invitation.created" => T("Invited somebody"),
            "invitation.withdrawn" => T("Withdrew an invitation"),
            "notice.replayed" => T("Had a notice sent again"),
            "notice-channel.added" => T("Added a channel of notices"),
            "notice-channel.changed" => T("Changed a channel of notices"),
            "notice-channel.removed" => T("Removed a channel of notices"),
            "notice-channel.secret-rotated" => T("Made a new secret of a channel of notices"),
            "notice-channel.switched-off" => T("Switched a channel of notices off"),
            "notice-channel.tested" => T("Sent a test notice"),
            "nudge.sent" => T("Sent messages about a publication"),
            "nudge.stopped" => T("Stopped messages about a publication"),
            "person.deactivated" => T("Shut a person out"),
            "person.erased" => T("Erased a person"),
            "person.joined" => T("Became a person here"),
            "person.password-link-made" => T("Made a link for a new password"),
            "person.password-set" => T("Chose a new password by a link"),
            "person.reactivated" => T("Let a person in again"),
            "person.role-given" => T("Gave a role"),
            "person.role-taken" => T("Took a role away"),
            "person.second-factor-reset" => T("Took a lost second factor off a person"),
            "policy.applied" => T("Put a version of the policy in force"),
            "publication.made" => T("Made a publication"),
            "publication.paused" => T("Paused a publication"),
            "publication.removed" => T("Removed a publication"),
            "publication.resumed" => T("Resumed a publication"),
            "publication.started" => T("Started a publication"),
            "publication.undone" => T("Had a publication taken back"),
            "run.approved" => T("Approved a held sync run"),
            "run.cancelled" => T("Cancelled a sync run"),
            "run.discarded" => T("Declined what a held sync run would remove"),
            "run.started" => T("Started a sync run"),
            "sign-in.done" => T("Signed in"),
            "sign-in.others-ended" => T("Signed out of all other browsers"),
            "sign-in.ended" => T("Signed out"),
            "sign-in.refused" => T("Was refused to sign in"),
            "tagging.accepted" => T("Accepted a preview of tags"),
            "tagging.adopted" => T("Took over a tag of the UEM"),
            "tagging.approved" => T("Approved a held tag run"),
            "tagging.cancelled" => T("Cancelled a tag run"),
            "tagging.clean-up" => T("Had Picket's tags taken off"),
            "tagging.discarded" => T("Discarded a held tag run"),
            "user.erased" => T("Erased what is kept of an enrolment user"),
            "user.erasure-lifted" => T("Let the name of an erased user be kept again"),
            "user.exported" => T("Exported what is kept of an enrolment user"),
            "token.created" => T("Made a token"),
            "token.revoked" => T("Revoked a token"),
            "what-if.tried" => T("Tried what a change would do"),
            "wipe.approved" => T("Approved a wipe"),
            "wipe.declined" => T("Declined a wipe"),
            "wipe.requested" => T("Asked for a wipe"),
            "wipe-credential.removed" => T("Took away the account for wipes"),
            "wipe-credential.set" => T("Set the account for wipes"),
            _ => action,
        };

    /// <summary>The page of what was acted on, where its kind has one.</summary>
    public static string? PageOf(AuditEntry entry) =>
        Guid.TryParse(entry.Subject, out var id)
            ? entry.Action.Split('.')[0] switch
            {
                "integration" or "link" or "recovery" => $"/integrations/{id}",
                "tagging" when entry.Action is "tagging.accepted" or "tagging.adopted" or "tagging.clean-up" =>
                    $"/responses?integration={id}",
                "run" => $"/sync/{id}",
                "import" => $"/imports/{id}",
                "enrollment" => $"/imports?integration={id}",
                "device" => $"/devices/{id}",
                "user" => $"/users/{id}",
                "feed" => $"/intelligence/{id}",
                "feed-source" => "/intelligence",
                "notice" or "notice-channel" => "/notices",
                _ => null,
            }
            : null;

    /// <summary>What the feed or integration is called, or was when it was removed.</summary>
    public static string? NameOf(AuditEntry entry) =>
        entry.SubjectName
        ?? (
            entry.Action is "feed.removed" or "integration.removed" && entry.Before is { } before ? Named(before) : null
        );

    private static string? Named(string json)
    {
        using var document = JsonDocument.Parse(json);
        var facts = document.RootElement.TryGetProperty("Settings", out var settings) ? settings : document.RootElement;
        return facts.TryGetProperty("Name", out var name) ? name.GetString() : null;
    }

    public static string Pretty(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document.RootElement, Readable);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
