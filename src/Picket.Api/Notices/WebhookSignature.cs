using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What a check of a webhook came to. Only <see cref="Genuine"/> may be acted upon.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebhookCheck>))]
public enum WebhookCheck
{
    /// <summary>It is from whoever holds the secret, unchanged, and fresh.</summary>
    Genuine,

    /// <summary>One of the three headers is missing, or there twice.</summary>
    HeaderMissing,

    /// <summary>The timestamp is not a number of seconds.</summary>
    TimestampUnreadable,

    /// <summary>The timestamp is older than the tolerance: it may be a replay of an old webhook.</summary>
    TooOld,

    /// <summary>The timestamp is later than the tolerance: one of the two clocks is wrong.</summary>
    TooNew,

    /// <summary>No signature fits any of the secrets: it is of somebody else, or was changed.</summary>
    WrongSignature,
}

/// <summary>
/// Signs and checks webhooks by the Standard Webhooks specification, version 1 with a symmetric secret
/// (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md): <c>webhook-signature</c> holds
/// <c>v1,</c> and the base64 HMAC-SHA256 of <c>id.timestamp.body</c>, several with a space between while secrets are
/// rotated.
/// </summary>
/// <remarks>
/// Within the tolerance the same webhook can come twice: by a try whose answer was lost, or by somebody who repeats what they
/// saw. So keep each <c>webhook-id</c> for longer than the tolerance, and act on the first alone.
/// </remarks>
public static class WebhookSignature
{
    /// <summary>Header: what tells one webhook from another, the same in each try.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>Header: when this try was made, in Unix seconds.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>Header: the signatures.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>What a secret begins with; base64 of 24 to 64 bytes follows.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>Five minutes, as the specification's own libraries have it.</summary>
    public static readonly TimeSpan UsualTolerance = TimeSpan.FromMinutes(5);

    private const string Version = "v1,";
    private const int NewKeyBytes = 32;
    private const int ShortestKey = 24;
    private const int LongestKey = 64;
    private const int MostSignatures = 20;

    /// <summary>A new secret of 32 random bytes.</summary>
    public static string NewSecret() =>
        SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewKeyBytes));

    /// <summary>One signature, <c>v1,…</c>.</summary>
    /// <param name="id">Of the webhook, without a dot.</param>
    /// <param name="timestamp">Of this try; whole seconds count.</param>
    /// <param name="body">The bytes as they travel.</param>
    /// <param name="secret"><c>whsec_…</c>.</param>
    /// <exception cref="ArgumentException">The secret is malformed.</exception>
    public static string Sign(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body, string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var seconds = timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Version + Convert.ToBase64String(Mac(Key(secret), id, seconds, body));
    }

    /// <summary>Checks a webhook as it came.</summary>
    /// <param name="headers">By name, of any case; only the three of the specification are read.</param>
    /// <param name="body">The bytes as they came, before anything parsed them.</param>
    /// <param name="secrets">All that are good now: while one is rotated, two.</param>
    /// <param name="now">The receiver's clock.</param>
    /// <param name="tolerance">How far the timestamp may be off in both directions; <see cref="UsualTolerance"/> when null.</param>
    /// <exception cref="ArgumentException">
    /// There is no secret, or one is malformed: not <c>whsec_</c> and base64 of 24 to 64 bytes. A receiver that is set up so would
    /// else look as if every sender were wrong.
    /// </exception>
    public static WebhookCheck Verify(
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlySpan<byte> body,
        IReadOnlyCollection<string> secrets,
        DateTimeOffset now,
        TimeSpan? tolerance = null
    )
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(secrets);
        if (secrets.Count == 0)
            throw new ArgumentException("Give the secret of the webhook.", nameof(secrets));
        var keys = secrets.Select(Key).ToList();
        var all = headers.ToList();
        if (
            Of(all, IdHeader) is not { } id
            || Of(all, TimestampHeader) is not { } timestamp
            || Of(all, SignatureHeader) is not { } signatures
        )
            return WebhookCheck.HeaderMissing;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return WebhookCheck.TimestampUnreadable;
        var (allowed, age) = (tolerance ?? UsualTolerance, now.ToUnixTimeSeconds() - (double)seconds);
        if (age > allowed.TotalSeconds)
            return WebhookCheck.TooOld;
        if (-age > allowed.TotalSeconds)
            return WebhookCheck.TooNew;
        return IsSigned(keys, id, timestamp, body, signatures) ? WebhookCheck.Genuine : WebhookCheck.WrongSignature;
    }

    /// <summary>Every signature is compared with every key, each in a time that does not tell how much of it fits.</summary>
    private static bool IsSigned(
        List<byte[]> keys,
        string id,
        string timestamp,
        ReadOnlySpan<byte> body,
        string signatures
    )
    {
        var given = signatures
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Take(MostSignatures)
            .Where(each => each.StartsWith(Version, StringComparison.Ordinal))
            .Select(each => Encoding.UTF8.GetBytes(each[Version.Length..]))
            .ToList();
        var signed = false;
        foreach (var key in keys)
        {
            var expected = Encoding.UTF8.GetBytes(Convert.ToBase64String(Mac(key, id, timestamp, body)));
            foreach (var each in given)
                signed |= CryptographicOperations.FixedTimeEquals(expected, each);
        }
        return signed;
    }

    private static string? Of(List<KeyValuePair<string, string>> headers, string name)
    {
        var found = headers.Where(each => string.Equals(each.Key, name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found is [{ Value.Length: > 0 } only] ? only.Value : null;
    }

    private static byte[] Mac(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }

    private static byte[] Key(string secret)
    {
        var bytes = new byte[LongestKey + 2];
        return
            secret is not null
            && secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[SecretPrefix.Length..], bytes, out var length)
            && length is >= ShortestKey and <= LongestKey
            ? bytes[..length]
            : throw new ArgumentException(
                $"A secret is {SecretPrefix} and base64 of {ShortestKey} to {LongestKey} bytes.",
                nameof(secret)
            );
    }
}
