using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Audit;

/// <summary>
/// Signs the end of the chain, so that who keeps a signed head elsewhere can prove later that nothing before it was
/// altered or cut off. The key is made when it is first needed; one that can no longer be decrypted is followed by
/// another, which the audit tells.
/// </summary>
public sealed class AuditSigner(
    PicketDatabase database,
    IDataProtectionProvider protection,
    AuditLog audit,
    TimeProvider time
) : IDisposable
{
    private readonly IDataProtector protector = protection.CreateProtector("Picket.Audit.Key");

    private readonly SemaphoreSlim making = new(1);

    public async Task<AuditHeadView> SignAsync(AuditHeadRow end, CancellationToken cancellation)
    {
        var (row, key) = await KeyAsync(cancellation);
        using (key)
        {
            var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
            var head = new AuditHead(end.Sequence, end.Hash, now);
            return new AuditHeadView(
                head.Sequence,
                head.Hash,
                head.SignedAt,
                AuditHead.KeyId(row.PublicKey)!,
                row.PublicKey,
                head.Sign(key)
            );
        }
    }

    private async Task<(AuditKeyRow Row, ECDsa Key)> KeyAsync(CancellationToken cancellation)
    {
        await making.WaitAsync(cancellation); // Two who ask at first would make two.
        try
        {
            await using var db = database.Open();
            return await NewestAsync(db, cancellation) is { } row && TryOpen(row) is { } usable
                ? (row, usable)
                : await MakeAsync(db, cancellation);
        }
        finally
        {
            making.Release();
        }
    }

    private async Task<(AuditKeyRow Row, ECDsa Key)> MakeAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = time.GetUtcNow();
        var made = new AuditKeyRow
        {
            Id = Guid.CreateVersion7(now),
            CreatedAt = now,
            PublicKey = key.ExportSubjectPublicKeyInfoPem(),
            ProtectedPrivateKey = protector.Protect(Convert.ToBase64String(key.ExportPkcs8PrivateKey())),
        };
        db.AuditKeys.Add(made);
        var id = AuditHead.KeyId(made.PublicKey);
        audit.Add(db, AuditLog.Itself, "audit.key-made", id, after: new { made.PublicKey });
        await db.SaveChangesAsync(cancellation);
        return (made, key);
    }

    public void Dispose() => making.Dispose();

    private static Task<AuditKeyRow?> NewestAsync(PicketDbContext db, CancellationToken cancellation) =>
        db.AuditKeys.AsNoTracking().OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellation);

    private ECDsa? TryOpen(AuditKeyRow row)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(protector.Unprotect(row.ProtectedPrivateKey)), out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }
}
