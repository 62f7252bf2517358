using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Picket.Server.Storage;

/// <summary>PostgreSQL: several nodes, or more than about 100,000 devices.</summary>
public sealed class PostgresPicketDbContext(DbContextOptions<PostgresPicketDbContext> options)
    : PicketDbContext(options)
{
    /// <summary>PostgreSQL refuses offsets other than zero, and keeps microseconds only.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();

    private sealed class Utc()
        : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);

    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresPicketDbContext>
    {
        public PostgresPicketDbContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgresPicketDbContext>().UseNpgsql("Host=design-time").Options);
    }
}
