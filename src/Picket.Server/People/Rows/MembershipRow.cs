using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Identity;

namespace Picket.Server.People;

/// <summary>A role of a person, at one integration or at all.</summary>
public sealed class MembershipRow
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>Null for all.</summary>
    public Guid? IntegrationId { get; init; }
    public required Role Role { get; init; }

    /// <summary>As the audit names them.</summary>
    public required string GivenBy { get; init; }
    public required DateTimeOffset GivenAt { get; init; }

    public Grant Grant => new(Role, IntegrationId);

    internal sealed class Mapping : IEntityTypeConfiguration<MembershipRow>
    {
        public void Configure(EntityTypeBuilder<MembershipRow> builder)
        {
            builder.ToTable("memberships");
            builder.Ignore(row => row.Grant);
            builder.Property(row => row.Role).HasConversion<string>();
            builder.HasIndex(row => new { row.PersonId, row.IntegrationId }).IsUnique();

            // For a unique index no two nulls are the same.
            builder
                .HasIndex(row => row.PersonId)
                .IsUnique()
                .HasFilter("\"IntegrationId\" IS NULL")
                .HasDatabaseName("ix_memberships_one_everywhere");
        }
    }
}
