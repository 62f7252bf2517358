using Picket.Api;
using Picket.Server.Console;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Hunts;

/// <summary>Hunts as people read them, and the addresses of their pages.</summary>
internal static class HuntWords
{
    /// <summary>Those that can be answered, then those that are answered with why not.</summary>
    public static readonly IReadOnlyList<HuntKind> Kinds = Enum.GetValues<HuntKind>();

    public static string Of(HuntKind kind) =>
        kind switch
        {
            HuntKind.App => T("App, by its exact id"),
            HuntKind.AppPattern => T("Apps, by a pattern of ids"),
            HuntKind.OsVersion => T("System version"),
            HuntKind.PatchLevel => T("Security patch level"),
            HuntKind.Model => T("Model"),
            HuntKind.Feed => T("Everything that a feed lists"),
            HuntKind.Certificate => T("Signing certificate"),
            HuntKind.Profile => T("Configuration profile"),
            HuntKind.FileHash => T("File hash"),
            _ => T("Domain"),
        };

    public static string Of(HuntState state) =>
        state switch
        {
            HuntState.Now => T("Has it now"),
            HuntState.Had => T("Had it"),
            HuntState.New => T("New"),
            _ => T("Has or had it"),
        };

    public static string Answer(HuntKind? kind, string? value, HuntState state = HuntState.Ever) =>
        PageAddress.Of(
            "/hunts/answer",
            ("kind", kind),
            ("value", value),
            ("state", state is HuntState.Ever ? null : state)
        );

    public static string Saved(Guid id, HuntState state = HuntState.Ever) =>
        PageAddress.Of($"/hunts/{id}", ("state", state is HuntState.Ever ? null : state));

    /// <summary>What else the devices are that an answer does not speak of.</summary>
    public static string NotSeen(HuntKind kind) =>
        kind switch
        {
            HuntKind.OsVersion => FactsPage("OsVersion"),
            HuntKind.PatchLevel => FactsPage("SecurityPatch"),
            HuntKind.Model => FactsPage("Model"),
            _ => FactsPage("Apps"),
        };

    private static string FactsPage(string fact) =>
        PageAddress.Of("/devices", ("fact", fact), ("factAge", FactAge.Never));
}
