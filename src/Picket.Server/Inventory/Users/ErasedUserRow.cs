using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Inventory.Users;

/// <summary>
/// An enrolment user of whom no name is kept, although the UEM still tells it. All that is remembered is the UEM's number,
/// and a keyed hash of the sign-in name for the places where the UEM gives no number.
/// </summary>
public sealed class ErasedUserRow
{
    public required Guid IntegrationId { get; init; }
    public required int RemoteId { get; init; }

    /// <summary>Members of user groups are listed by sign-in name alone; see <see cref="Erasures.KeyOf"/>.</summary>
    public string? NameKey { get; set; }
    public required DateTimeOffset ErasedAt { get; init; }

    /// <summary>As the audit names them.</summary>
    public required string ErasedBy { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ErasedUserRow>
    {
        public void Configure(EntityTypeBuilder<ErasedUserRow> builder)
        {
            builder.ToTable("erased_users");
            builder.HasKey(row => new { row.IntegrationId, row.RemoteId });
        }
    }
}
