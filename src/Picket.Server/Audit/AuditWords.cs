using System.Text.Encodings.Web;
using System.Text.Json;
using Picket.Api;

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

    private static readonly Dictionary<string, string> Actions = new()
    {
        ["access.refused"] = "Something that they may not do was tried",
        ["app.holders-read"] = "Looked up who has a personal app",
        ["audit.exported"] = "Exported the audit",
        ["audit.key-made"] = "Made a key to sign the audit with",
        ["device.apps-read"] = "Looked at the apps of an employee's device",
        ["devices.exported"] = "Exported devices as a file",
        ["feed.imported"] = "Imported a feed",
        ["feed.removed"] = "Removed a feed",
        ["feed.rolled-back"] = "Rolled a feed back",
        ["integration.change-refused"] = "Was refused a change of an integration's settings",
        ["integration.changed"] = "Changed an integration's settings",
        ["integration.created"] = "Created an integration",
        ["integration.credential-rotated"] = "Replaced an integration's credential",
        ["integration.paused"] = "Paused an integration",
        ["integration.removed"] = "Removed an integration",
        ["integration.resumed"] = "Resumed an integration",
        ["integration.writing-off"] = "Switched writing off",
        ["integration.writing-on"] = "Switched writing on",
        ["link.asked"] = "Asked to be linked to a UEM account",
        ["link.confirmed"] = "Confirmed somebody's link with a UEM account",
        ["link.declined"] = "Declined a link with a UEM account",
        ["link.ended"] = "Ended a link with a UEM account",
        ["link.proven"] = "Proved a UEM account and linked it",
        ["link.refused"] = "Did not prove a UEM account",
        ["recovery.acknowledged"] = "Acknowledged a recovery",
        ["recovery.started"] = "Let a person in at the server's host, without the UEM",
        ["recovery.used"] = "Changed an integration without the UEM, in a recovery",
        ["one-time-link.refused"] = "Tried a one-time link that is not good",
        ["account.password-changed"] = "Changed their own password",
        ["account.provider-linked"] = "Linked an account of the OpenID Connect provider",
        ["account.provider-unlinked"] = "Unlinked their account of the OpenID Connect provider",
        ["account.recovery-codes-made"] = "Made new recovery codes",
        ["account.second-factor-added"] = "Added a second factor",
        ["account.second-factor-removed"] = "Removed their own second factor",
        ["invitation.created"] = "Invited somebody",
        ["invitation.withdrawn"] = "Withdrew an invitation",
        ["person.deactivated"] = "Shut a person out",
        ["person.erased"] = "Erased a person",
        ["person.joined"] = "Became a person here",
        ["person.password-link-made"] = "Made a link for a new password",
        ["person.password-set"] = "Chose a new password by a link",
        ["person.reactivated"] = "Let a person in again",
        ["person.role-given"] = "Gave a role",
        ["person.role-taken"] = "Took a role away",
        ["person.second-factor-reset"] = "Took a lost second factor off a person",
        ["run.approved"] = "Approved a held sync run",
        ["run.cancelled"] = "Cancelled a sync run",
        ["run.discarded"] = "Declined what a held sync run would remove",
        ["run.started"] = "Started a sync run",
        ["sign-in.done"] = "Signed in",
        ["sign-in.others-ended"] = "Signed out of all other browsers",
        ["sign-in.ended"] = "Signed out",
        ["sign-in.refused"] = "Was refused to sign in",
        ["tagging.accepted"] = "Accepted a preview of tags",
        ["tagging.adopted"] = "Took over a tag of the UEM",
        ["tagging.approved"] = "Approved a held tag run",
        ["tagging.cancelled"] = "Cancelled a tag run",
        ["tagging.clean-up"] = "Had Picket's tags taken off",
        ["tagging.discarded"] = "Discarded a held tag run",
        ["token.created"] = "Made a token",
        ["token.revoked"] = "Revoked a token",
    };

    /// <summary>The action in words; its own name where there are none yet.</summary>
    public static string Of(string action) => Actions.GetValueOrDefault(action, action);

    /// <summary>The page of what was acted on, where its kind has one.</summary>
    public static string? PageOf(AuditEntry entry) =>
        Guid.TryParse(entry.Subject, out var id)
            ? entry.Action.Split('.')[0] switch
            {
                "integration" or "link" or "recovery" => $"/integrations/{id}",
                "tagging" when entry.Action is "tagging.accepted" or "tagging.adopted" or "tagging.clean-up" =>
                    $"/responses?integration={id}",
                "run" => $"/sync/{id}",
                "device" => $"/devices/{id}",
                "feed" => $"/intelligence/{id}",
                _ => null,
            }
            : null;

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
