using Picket.Api;

namespace Picket.Server.Deployment;

/// <summary>What somebody else wrote at the same time, for the ledger.</summary>
internal static class ForeignChangeText
{
    public static string Of(ForeignChangeView change)
    {
        (string Word, IReadOnlyList<string> Names)[] parts =
        [
            ("added", change.Added),
            ("removed", change.Removed),
            ("changed", change.Changed),
        ];
        var named = parts
            .Where(part => part.Names.Count > 0)
            .Select(part => $"{part.Word} {string.Join(", ", part.Names.Select(name => $"'{name}'"))}");
        var what = change.Rest ? named.Append("changed the order or what is excluded") : named;
        return $"Somebody else wrote the app's assignments at the same time: {string.Join("; ", what)}. It was left as it is.";
    }
}
