using Picket.Core.Risk;

namespace Picket.Core.Notices;

/// <summary>How many findings of one kind and level became true.</summary>
public sealed record NewFindings(string Kind, RiskLevel Level, int Count);

/// <summary>
/// One notice for all that a round of judging found: kinds and numbers alone. No device, no person and no app is named, so
/// that nothing of an employee's own device leaves with it.
/// </summary>
public static class FindingsNotice
{
    private const int MostKinds = 10;

    public static string Title(string integration, int devices, IReadOnlyList<NewFindings> found) =>
        $"{integration}: {Counted(found.Sum(each => each.Count), "new finding")} on {Counted(devices, "device")} ({Levels(found)})";

    public static string Text(IReadOnlyList<NewFindings> found)
    {
        var kinds = found
            .OrderByDescending(each => each.Level)
            .ThenByDescending(each => each.Count)
            .ThenBy(each => each.Kind, StringComparer.Ordinal)
            .ToList();
        var lines = kinds
            .Take(MostKinds)
            .Select(each => $"{each.Level}: {FindingKinds.TitleOf(each.Kind)}, {each.Count:N0}");
        var more = kinds.Count > MostKinds ? $"\nand {kinds.Count - MostKinds} kinds more." : "";
        return string.Join('\n', lines) + more + "\nLook at the devices in the console; the evidence is there.";
    }

    private static string Levels(IReadOnlyList<NewFindings> found) =>
        string.Join(
            ", ",
            found
                .GroupBy(each => each.Level)
                .OrderByDescending(level => level.Key)
                .Select(level => $"{level.Sum(each => each.Count):N0} {level.Key}")
        );

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count:N0} {what}s";
}
