using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Features;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>Who may pass.</summary>
/// <param name="Account">Set as soon as it is known, also on a refusal: the request log names it.</param>
/// <param name="Groups">Tops of what the caller sees here: the groups where a role of his grants the route.</param>
internal sealed record Passage(Account? Account, Answer? Refusal, ImmutableArray<int> Groups)
{
    public static Passage Refused(Account? account, Answer answer, string why) =>
        new(account, answer with { Why = answer.Why ?? why }, []);
}

/// <summary>
/// Refuses as the real server does, in the order in which it is believed to look: 1. key, 2. credentials, 3. API switch
/// and tree, 4. the right. Only single failures were ever recorded, so the order is inferred.
/// </summary>
internal sealed class Gate(AccessControl access, EmulatorOptions options, TimeProvider time)
{
    private const string KeyHeader = "aw-tenant-code";

    private readonly PasswordSignIn passwords = new(access, options, time);
    private readonly SignedPathSignIn signatures = new(access, options, time);

    public Passage Check(HttpContext http, RouteNeed need)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        var bearer = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
        var presented = http.Request.Headers[KeyHeader].ToString();
        var key = access.RestApi.Key(presented);
        if (CheckKey(presented, key, required: !bearer) is { } wrongKey) // 1
        {
            return wrongKey;
        }

        if (key is not null)
        {
            access.Usage.Count(key, time.GetUtcNow());
        }

        var signIn = bearer ? CheckToken(authorization[7..].Trim()) : SignIn(http, authorization); // 2
        return signIn is not { Refusal: null, Account: { } account }
            ? signIn
            : CheckSwitches(account, key) ?? CheckRight(account, need); // 3, 4
    }

    // A Bearer token names its tenant, so the key may be left out there; a wrong one is still wrong.
    private static Passage? CheckKey(string presented, ApiKey? key, bool required) =>
        presented.Length == 0
            ? (required ? Passage.Refused(null, Refusals.KeyMissing, $"The call has no {KeyHeader} header.") : null)
        : key is null
            ? Passage.Refused(
                null,
                Refusals.KeyUnknown(presented),
                "No organization group has this API key: mistyped, regenerated, removed, or its group inherits now."
            )
        : key.Kind != ApiKeyKind.Admin
            ? Passage.Refused(null, Refusals.KeyOfWrongKind, "The account type of the API key is Enrollment User.")
        : null;

    private Passage SignIn(HttpContext http, string authorization)
    {
        if (authorization.Length == 0)
        {
            return Passage.Refused(null, Refusals.AuthorizationMissing, "The call has no Authorization header.");
        }

        // The path is signed as it was typed, so the one that routing made of it will not do.
        var typed = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return SignedPathSignIn.Handles(authorization)
            ? signatures.Check(authorization, typed)
            : passwords.Check(authorization);
    }

    private Passage CheckToken(string token) =>
        access.OAuth.Find(token, time.GetUtcNow()) switch
        {
            null => Passage.Refused(null, Refusals.TokenInvalid, "No such token was issued."),
            { Expired: true } found => Passage.Refused(
                found.Account,
                Refusals.TokenExpired,
                "The token was issued, and has expired."
            ),
            { } found => new(found.Account, null, []),
        };

    private Passage? CheckSwitches(Account account, ApiKey? key)
    {
        if (account.Group is not { } own || !access.Tree.Exists(own))
        {
            return Passage.Refused(account, Refusals.NoGroup, "The account's organization group does not exist.");
        }

        if (key is { OfThisTree: false })
        {
            return Passage.Refused(account, Refusals.KeyOfAnotherTree, "The API key is another customer's.");
        }

        foreach (var group in key is null ? [own] : new[] { key.Group, own })
        {
            if (!access.RestApi.GeneralAt(group).Setting.Enabled)
            {
                var name = access.Tree.At(group).Name;
                return Passage.Refused(account, Refusals.ApiDisabled, $"Enable API Access is DISABLED at {name}.");
            }
        }

        return key is null || Related(key.Group, own)
            ? null
            : Passage.Refused(
                account,
                Refusals.KeyOfAnotherTree,
                $"The API key is {access.Tree.At(key.Group).Name}'s, which is neither above nor below the account's group."
            );
    }

    private bool Related(int one, int other) => access.Tree.IsWithin(one, other) || access.Tree.IsWithin(other, one);

    private Passage CheckRight(Account account, RouteNeed need)
    {
        var active = account
            .State.Assignments.Where(assignment => assignment.Active && access.Tree.Exists(assignment.Group))
            .ToList();
        if (active.Count == 0)
        {
            return Passage.Refused(account, Refusals.NoGroup, "The account has no active role at any group.");
        }

        var granting = active
            .Where(assignment => need.Right is not { } right || assignment.Role.Grants(right))
            .Select(assignment => assignment.Group)
            .ToImmutableArray();
        return granting.IsEmpty
            ? Passage.Refused(
                account,
                Refusals.RightMissing(need.RefusalCode, need.Right!.ToString()),
                $"Not granted by {string.Join(", ", active.Select(assignment => assignment.Role.Name).Distinct())}."
            )
            : new(account, null, granting);
    }
}
