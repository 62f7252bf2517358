using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Hosting;

/// <summary>Which of the servers at the database works. There is one row.</summary>
public sealed class WorkLeaseRow
{
    public const int Only = 1;

    public required int Id { get; init; }

    /// <summary>Anew with each start.</summary>
    public Guid Server { get; set; }
    public required string Name { get; set; }

    /// <summary>By the database's clock.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>Machine and process.</summary>
    public static string NameOfThis { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    internal sealed class Mapping : IEntityTypeConfiguration<WorkLeaseRow>
    {
        public void Configure(EntityTypeBuilder<WorkLeaseRow> builder)
        {
            builder.ToTable("work_lease");
            builder.Property(row => row.Id).ValueGeneratedNever();
        }
    }
}
