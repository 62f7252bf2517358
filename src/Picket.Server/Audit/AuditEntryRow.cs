using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;
using Picket.Core.Audit;

namespace Picket.Server.Audit;

/// <summary>
/// Who did what, or was refused it, when, from where, to what. People are named by random ids whose mapping can be erased
/// (law 8, see <see cref="AuditNames"/>). An entry gets its place in the chain when it is saved.
/// </summary>
public sealed class AuditEntryRow
{
    public required Guid Id { get; init; }

    /// <summary>1, 2, 3 …, in the order of the commits.</summary>
    public long Sequence { get; private set; }

    /// <summary>To the millisecond, which every database keeps.</summary>
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }

    /// <summary>The address of the network that the request came from; null for what no request asked for.</summary>
    public string? Address { get; init; }
    public required string Action { get; init; }
    public AuditOutcome Outcome { get; init; }
    public string? Subject { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string PreviousHash { get; private set; } = "";
    public string Hash { get; private set; } = "";

    public AuditLink Link() => new(Record(), PreviousHash, Hash);

    internal void Seal(long sequence, string previousHash)
    {
        (Sequence, PreviousHash) = (sequence, previousHash);
        Hash = Record().HashAfter(previousHash);
    }

    private AuditRecord Record() =>
        new(Sequence, Id, At, Actor, Address, Action, Subject, Outcome.ToString(), Before, After);

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEntryRow>
    {
        public void Configure(EntityTypeBuilder<AuditEntryRow> builder)
        {
            builder.ToTable("audit");
            builder.HasIndex(row => row.Sequence).IsUnique();
            // Pages of the list, in the order of ids.
            builder.HasIndex(row => new { row.Actor, row.Id });
            builder.HasIndex(row => new { row.Subject, row.Id });
        }
    }
}

/// <summary>The end of the chain: one row, whose lock makes writers wait for each other.</summary>
public sealed class AuditHeadRow
{
    public const int Only = 1;

    public required int Id { get; init; }
    public required long Sequence { get; init; }
    public required string Hash { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditHeadRow>
    {
        public void Configure(EntityTypeBuilder<AuditHeadRow> builder)
        {
            builder.ToTable("audit_head");
            builder.Property(row => row.Id).ValueGeneratedNever();
            builder.HasData(
                new AuditHeadRow
                {
                    Id = Only,
                    Sequence = 0,
                    Hash = AuditRecord.Beginning,
                }
            );
        }
    }
}

/// <summary>A key that signs heads. Older ones stay, so that what they signed can be checked.</summary>
public sealed class AuditKeyRow
{
    public required Guid Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>SubjectPublicKeyInfo in PEM form.</summary>
    public required string PublicKey { get; init; }

    /// <summary>PKCS #8, encrypted as all secrets are.</summary>
    public required string ProtectedPrivateKey { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditKeyRow>
    {
        public void Configure(EntityTypeBuilder<AuditKeyRow> builder) => builder.ToTable("audit_keys");
    }
}
