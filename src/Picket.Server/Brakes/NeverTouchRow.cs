using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Response;

namespace Picket.Server.Brakes;

/// <summary>An entry of the never-touch list. It says nothing about a person: users are named by the UEM's number.</summary>
public sealed class NeverTouchRow
{
    public required Guid Id { get; init; }

    /// <summary>The only integration it holds for; null for all.</summary>
    public Guid? IntegrationId { get; init; }
    public required NeverTouchKind Kind { get; init; }

    /// <summary>See <see cref="NeverTouchEntry"/>.</summary>
    public required string Value { get; init; }

    /// <summary>The groups that it named when it was made, as JSON, see <see cref="NeverTouchGroups"/>; null of a device or a user.</summary>
    public string? Groups { get; init; }
    public required string Reason { get; init; }
    public required string AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>From then on it holds no more, by itself.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public NeverTouchEntry ToEntry() => new(Id, Kind, Value, Reason);

    internal sealed class Mapping : IEntityTypeConfiguration<NeverTouchRow>
    {
        public void Configure(EntityTypeBuilder<NeverTouchRow> builder)
        {
            builder.ToTable("never_touch");
            builder.HasIndex(row => row.IntegrationId);
        }
    }
}
