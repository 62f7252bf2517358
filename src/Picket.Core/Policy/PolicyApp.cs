using System.Text.RegularExpressions;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Policy;

/// <summary>An app that a policy requires or denies, by its id or a pattern of ids.</summary>
/// <param name="Value">The id, letter for letter, or a pattern that <see cref="SafePattern"/> accepts.</param>
/// <param name="Platforms">Where; empty for all.</param>
public sealed record PolicyApp(
    string Value,
    bool IsPattern,
    IReadOnlyList<DevicePlatform> Platforms,
    string? Reason = null
)
{
    private readonly Regex? _pattern =
        IsPattern && SafePattern.TryCompile(Value, out var compiled, out _) ? compiled : null;

    public bool Concerns(DevicePlatform platform) => Platforms.Count == 0 || Platforms.Contains(platform);

    public bool Is(string identifier) =>
        IsPattern
            ? _pattern?.IsMatch(identifier) is true
            : string.Equals(Value, identifier, StringComparison.OrdinalIgnoreCase);

    public override string ToString()
    {
        var where = Platforms.Count == 0 ? "" : $" ({string.Join(", ", Platforms.Select(PolicyWords.Of))})";
        return (IsPattern ? $"/{Value}/" : Value) + where + (Reason is null ? "" : $": {Reason}");
    }
}
