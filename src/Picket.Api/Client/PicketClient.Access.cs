using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>Who the caller is; 401 when the token is not valid.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<MeView> MeAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Me, PicketApiJson.Default.MeView, cancellationToken);

    /// <summary>Uses a one-time link; needs no token.</summary>
    /// <param name="claim">The code, and who the caller will be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SignedIn> ClaimLinkAsync(ClaimLink claim, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.ClaimLink,
            claim,
            PicketApiJson.Default.ClaimLink,
            PicketApiJson.Default.SignedIn,
            cancellationToken
        );

    /// <summary>Signs in for a token of 12 hours; needs no token.</summary>
    /// <param name="signIn">Name, password and second factor.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SignedIn> SignInAsync(SignIn signIn, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.SignIn,
            signIn,
            PicketApiJson.Default.SignIn,
            PicketApiJson.Default.SignedIn,
            cancellationToken
        );

    /// <summary>The tokens, without their secrets.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<TokenView> Tokens(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.Tokens), PicketApiJson.Default.TokenPage);

    /// <summary>Makes a token; its secret is in this answer and never again.</summary>
    /// <param name="token">What it may do, and how long.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CreatedToken> CreateTokenAsync(CreateToken token, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Tokens,
            token,
            PicketApiJson.Default.CreateToken,
            PicketApiJson.Default.CreatedToken,
            cancellationToken
        );

    /// <summary>Revokes a token at once.</summary>
    /// <param name="id">The token.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RevokeTokenAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.Token, id), cancellationToken);

    /// <summary>The audit, newest first.</summary>
    /// <param name="filter">Which lines.</param>
    public PagedList<AuditEntry> Audit(AuditFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Audit)
                    .Add("action", filter?.Action)
                    .Add("actor", filter?.Actor)
                    .Add("subject", filter?.Subject)
                    .Add("outcome", filter?.Outcome)
                    .Add("from", filter?.From)
                    .Add("to", filter?.To),
            PicketApiJson.Default.AuditPage
        );

    /// <summary>The signed end of the audit's chain: keep it where nobody who could alter the audit can reach it.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AuditHeadView> AuditHeadAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.AuditHead, PicketApiJson.Default.AuditHeadView, cancellationToken);

    /// <summary>The whole audit in the order of its chain; the last line holds the signed head.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<AuditExportLine> AuditExportAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.AuditExport);
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var lines = JsonSerializer.DeserializeAsyncEnumerable(
            await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false),
            PicketApiJson.Default.AuditExportLine,
            topLevelValues: true,
            cancellationToken
        );
        await foreach (var line in lines.ConfigureAwait(false))
        {
            if (line is not null)
                yield return line;
        }
    }
}
