using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>
/// <c>Authorization: CMSURL'1 base64</c>: a detached CMS signature over the address's absolute path, made with the
/// client certificate of an administrator. Clients write an apostrophe or a backtick, and take any digest.
/// </summary>
internal sealed partial class SignedPathSignIn(AccessControl access, EmulatorOptions options, TimeProvider time)
{
    public static bool Handles(string authorization) =>
        authorization.StartsWith("CMSURL", StringComparison.OrdinalIgnoreCase);

    public Passage Check(string authorization, string path)
    {
        var signers = access.Accounts.Values.Where(account => account.State.Certificate is not null).ToList();
        var account = Verify(authorization, path, signers, out var why);
        if (account is null)
        {
            return Passage.Refused(null, Refusals.BadCredentials(""), why);
        }

        var group = account.Group ?? access.Tree.Customer.Index;
        if (!access.RestApi.AuthenticationAt(group).Setting.Certificate)
        {
            return PasswordSignIn.KindDisabled(account, account.Name, options, "Certificate");
        }

        if (account.Locked || !account.Active)
        {
            return Passage.Refused(
                account,
                account.Locked ? Refusals.Locked : Refusals.BadCredentials(account.Name),
                account.Locked ? "The account is locked." : "The account is deactivated."
            );
        }

        PasswordSignIn.Remember(account, time.GetUtcNow());
        return new(account, null, []);
    }

    private static Account? Verify(string authorization, string path, List<Account> signers, out string why)
    {
        try
        {
            if (Header().Match(authorization) is not { Success: true } header)
            {
                why = "The CMSURL header cannot be read.";
                return null;
            }

            // Clients may leave their certificate out of the signature, so the known ones are offered.
            var known = signers
                .Select(signer => (Signer: signer, Own: X509Certificate2.CreateFromPem(signer.State.Certificate)))
                .ToList();
            X509Certificate2Collection offered = [.. known.Select(one => one.Own)];
            var cms = new SignedCms(new ContentInfo(Encoding.UTF8.GetBytes(path)), detached: true);
            cms.Decode(Convert.FromBase64String(header.Groups["signature"].Value));
            cms.CheckSignature(offered, verifySignatureOnly: true);
            var certificate = cms.SignerInfos.Count == 1 ? cms.SignerInfos[0].Certificate : null;
            why = "The signature is good, but its certificate is no administrator's, or has run out.";
            // Not Equals: it compares issuer and serial number, which anybody can forge.
            return certificate is not null && IsCurrent(certificate)
                ? known.Find(one => one.Own.RawDataMemory.Span.SequenceEqual(certificate.RawData)).Signer
                : null;
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException)
        {
            why = $"The signature is not one over {path}: {broken.Message}";
            return null;
        }
    }

    // Certificates live in real time, whatever clock the fleet goes by.
    private static bool IsCurrent(X509Certificate2 certificate)
    {
        var now = TimeProvider.System.GetUtcNow();
        return certificate.NotBefore.ToUniversalTime() <= now && now <= certificate.NotAfter.ToUniversalTime();
    }

    [GeneratedRegex(@"^CMSURL['`]1 +(?<signature>[A-Za-z0-9+/=\s]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Header();
}
