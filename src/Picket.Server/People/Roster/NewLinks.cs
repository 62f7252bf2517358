using Picket.Api;
using Picket.Core.Identity;

namespace Picket.Server.People;

/// <summary>Makes one-time links for others.</summary>
internal static class NewLinks
{
    private const string PasswordPage = "/new-password";
    private const string InvitationPage = "/invitation";

    public static (OneTimeLinkRow Row, string Code) ForInvitation(
        Grant role,
        string? note,
        string actor,
        DateTimeOffset now,
        TimeSpan life
    )
    {
        var (code, hash) = OneTimeLinks.NewCode();
        var row = new OneTimeLinkRow
        {
            Id = Guid.CreateVersion7(now),
            CodeHash = hash,
            CreatedAt = now,
            ExpiresAt = now + life,
            Role = role.Role,
            IntegrationId = role.Integration,
            InvitedBy = actor,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
        };
        return (row, code);
    }

    public static (OneTimeLinkRow Row, string Code) ForPassword(
        Guid person,
        string actor,
        DateTimeOffset now,
        TimeSpan life
    )
    {
        var (code, hash) = OneTimeLinks.NewCode();
        var row = new OneTimeLinkRow
        {
            Id = Guid.CreateVersion7(now),
            CodeHash = hash,
            CreatedAt = now,
            ExpiresAt = now + life,
            PersonId = person,
            InvitedBy = actor,
        };
        return (row, code);
    }

    /// <summary>The code stands behind "#", which no browser sends to a server and no log keeps.</summary>
    public static CreatedLink View(OneTimeLinkRow row, string code) =>
        new(row.Id, $"{(row.PersonId is null ? InvitationPage : PasswordPage)}#{code}", row.ExpiresAt);
}
