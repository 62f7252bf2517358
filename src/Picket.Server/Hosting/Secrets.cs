using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Hosting;

/// <summary>Section <c>Secrets</c>.</summary>
public sealed record SecretsOptions
{
    /// <summary>RSA certificate with private key (PFX, or PEM with both) that wraps the key ring. Keep it outside the data folder.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Password of a PFX file.</summary>
    public string? CertificatePassword { get; init; }
}

public static class SecretsSlice
{
    public static void AddSecrets(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<SecretsOptions>()
            .BindConfiguration("Secrets")
            .RefuseUnknownSettings("Secrets")
            .Validate<IOptions<StorageOptions>>(
                (options, storage) => options.CertificateFile is null || IsUsable(options, storage.Value),
                "Secrets:CertificateFile must name a readable RSA certificate with its private key, outside the data folder."
            )
            .ValidateOnStart();
        builder
            .Services.AddOptions<KeyManagementOptions>()
            .Configure<IConfiguration, ILoggerFactory>(
                (keys, configuration, logs) =>
                    keys.XmlRepository = new FileSystemXmlRepository(
                        DataFolder.Create(
                            Path.Combine(DataFolder.Create(Unchecked(configuration).DataFolder).FullName, "keys")
                        ),
                        logs
                    )
            );
        builder.Services.AddDataProtection().SetApplicationName("picket").WrapKeys(builder.Configuration);
        builder.Services.AddSingleton<SecretBox>();
    }

    /// <summary>A certificate that cannot be used is reported with all other mistakes at start, not here.</summary>
    private static void WrapKeys(this IDataProtectionBuilder keys, ConfigurationManager configuration)
    {
        var secrets = configuration.GetSection("Secrets").Get<SecretsOptions>() ?? new SecretsOptions();
        var storage = Unchecked(configuration);
        if (secrets.CertificateFile is not null && IsUsable(secrets, storage))
        {
            keys.ProtectKeysWithCertificate(Load(secrets));
        }
    }

    /// <summary>
    /// The web pipeline asks for keys while it is put together, before settings are checked: their mistakes are for the
    /// check to name.
    /// </summary>
    private static StorageOptions Unchecked(IConfiguration configuration) =>
        configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();

    internal static X509Certificate2 Load(SecretsOptions options) =>
        Path.GetExtension(options.CertificateFile) is ".pem"
            ? X509Certificate2.CreateFromPemFile(options.CertificateFile!)
            : X509CertificateLoader.LoadPkcs12FromFile(options.CertificateFile!, options.CertificatePassword);

    private static bool IsUsable(SecretsOptions options, StorageOptions storage)
    {
        var folder = Path.GetFullPath(storage.DataFolder) + Path.DirectorySeparatorChar;
        if (Path.GetFullPath(options.CertificateFile!).StartsWith(folder, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            using var certificate = Load(options);
            return certificate.HasPrivateKey && certificate.GetRSAPrivateKey() is not null;
        }
        catch (Exception unreadable)
            when (unreadable is IOException or CryptographicException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
