using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Identity;

namespace Picket.Server.Integrations;

/// <summary>A person proved to hold an administrator account of the UEM. One for each person and integration.</summary>
public sealed class AdminLinkRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required Guid PersonId { get; init; }
    public required Guid AdminUuid { get; set; }
    public required string UserName { get; set; }
    public required DateTimeOffset LinkedAt { get; set; }

    /// <summary>The provider's account that it is bound to; null where the UEM account was proven by its password.</summary>
    public string? Issuer { get; set; }
    public string? Subject { get; set; }

    /// <summary>What the last reading of the account came to: what is shown until the next one.</summary>
    public ChangeRefusal Refusal { get; set; }
    public string Reason { get; set; } = "";
    public required DateTimeOffset ReadAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AdminLinkRow>
    {
        public void Configure(EntityTypeBuilder<AdminLinkRow> builder)
        {
            builder.ToTable("admin_links");
            builder.Property(row => row.Refusal).HasConversion<string>();
            builder.HasIndex(row => new { row.IntegrationId, row.PersonId }).IsUnique();
            builder.HasIndex(row => new { row.IntegrationId, row.AdminUuid }).IsUnique();
            builder.HasIndex(row => row.AdminUuid);
        }
    }
}

/// <summary>
/// A person whose verified address at the provider one UEM account carries asks to be linked to it. Somebody who is linked
/// already says whether they know each other.
/// </summary>
public sealed class LinkRequestRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required Guid PersonId { get; init; }
    public required Guid AdminUuid { get; init; }
    public required string UserName { get; init; }
    public required string Issuer { get; init; }
    public required string Subject { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<LinkRequestRow>
    {
        public void Configure(EntityTypeBuilder<LinkRequestRow> builder)
        {
            builder.ToTable("link_requests");
            builder.HasIndex(row => new { row.IntegrationId, row.PersonId }).IsUnique();
        }
    }
}

/// <summary>A try to prove an account. It is there before the UEM is called, so that a crash forgets none.</summary>
public sealed class ProofTryRow
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>SHA-256 of the UEM's host and the account's name: what was typed there may be anything.</summary>
    public required byte[] AccountHash { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The UEM let it in, which sets its own count of failures back: it does not count.</summary>
    public bool Right { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProofTryRow>
    {
        public void Configure(EntityTypeBuilder<ProofTryRow> builder)
        {
            builder.ToTable("proof_tries");
            builder.HasIndex(row => row.At);
        }
    }
}

/// <summary>Somebody at the server's own host let a person change an integration without the UEM, for a while.</summary>
public sealed class RecoveryRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required Guid PersonId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RecoveryRow>
    {
        public void Configure(EntityTypeBuilder<RecoveryRow> builder)
        {
            builder.ToTable("recoveries");
            builder.HasIndex(row => row.IntegrationId);
        }
    }
}
