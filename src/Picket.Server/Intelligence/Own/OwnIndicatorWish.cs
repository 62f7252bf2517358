using Picket.Api;
using Picket.Core.Intelligence;
using Picket.Core.Risk;

namespace Picket.Server.Intelligence;

/// <summary>What somebody typed, read and checked: all mistakes at once.</summary>
internal sealed class OwnIndicatorWish
{
    private const int LongestValue = 256;
    private const int LongestReason = 300;
    private const int LongestOwner = 100;
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3653);

    private readonly SaveOwnIndicator wish;

    private OwnIndicatorWish(SaveOwnIndicator wish) => this.wish = wish;

    public Dictionary<string, string[]> Mistakes { get; } = [];

    public IndicatorKind Kind { get; private set; }

    public string Value { get; private set; } = "";

    public IndicatorPlatform Platform { get; private set; }

    public ThreatClass Class { get; private set; }

    public RiskLevel Severity { get; private set; }

    public static OwnIndicatorWish Read(SaveOwnIndicator wish, DateTimeOffset now)
    {
        var read = new OwnIndicatorWish(wish);
        read.ReadValue();
        read.ReadWords(now);
        return read;
    }

    public void Fill(OwnIndicatorRow row)
    {
        (row.Kind, row.Value, row.Platform, row.Class) = (Kind, Value, Platform, Class);
        (row.Severity, row.Reason, row.Owner) = (Severity, wish.Reason.Trim(), wish.Owner.Trim());
        (row.ExpiresAt, row.EndedAt) = (wish.ExpiresAt?.ToUniversalTime(), null);
    }

    private void ReadValue()
    {
        if (!IndicatorWords.TryRead(IndicatorWords.Kinds, wish.Kind ?? "", out var kind))
        {
            Refuse("kind", $"There is no such kind. Take one of {string.Join(", ", OwnIndicatorKinds.All)}.");
            return;
        }

        Kind = kind;
        Platform = Word("platform", wish.Platform, IndicatorWords.Platforms, IndicatorWords.UsualPlatform(kind));
        Class = Word("category", wish.Category, IndicatorWords.Classes, IndicatorWords.UsualClass(kind));
        Value = IndicatorValues.Normalise(kind, wish.Value ?? "");
        var refusal = Value.Length is 0 or > LongestValue
            ? $"A value has 1 to {LongestValue} characters."
            : IndicatorValues.Refuse(kind, Value, Platform);
        if (refusal is not null)
        {
            Refuse("value", refusal);
        }
    }

    private void ReadWords(DateTimeOffset now)
    {
        if (!Enum.TryParse<RiskLevel>(wish.Severity.ToString(), out var level) || level < RiskLevel.Low)
        {
            Refuse("severity", "A severity is Low, Medium, High or Critical.");
        }

        Severity = level;
        Length("reason", wish.Reason, LongestReason, "Say why it is there: findings show it.");
        Length("owner", wish.Owner, LongestOwner, "Name who answers for it.");
        if (wish.ExpiresAt is { } end && (end <= now || end - now > LongestLife))
        {
            Refuse("expiresAt", "It ends in the future, within ten years; leave it empty for no end.");
        }
    }

    private T Word<T>(string field, string? text, IReadOnlyDictionary<string, T> words, T usual)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return usual;
        }

        if (IndicatorWords.TryRead(words, text, out var value))
        {
            return value;
        }

        Refuse(field, $"Take one of {string.Join(", ", words.Keys)}.");
        return usual;
    }

    private void Length(string field, string? text, int longest, string advice)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Trim().Length > longest)
        {
            Refuse(field, $"{advice} It has 1 to {longest} characters.");
        }
    }

    private void Refuse(string field, string mistake) => Mistakes[field] = [mistake];
}
