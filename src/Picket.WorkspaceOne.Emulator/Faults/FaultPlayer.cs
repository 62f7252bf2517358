using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Faults;

/// <summary>Plays a script: counts the matching calls of each rule and says which one hits.</summary>
public sealed class FaultPlayer
{
    private readonly Lock gate = new();
    private FaultScript script = new();
    private int[] matched = [];
    private int[] hits = [];

    public FaultScript Script
    {
        get => script;
        set
        {
            lock (gate)
            {
                script = value;
                matched = new int[value.Rules.Count];
                hits = new int[value.Rules.Count];
            }
        }
    }

    /// <summary>How often each rule has hit.</summary>
    public IReadOnlyList<int> Hits
    {
        get
        {
            lock (gate)
            {
                return [.. hits];
            }
        }
    }

    public void Clear() => Script = new FaultScript();

    internal FaultRule? Next(string method, string path, string query)
    {
        lock (gate)
        {
            for (var at = 0; at < script.Rules.Count; at++)
            {
                var rule = script.Rules[at];
                if (Matches(rule, method, path, query) && IsTurn(rule, at, ++matched[at]))
                {
                    hits[at]++;
                    return rule;
                }
            }

            return null;
        }
    }

    private static bool Matches(FaultRule rule, string method, string path, string query) =>
        (rule.Method is null || rule.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (rule.Path is null || path.Contains(rule.Path, StringComparison.OrdinalIgnoreCase))
        && (rule.Query is null || query.Contains(rule.Query, StringComparison.OrdinalIgnoreCase));

    private bool IsTurn(FaultRule rule, int number, int call) =>
        hits[number] < rule.Times
        && call >= rule.From
        && (call - rule.From) % Math.Max(1, rule.Every) == 0
        && new Dice(script.Seed, (ulong)ThingKind.Faults, number).Chance(call, rule.PerMille);
}
