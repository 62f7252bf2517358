namespace Picket.Bench.Harness;

/// <summary>One measured figure beside its goal.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Goal">The goal in words; empty where the figure only explains another.</param>
/// <param name="Value">The figure.</param>
/// <param name="Met">Null where there is no goal.</param>
/// <param name="Law">True where missing it is a fault of the product, however busy the machine was.</param>
/// <param name="Note">How it came about.</param>
internal sealed record Figure(string Name, string Goal, string Value, bool? Met, bool Law, string Note)
{
    public static Figure AtMost(string name, double value, double limit, string note, bool law = false) =>
        new(name, $"<= {limit:0.00}", $"{value:0.000}", value <= limit, law, note);

    public static Figure AtLeast(string name, double value, double limit, string note) =>
        new(name, $">= {limit:0.00}", $"{value:0.000}", value >= limit, Law: false, note);

    public static Figure None(string name, long count, string note) =>
        new(name, "0", $"{count}", count == 0, Law: true, note);

    public static Figure Fact(string name, string value, string note = "") => new(name, "", value, null, false, note);
}
