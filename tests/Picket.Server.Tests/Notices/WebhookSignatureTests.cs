using CsCheck;
using Picket.Api;

namespace Picket.Server.Tests.Notices;

/// <summary>The verifier that a receiver uses, against answers that are known and everything that may come instead.</summary>
public sealed class WebhookSignatureTests
{
    // Of the specification's reference libraries.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Known = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly byte[] Body = "{\"test\": 2432232314}"u8.ToArray();

    private static readonly Gen<string> Secrets = Gen
        .Byte.Array[24, 64]
        .Select(bytes => WebhookSignature.SecretPrefix + Convert.ToBase64String(bytes));

    [Fact]
    public void Signs_as_the_reference_libraries_do()
    {
        Assert.Equal(Known, WebhookSignature.Sign(Id, At, Body, Secret));
        Assert.Equal(WebhookCheck.Genuine, Check(Headers(Known), Body, At));
    }

    [Fact]
    public void Knows_what_was_signed_with_any_of_the_secrets_and_nothing_else() =>
        Secrets
            .Select(Secrets, Gen.Byte.Array[0, 200], Gen.String[Gen.Char.AlphaNumeric, 1, 40])
            .Sample(
                (secret, other, body, id) =>
                {
                    var headers = Headers($"v1,bm9uZQ== {WebhookSignature.Sign(id, At, body, secret)} v1a,x", id);
                    Assert.Equal(WebhookCheck.Genuine, WebhookSignature.Verify(headers, body, [other, secret], At));
                    Assert.Equal(
                        secret == other ? WebhookCheck.Genuine : WebhookCheck.WrongSignature,
                        WebhookSignature.Verify(headers, body, [other], At)
                    );
                }
            );

    [Fact]
    public void Refuses_a_body_of_which_one_bit_was_turned() =>
        Secrets
            .Select(Gen.Byte.Array[1, 200], Gen.Int[0, 1599])
            .Sample(
                (secret, body, bit) =>
                {
                    var headers = Headers(WebhookSignature.Sign(Id, At, body, secret));
                    body[bit / 8 % body.Length] ^= (byte)(1 << (bit % 8));
                    return WebhookSignature.Verify(headers, body, [secret], At) == WebhookCheck.WrongSignature;
                }
            );

    [Fact]
    public void Refuses_another_id_another_time_and_what_was_cut()
    {
        Assert.Equal(WebhookCheck.WrongSignature, Check(Headers(Known, "msg_other"), Body, At));
        Assert.Equal(
            WebhookCheck.WrongSignature,
            Check(Headers(Known, timestamp: $"{At.ToUnixTimeSeconds() + 1}"), Body, At)
        );
        Assert.Equal(WebhookCheck.WrongSignature, Check(Headers(Known[..^2]), Body, At));
        Assert.Equal(WebhookCheck.WrongSignature, Check(Headers(Known.Replace("v1,", "v2,")), Body, At));
        Assert.Equal(WebhookCheck.WrongSignature, Check(Headers(Known[3..]), Body, At));
        Assert.Equal(WebhookCheck.WrongSignature, Check(Headers(" , v1, ,"), Body, At));
    }

    [Theory]
    [InlineData(300, WebhookCheck.Genuine)]
    [InlineData(301, WebhookCheck.TooOld)]
    [InlineData(-300, WebhookCheck.Genuine)]
    [InlineData(-301, WebhookCheck.TooNew)]
    [InlineData(86400, WebhookCheck.TooOld)]
    public void A_replay_of_an_old_one_is_refused_though_its_signature_is_right(int seconds, WebhookCheck expected) =>
        Assert.Equal(expected, Check(Headers(Known), Body, At.AddSeconds(seconds)));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1614265330.0")]
    [InlineData(" 1614265330")]
    [InlineData("99999999999999999999999")]
    public void Refuses_a_time_that_is_none(string timestamp) =>
        Assert.Contains(
            Check(Headers(Known, timestamp: timestamp), Body, At),
            new[] { WebhookCheck.TimestampUnreadable, WebhookCheck.HeaderMissing }
        );

    [Fact]
    public void Refuses_a_header_that_is_missing_or_there_twice()
    {
        foreach (var header in Headers(Known))
        {
            Assert.Equal(
                WebhookCheck.HeaderMissing,
                Check(Headers(Known).Where(each => each.Key != header.Key), Body, At)
            );
            Assert.Equal(WebhookCheck.HeaderMissing, Check(Headers(Known).Append(header), Body, At));
        }

        var upper = Headers(Known).Select(each => KeyValuePair.Create(each.Key.ToUpperInvariant(), each.Value));
        Assert.Equal(WebhookCheck.Genuine, Check(upper, Body, At));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")] // Without its beginning.
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all, however long it may be")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")] // 65 bytes
    public void A_secret_that_is_none_is_the_receivers_mistake_and_said(string secret)
    {
        Assert.Throws<ArgumentException>(() => WebhookSignature.Sign(Id, At, Body, secret));
        var refused = Assert.Throws<ArgumentException>(() =>
            WebhookSignature.Verify(Headers(Known), Body, [Secret, secret], At)
        );
        Assert.DoesNotContain("MfKQ", refused.Message);
        Assert.Throws<ArgumentException>(() => WebhookSignature.Verify(Headers(Known), Body, [], At));
    }

    [Fact]
    public void Each_new_secret_is_another_and_good()
    {
        var (one, other) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());

        Assert.NotEqual(one, other);
        Assert.Equal(WebhookSignature.Sign(Id, At, Body, one), WebhookSignature.Sign(Id, At, Body, one));
        Assert.NotEqual(WebhookSignature.Sign(Id, At, Body, one), WebhookSignature.Sign(Id, At, Body, other));
    }

    [Fact]
    public void Whatever_comes_is_answered_and_never_taken_for_genuine() =>
        Gen
            .String.Select(Gen.String, Gen.String, Gen.Byte.Array[0, 50])
            .Sample(
                (id, timestamp, signatures, body) =>
                    Check(Headers(signatures, id, timestamp), body, At) != WebhookCheck.Genuine
            );

    private static WebhookCheck Check(
        IEnumerable<KeyValuePair<string, string>> headers,
        byte[] body,
        DateTimeOffset now
    ) => WebhookSignature.Verify(headers, body, [Secret], now);

    private static KeyValuePair<string, string>[] Headers(
        string signatures,
        string id = Id,
        string? timestamp = null
    ) =>
        [
            new(WebhookSignature.IdHeader, id),
            new(WebhookSignature.TimestampHeader, timestamp ?? $"{At.ToUnixTimeSeconds()}"),
            new(WebhookSignature.SignatureHeader, signatures),
        ];
}
