using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Policy;

/// <summary>
/// One document that was applied. The one with the greatest number is in force; to go back, an earlier text is applied
/// again. Without any, the built-in policy holds.
/// </summary>
public sealed class PolicyVersionRow
{
    public required Guid Id { get; init; }

    /// <summary>From 1 on. Unique, so that of two who apply at once one is refused.</summary>
    public required int Number { get; init; }
    public required string Sha256 { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset AppliedAt { get; init; }

    /// <summary>As the audit names them.</summary>
    public required string AppliedBy { get; init; }
    public string? Comment { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PolicyVersionRow>
    {
        public void Configure(EntityTypeBuilder<PolicyVersionRow> builder)
        {
            builder.ToTable("policy_versions");
            builder.HasIndex(row => row.Number).IsUnique();
        }
    }
}
