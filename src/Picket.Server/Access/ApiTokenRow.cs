using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;

namespace Picket.Server.Access;

/// <summary>A token of the REST API. The secret itself is shown once and not kept.</summary>
public sealed class ApiTokenRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required TokenScope Scope { get; init; }

    /// <summary>Whom it acts as, and with whom it ends; null for a service's.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>SHA-256 of the secret: it has 256 random bits, so a slow hash would add nothing.</summary>
    public required byte[] SecretHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ApiTokenRow>
    {
        public void Configure(EntityTypeBuilder<ApiTokenRow> builder)
        {
            builder.ToTable("api_tokens");
            builder.HasIndex(row => row.PersonId);
        }
    }
}
