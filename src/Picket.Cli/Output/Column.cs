using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>
/// One column of a table. Its values are shown by their type: numbers to the right, times as ages, texts cut where the
/// terminal is too narrow.
/// </summary>
/// <param name="Exact">Never cut, so that it can be copied; for ids and states.</param>
/// <param name="Wide">Only shown where the whole table has room for it.</param>
internal sealed record Column<T>(string Title, Func<T, object?> Value, bool Exact = false, bool Wide = false)
{
    public Func<T, Style>? Style { get; init; }
}
