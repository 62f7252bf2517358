using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Identity;

namespace Picket.Server.People;

/// <summary>A link that makes somebody a person, or has a person choose a new password; once.</summary>
public sealed class OneTimeLinkRow
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the code: it has 256 random bits, so a slow hash would add nothing.</summary>
    public required byte[] CodeHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whose password it sets; null where it makes somebody a person.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>What somebody becomes by it; null where it sets a password.</summary>
    public Role? Role { get; init; }

    /// <summary>Where the role is given; null for all integrations.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Who made it, as the audit names them; null for the link of the first start.</summary>
    public string? InvitedBy { get; init; }

    /// <summary>For whom, in the words of who invites.</summary>
    public string? Note { get; init; }
    public DateTimeOffset? UsedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OneTimeLinkRow>
    {
        public void Configure(EntityTypeBuilder<OneTimeLinkRow> builder)
        {
            builder.ToTable("one_time_links");
            builder.Property(row => row.Role).HasConversion<string>();
            builder.HasIndex(row => row.CodeHash).IsUnique();
            builder.HasIndex(row => row.PersonId);
        }
    }
}
