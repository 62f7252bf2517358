using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Picket.Server.Storage;

/// <summary>The embedded database: one node, up to about 100,000 devices.</summary>
public sealed class SqlitePicketDbContext(DbContextOptions<SqlitePicketDbContext> options) : PicketDbContext(options)
{
    /// <summary>SQLite has no time type that orders; times are Unix milliseconds there.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    private sealed class UnixMilliseconds()
        : ValueConverter<DateTimeOffset, long>(
            time => time.ToUnixTimeMilliseconds(),
            value => DateTimeOffset.FromUnixTimeMilliseconds(value)
        );

    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqlitePicketDbContext>
    {
        public SqlitePicketDbContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqlitePicketDbContext>().UseSqlite("Data Source=:memory:").Options);
    }
}
