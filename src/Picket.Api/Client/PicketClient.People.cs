using System.Net.Http.Json;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>Chooses a new password by a one-time link; needs no token.</summary>
    /// <param name="wanted">The code and the password.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task SetPasswordAsync(SetPassword wanted, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.SetPassword, wanted, PicketApiJson.Default.SetPassword, cancellationToken);

    /// <summary>The people, oldest first.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<PersonView> People(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.People), PicketApiJson.Default.PersonPage);

    /// <summary>A person; 404 when unknown.</summary>
    /// <param name="id">The person.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PersonView> PersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Person, id), PicketApiJson.Default.PersonView, cancellationToken);

    /// <summary>Erases a person, and who it was from the audit. There is no way back.</summary>
    /// <param name="id">The person.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task ErasePersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.Person, id), cancellationToken);

    /// <summary>Gives a role, in place of the one that the person has at the same integration.</summary>
    /// <param name="id">The person.</param>
    /// <param name="role">Which, and where.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PersonView> GiveRoleAsync(Guid id, RoleGiven role, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Fill(Routes.PersonRoles, id),
            role,
            PicketApiJson.Default.RoleGiven,
            PicketApiJson.Default.PersonView,
            cancellationToken
        );

    /// <summary>Takes the role that a person has at an integration.</summary>
    /// <param name="id">The person.</param>
    /// <param name="integration">Where; null for the one at all integrations.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PersonView> TakeRoleAsync(Guid id, Guid? integration, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Delete,
            new Query(Routes.Fill(Routes.PersonRoles, id)).Add("integrationId", integration).ToString(),
            null,
            PicketApiJson.Default.PersonView,
            cancellationToken
        );

    /// <summary>Shuts a person out at once.</summary>
    /// <param name="id">The person.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PersonView> DeactivatePersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.PersonDeactivate, id), PicketApiJson.Default.PersonView, cancellationToken);

    /// <summary>Lets a person in again.</summary>
    /// <param name="id">The person.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PersonView> ReactivatePersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.PersonReactivate, id), PicketApiJson.Default.PersonView, cancellationToken);

    /// <summary>Makes a link by which a person chooses a new password.</summary>
    /// <param name="id">The person.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CreatedLink> PasswordLinkAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.PersonPasswordLink, id), PicketApiJson.Default.CreatedLink, cancellationToken);

    /// <summary>Takes the second factor off a person who has lost it.</summary>
    /// <param name="id">The person.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PersonView> ResetSecondFactorAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.PersonSecondFactorReset, id), PicketApiJson.Default.PersonView, cancellationToken);

    /// <summary>The open invitations.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<InvitationView> Invitations(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.Invitations), PicketApiJson.Default.InvitationPage);

    /// <summary>Makes a link that makes somebody a person, once.</summary>
    /// <param name="invite">What they will be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CreatedLink> InviteAsync(Invite invite, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Invitations,
            invite,
            PicketApiJson.Default.Invite,
            PicketApiJson.Default.CreatedLink,
            cancellationToken
        );

    /// <summary>Withdraws an invitation.</summary>
    /// <param name="id">The invitation.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task WithdrawInvitationAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.Invitation, id), cancellationToken);

    /// <summary>How the caller signs in.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AccountView> MyAccountAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.MyAccount, PicketApiJson.Default.AccountView, cancellationToken);

    /// <summary>Unlinks the account of the OpenID Connect provider.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task UnlinkProviderAsync(CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.MyProvider, cancellationToken);

    /// <summary>Changes the caller's password; all other sessions end.</summary>
    /// <param name="change">The old one and the new one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task ChangePasswordAsync(ChangePassword change, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.MyPassword, change, PicketApiJson.Default.ChangePassword, cancellationToken);

    /// <summary>The browsers in which the caller is signed in, newest first.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<SessionView> MySessions(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.MySessions), PicketApiJson.Default.SessionPage);

    /// <summary>Signs the caller out of one browser.</summary>
    /// <param name="id">The session.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task EndSessionAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.MySession, id), cancellationToken);

    /// <summary>Signs the caller out of every browser but this one.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task EndOtherSessionsAsync(CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.MySessions, cancellationToken);

    /// <summary>Begins a second factor: what the authenticator app has to know.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AuthenticatorSecret> NewSecondFactorAsync(CancellationToken cancellationToken = default) =>
        PostAsync(Routes.MySecondFactor, PicketApiJson.Default.AuthenticatorSecret, cancellationToken);

    /// <summary>Switches the second factor on.</summary>
    /// <param name="code">Of the authenticator app.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RecoveryCodes> ConfirmSecondFactorAsync(
        SecondFactorCode code,
        CancellationToken cancellationToken = default
    ) => CodesAsync(Routes.MySecondFactorConfirm, code, cancellationToken);

    /// <summary>Makes new recovery codes; the old ones end.</summary>
    /// <param name="code">Of the authenticator app.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RecoveryCodes> NewRecoveryCodesAsync(
        SecondFactorCode code,
        CancellationToken cancellationToken = default
    ) => CodesAsync(Routes.MyRecoveryCodes, code, cancellationToken);

    /// <summary>Switches the second factor off.</summary>
    /// <param name="code">Of the authenticator app, or a recovery code.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveSecondFactorAsync(SecondFactorCode code, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.MySecondFactorRemove, code, PicketApiJson.Default.SecondFactorCode, cancellationToken);

    private Task<RecoveryCodes> CodesAsync(string path, SecondFactorCode code, CancellationToken cancellationToken) =>
        PostAsync(
            path,
            code,
            PicketApiJson.Default.SecondFactorCode,
            PicketApiJson.Default.RecoveryCodes,
            cancellationToken
        );

    private async Task PostAsync<T>(
        string path,
        T body,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, type) };
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
