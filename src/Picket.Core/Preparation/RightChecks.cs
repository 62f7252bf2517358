namespace Picket.Core.Preparation;

/// <summary>One check for each row of the catalogue.</summary>
internal static class RightChecks
{
    internal const string Prefix = "right:";

    internal static void Run(Examination examination)
    {
        foreach (var row in RightsCatalogue.Rows)
        {
            examination.Check(Define(row), () => Judge(row, examination.Facts));
        }
    }

    private static CheckDefinition Define(RightRow row) =>
        new(RightsCatalogue.CheckId(row), $"{row.ConsolePath} ({row.Access})", Breaks(row), row.Grant);

    private static string Breaks(RightRow row) =>
        row.Feature == PicketFeature.Unused
            ? "Nothing stops: Picket does not use it."
            : $"{FeatureNames.Of(row.Feature)} does not work{(row.Routes.Count == 0 ? "" : $" ({string.Join(", ", row.Routes)})")}.";

    private static Judgement Judge(RightRow row, ProbeFacts facts) =>
        facts.Used.TryGetValue(row.Id, out var use) ? ByUse(row, use, facts)
        : row.Probe is null ? Untestable(row)
        : facts.Answer(row.Probe) is { } answer ? ByProbe(row, answer, facts)
        : Judgement.NotTested("The call that needs it was not made.");

    private static Judgement ByUse(RightRow row, RightUse use, ProbeFacts facts) =>
        use == RightUse.Proved
            ? Judgement.Pass("Real use has proved it.")
            : Missing(row, "Real use was refused for want of it.", null, facts);

    /// <summary>Nothing is written to find out; and some rows have no public route at all.</summary>
    private static Judgement Untestable(RightRow row) =>
        row.Feature == PicketFeature.Unused ? Judgement.NotTested("Picket does not use it; it can be left out.")
        : row.Access == RightAccess.Edit ? Judgement.NotTested("A right to write shows only when it is used.")
        : Judgement.NotTested(
            $"The API cannot tell. Look under {ConsolePaths.Roles} whether {row.ConsolePath} is granted."
        );

    private static Judgement ByProbe(RightRow row, RemoteAnswer answer, ProbeFacts facts) =>
        Refusals.Of(answer) switch
        {
            Refusal.None when answer.IsApi => Judgement.Pass("A call that needs it succeeded.", answer),
            Refusal.RightMissing => Missing(
                row,
                "A call that needs it was refused for want of a right.",
                answer,
                facts
            ),
            _ => Judgement.NotTested("The call that needs it failed for another reason.", answer),
        };

    /// <summary>A right that only a switched-off feature needs is no failure; the feature stays off.</summary>
    private static Judgement Missing(RightRow row, string finding, RemoteAnswer? answer, ProbeFacts facts)
    {
        var needed = row.Feature == PicketFeature.Inventory || facts.Features.Contains(row.Feature);
        var causes = Indistinguishable(row)
            .Select(other => new CheckCause($"{other.ConsolePath} is not granted.", other.Grant));
        return needed
            ? new(CheckState.Fail, finding, answer, [.. causes])
            : new(CheckState.Warn, $"{finding} {FeatureNames.Off(row.Feature)}", answer, [.. causes]);
    }

    /// <summary>Rows that the same call needs: one refusal cannot tell which of them is missing.</summary>
    private static IEnumerable<RightRow> Indistinguishable(RightRow row) =>
        row.Probe is null
            ? RightsCatalogue.Suspects(row)
            : RightsCatalogue.Rows.Where(other => other.Probe?.Id == row.Probe.Id).OrderBy(other => other.Id != row.Id);
}
