using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.People;

/// <summary>A code for the day on which the phone with the authenticator is lost. Good once.</summary>
public sealed class RecoveryCodeRow
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>SHA-256: a code has 80 random bits.</summary>
    public required byte[] CodeHash { get; init; }
    public DateTimeOffset? UsedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RecoveryCodeRow>
    {
        public void Configure(EntityTypeBuilder<RecoveryCodeRow> builder)
        {
            builder.ToTable("recovery_codes");
            builder.HasIndex(row => row.PersonId);
        }
    }
}

internal sealed class PasskeyMapping : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder)
    {
        builder.ToTable("passkeys");
        builder.HasKey(row => row.CredentialId);
        builder.Property(row => row.CredentialId).HasMaxLength(1024);
        builder.OwnsOne(row => row.Data).ToJson();
        builder.HasIndex(row => row.UserId);
    }
}

/// <summary>Whom an OpenID provider means: bound to issuer and subject, never to an address or a name.</summary>
internal sealed class LoginMapping : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder)
    {
        builder.ToTable("person_logins");
        builder.HasKey(row => new { row.LoginProvider, row.ProviderKey });
        builder.HasIndex(row => row.UserId);
    }
}
