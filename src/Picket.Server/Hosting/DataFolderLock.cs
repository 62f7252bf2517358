using Microsoft.Extensions.Options;
using Picket.Server.Storage;

namespace Picket.Server.Hosting;

/// <summary>
/// One server per data folder: the embedded database belongs to one process. Servers that share a PostgreSQL share the folder with
/// its keys, too.
/// </summary>
internal sealed class DataFolderLock(IOptions<StorageOptions> options) : IDisposable
{
    private FileStream? held;

    public void Take()
    {
        var folder = options.Value.DataFolder;
        DataFolder.Create(folder);
        if (!string.IsNullOrEmpty(options.Value.Postgres))
        {
            return;
        }

        var file = Path.Combine(folder, "server.lock");
        try
        {
            held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new IOException(
                $"Another server already uses the data folder '{folder}'. Stop it, or give this one its own Storage:DataFolder."
            );
        }
    }

    public void Dispose() => held?.Dispose();
}
