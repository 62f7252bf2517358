using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;

namespace Picket.Server.Enrollment;

/// <summary>A file of users, devices or members on its way into the UEM; a single registered device is one of one line.</summary>
public sealed class ImportRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required ImportKind Kind { get; init; }

    /// <summary>Name of the file.</summary>
    public required string Name { get; set; }
    public ImportState State { get; set; }

    /// <summary>Somebody said yes already: it starts when it is checked.</summary>
    public bool StartsAfterCheck { get; set; }

    /// <summary>Lines that were left when somebody said so; null before. A check that finds many more asks again.</summary>
    public int? Approved { get; set; }
    public int Lines { get; set; }
    public long UemCalls { get; set; }

    /// <summary>Attempts in a row that sent nothing, for the pauses between them.</summary>
    public int Failures { get; set; }
    public required string MadeBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public string? StartedBy { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? GoesOnAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who wants it stopped.</summary>
    public string? CancelledBy { get; set; }

    /// <summary>When what the lines say was forgotten.</summary>
    public DateTimeOffset? ForgottenAt { get; set; }
    public List<string> Reasons { get; set; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<ImportRow>
    {
        public void Configure(EntityTypeBuilder<ImportRow> builder)
        {
            builder.ToTable("imports");
            builder.HasIndex(row => new { row.IntegrationId, row.Id });
            builder.HasIndex(row => row.State);
        }
    }
}

/// <summary>One line of an import: what it asks for, what is there, and what became of it.</summary>
public sealed class ImportLineRow
{
    public required Guid Id { get; init; }
    public required Guid ImportId { get; init; }

    /// <summary>Line of the file, from 1; the header is line 1.</summary>
    public required int Line { get; init; }

    /// <summary>What it asks for, as JSON; null where it cannot be read, and once it was forgotten.</summary>
    public string? Wish { get; set; }

    /// <summary>What people call the line by.</summary>
    public string? Subject { get; set; }

    /// <summary>The user's name in capitals, by which lines are found; null as <see cref="Wish"/> is.</summary>
    public string? UserKey { get; set; }

    /// <summary>The user group's name in capitals; null as <see cref="Wish"/> is.</summary>
    public string? GroupKey { get; set; }

    /// <summary>What the UEM knows of the user, as JSON; null where there is none, or nobody asked yet.</summary>
    public string? KnownUser { get; set; }

    /// <summary>The user is in the group that the line names.</summary>
    public bool IsMember { get; set; }

    public ImportStep Step { get; set; }
    public ImportLineState State { get; set; }

    /// <summary>Remarks as JSON; null for none.</summary>
    public string? Notes { get; set; }

    /// <summary>Numeric id of the organization group in which something is made.</summary>
    public int? OrganizationGroupId { get; set; }

    /// <summary>The UEM's number of what was made or changed.</summary>
    public int? RemoteId { get; set; }

    /// <summary>How often something was sent for it: each time on a person's word.</summary>
    public int Sends { get; set; }
    public Guid? LedgerEntryId { get; set; }

    /// <summary>Lines of an import in the order of the file: the import's id, and the line where that ends.</summary>
    public static Guid IdOf(Guid import, int line)
    {
        var bytes = import.ToByteArray(bigEndian: true);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), line);
        return new Guid(bytes, bigEndian: true);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ImportLineRow>
    {
        public void Configure(EntityTypeBuilder<ImportLineRow> builder)
        {
            builder.ToTable("import_lines");
            builder.HasIndex(row => new { row.ImportId, row.Line }).IsUnique();
            builder.HasIndex(row => new { row.ImportId, row.UserKey });
            // Behind each number its lines; and which of them are next.
            builder.HasIndex(row => new
            {
                row.ImportId,
                row.Step,
                row.State,
                row.Line,
            });
        }
    }
}
