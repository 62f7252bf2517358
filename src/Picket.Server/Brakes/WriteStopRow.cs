using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Brakes;

/// <summary>A time in which nothing is written to any UEM. The newest row says how it is now; the others are its history.</summary>
public sealed class WriteStopRow
{
    /// <summary>Counts up: of two who stop at once, one makes the row.</summary>
    public required long Number { get; init; }
    public required Guid Id { get; init; }
    public required string StoppedBy { get; init; }
    public required DateTimeOffset StoppedAt { get; init; }
    public required string Reason { get; init; }
    public string? ReleasedBy { get; set; }
    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>Grows with each stop and each release: who has seen a higher one does not follow a lower one any more.</summary>
    public long Stamp => (2 * Number) + (ReleasedAt is null ? 0 : 1);

    /// <summary>
    /// What is said of what was not sent, whether it waits or was refused. Without who it was: rows of work are kept, names
    /// of people are not.
    /// </summary>
    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"All writes are stopped since {StoppedAt:u}: {Sentence(Reason)} What waits goes on when they are released, see Brakes."
        );

    private static string Sentence(string text) => text[^1] is '.' or '!' or '?' or '…' ? text : text + ".";

    internal sealed class Mapping : IEntityTypeConfiguration<WriteStopRow>
    {
        public void Configure(EntityTypeBuilder<WriteStopRow> builder)
        {
            builder.ToTable("write_stops");
            builder.HasKey(row => row.Number);
            builder.Property(row => row.Number).ValueGeneratedNever();
            builder.HasIndex(row => row.Id);
            builder.Ignore(row => row.Text);
            builder.Ignore(row => row.Stamp);
        }
    }
}
