using Picket.Api;

namespace Picket.Server.Tests.Deployment;

/// <summary>Files of internal apps on their way to the catalogue.</summary>
internal static class CatalogueUploads
{
    public const string Bundle = "com.example.ledger";

    /// <summary>Three chunks and a bit.</summary>
    public const int Bytes = (3 * 1024 * 1024) + 17;

    public static UploadAppFilter Wish(string version = "1.0") =>
        new()
        {
            Name = "Ledger",
            BundleId = Bundle,
            Version = version,
            Platform = AppPlatform.Android,
            FileName = "ledger.apk",
        };

    public static async Task<CatalogueChange> SendAsync(
        PublicationScene scene,
        UploadAppFilter wish,
        PicketClient? client = null
    )
    {
        using var file = new MemoryStream(new byte[Bytes]);
        return await (client ?? scene.Client).UploadAppAsync(
            scene.Integration,
            wish,
            file,
            TestContext.Current.CancellationToken
        );
    }
}
