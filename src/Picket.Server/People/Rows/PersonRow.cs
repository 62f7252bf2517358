using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.People;

/// <summary>Somebody who signs in.</summary>
public sealed class PersonRow : IdentityUser<Guid>
{
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Who is deactivated keeps the name, so that nobody else takes it, and nothing more.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>The secret that an authenticator app shares with us, encrypted; null without one.</summary>
    public string? ProtectedAuthenticator { get; set; }

    /// <summary>The last time step whose code was taken: none is taken twice.</summary>
    public long? LastAuthenticatorStep { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PersonRow>
    {
        public void Configure(EntityTypeBuilder<PersonRow> builder)
        {
            builder.ToTable("persons");
            builder.Ignore(row => row.PhoneNumber).Ignore(row => row.PhoneNumberConfirmed);
            builder.Property(row => row.ConcurrencyStamp).IsConcurrencyToken();
            builder.HasIndex(row => row.NormalizedUserName).IsUnique();
            builder.HasIndex(row => row.NormalizedEmail).IsUnique();
        }
    }
}

/// <summary>Under which random id the audit names a person. Without this row nobody can tell who it was (law 8).</summary>
public sealed class AuditPersonRow
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditPersonRow>
    {
        public void Configure(EntityTypeBuilder<AuditPersonRow> builder)
        {
            builder.ToTable("audit_persons");
            builder.HasIndex(row => row.PersonId).IsUnique();
        }
    }
}
