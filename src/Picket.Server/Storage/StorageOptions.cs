using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>Folder of the embedded database, the key ring and the owner's token.</summary>
    [Required(ErrorMessage = "Storage:DataFolder is empty; name a folder that the server may write to.")]
    public string DataFolder { get; init; } = ".data/server";

    /// <summary>Connection string of PostgreSQL; empty for the embedded SQLite.</summary>
    public string? Postgres { get; init; }

    public string SqliteFile => Path.Combine(DataFolder, "picket.db");
}
