using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Integrations;

/// <summary>Where an account is proven, and who proves it.</summary>
/// <param name="Access">The integration's own way in: its address, its key, and who reads the account's row.</param>
/// <param name="Read">Reads that row.</param>
internal sealed record ProofScene(
    HttpContext Context,
    Guid Person,
    Guid? Integration,
    UemAccess Access,
    CallPacer Pacer,
    Func<string, CancellationToken, Task<AdminReading>> Read
);

/// <summary>
/// Proves that a person holds an administrator account of the UEM (law 6): 1 what can never be linked, 2 the bound on
/// tries, 3 one call with the account's name and password, 4 the account's row, read by the integration's own account.
/// The password goes into that call and nowhere else.
/// </summary>
public sealed class AdminProofs(UemClients clients, ProofTries tries, PicketDatabase database, AuditLog audit)
{
    internal static void Check(AdministratorProof? proof, string field, FieldMistakes mistakes)
    {
        mistakes.Unless(
            proof?.UserName is { Length: <= 250 } name && !string.IsNullOrWhiteSpace(name) && !name.Contains(':'),
            $"{field}.userName",
            "Enter the whole sign-in name of your own UEM administrator account."
        );
        mistakes.Unless(
            proof?.Password is { Length: > 0 and <= 500 },
            $"{field}.password",
            "Enter the password of your UEM administrator account. It is used for one call and not kept."
        );
        mistakes.Unless(
            proof?.ApiKey is null or "" || proof.ApiKey.Trim().All(letter => letter is > ' ' and < '\x7f'),
            $"{field}.apiKey",
            "The API key holds characters that no key has."
        );
    }

    /// <returns>The account as the UEM has it, or why it was not proven; the refusal is in the audit.</returns>
    internal async Task<(AdminAccount? Account, ProblemHttpResult? Refusal)> ProveAsync(
        ProofScene scene,
        AdministratorProof proof,
        CancellationToken cancellation
    )
    {
        var name = proof.UserName.Trim();
        var key = string.IsNullOrWhiteSpace(proof.ApiKey) ? scene.Access.Secrets.ApiKey : proof.ApiKey.Trim();
        if (Unlinkable(scene.Access, name, key) is { } never) // 1
        {
            return (null, await RefuseAsync(scene, "not linkable", never, cancellation));
        }

        var (tried, again) = await tries.TakeAsync(scene.Person, scene.Access.Address, name, cancellation); // 2
        if (tried is not { } attempt)
        {
            return (null, await RefuseAsync(scene, "too many tries", LinkProblems.TooMany(again!.Value), cancellation));
        }

        if (await SignInAsync(scene, name, proof.Password, key!, attempt, cancellation) is { } refused) // 3
        {
            return (null, await RefuseAsync(scene, "not proven", refused, cancellation));
        }

        return await scene.Read(name, cancellation) switch // 4
        {
            AdminReading.Found { Account: var account } => (account, null),
            AdminReading.NoAnswer no => (
                null,
                await RefuseAsync(scene, "row not readable", LinkProblems.NotReadable(no.Cause), cancellation)
            ),
            _ => (null, await RefuseAsync(scene, "row not visible", LinkProblems.NotVisible(), cancellation)),
        };
    }

    private static ProblemHttpResult? Unlinkable(UemAccess access, string name, string? key) =>
        name.Contains('\\') ? LinkProblems.Directory()
        : access.Kind == CredentialKind.Basic && access.Account.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)
            ? LinkProblems.OwnAccount()
        : string.IsNullOrEmpty(key) ? LinkProblems.KeyNeeded()
        : null;

    /// <summary>Exactly one call, without retries. Only a success proves anything.</summary>
    private async Task<ProblemHttpResult?> SignInAsync(
        ProofScene scene,
        string name,
        string password,
        string key,
        Guid attempt,
        CancellationToken cancellation
    )
    {
        var access = scene.Access with
        {
            Kind = CredentialKind.Basic,
            Account = name,
            TokenAddress = null,
            Secrets = scene.Access.Secrets with { Secret = password, ApiKey = key },
        };
        using var handler = clients.Handler(access);
        using var client = clients.ForProof(access, handler, scene.Pacer);
        try
        {
            await client.Interactive.GetSystemInfoAsync(cancellation);
            await tries.MarkRightAsync(attempt, cancellation);
            return null;
        }
        catch (SignInRefusedException refusal)
        {
            return LinkProblems.SignInRefused(refusal);
        }
        catch (WorkspaceOneException failure)
        {
            if (
                failure.Stage
                is FailureStage.Pacing
                    or FailureStage.NameResolution
                    or FailureStage.Connect
                    or FailureStage.Tls
            )
            {
                await tries.ForgetAsync(attempt, cancellation);
            }

            return LinkProblems.NotAsked(failure);
        }
    }

    /// <summary>Who tries an account that is not theirs is worth knowing; what was typed is not kept.</summary>
    private async Task<ProblemHttpResult> RefuseAsync(
        ProofScene scene,
        string why,
        ProblemHttpResult problem,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        audit.Add(
            db,
            AuditLog.ActorOf(scene.Context.User),
            "link.refused",
            scene.Integration?.ToString(),
            after: new { Why = why },
            outcome: AuditOutcome.Refused
        );
        await db.SaveChangesAsync(cancellation);
        return problem;
    }
}
