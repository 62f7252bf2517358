using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>Folder of the embedded database and the key ring.</summary>
    [Required(ErrorMessage = "Storage:DataFolder is empty; name a folder that the server may write to.")]
    public string DataFolder { get; init; } = ".data/server";

    /// <summary>Connection string of PostgreSQL; empty for the embedded SQLite.</summary>
    public string? Postgres { get; init; }

    /// <summary>How large the embedded database may grow; empty for as large as the disk lets it.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Storage:MaxMegabytes must lie between 1 and 1000000, or be left out.")]
    public int? MaxMegabytes { get; init; }

    public string SqliteFile => Path.Combine(DataFolder, "picket.db");
}
