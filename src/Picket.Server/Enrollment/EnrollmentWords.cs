using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Enrollment;

/// <summary>Imports as people read them.</summary>
internal static class EnrollmentWords
{
    public static string Of(ImportKind kind) =>
        kind switch
        {
            ImportKind.Users => T("Users"),
            ImportKind.Devices => T("Devices"),
            _ => T("Members of custom groups"),
        };

    public static string Of(ImportState state) =>
        state switch
        {
            ImportState.Receiving => T("Being taken in"),
            ImportState.Checking => T("Being checked"),
            ImportState.Checked => T("Checked"),
            ImportState.Queued => T("Queued"),
            ImportState.Running => T("Running"),
            ImportState.Completed => T("Completed"),
            ImportState.Incomplete => T("Incomplete"),
            ImportState.Failed => T("Failed"),
            _ => T("Cancelled"),
        };

    public static string Class(ImportState state) =>
        state switch
        {
            ImportState.Completed => "state-good",
            ImportState.Failed => "state-bad",
            ImportState.Checked or ImportState.Incomplete => "state-waits",
            _ => "",
        };

    public static string Of(ImportStep step) =>
        step switch
        {
            ImportStep.Create => T("Make"),
            ImportStep.Change => T("Change"),
            ImportStep.AlreadyThere => T("Already there"),
            ImportStep.Refused => T("Refused"),
            _ => T("Not checked"),
        };

    public static string Of(ImportLineState state) =>
        state switch
        {
            ImportLineState.Waiting => T("Waits"),
            ImportLineState.Sent => T("Sent"),
            ImportLineState.Done => T("Done"),
            ImportLineState.Failed => T("Failed"),
            _ => T("Not clear"),
        };

    public static string Class(ImportLineState state) =>
        state switch
        {
            ImportLineState.Done => "state-good",
            ImportLineState.Failed => "state-bad",
            ImportLineState.Unclear => "state-waits",
            _ => "",
        };

    public static string Lines(int lines) => lines == 1 ? T("1 line") : T("{0} lines", $"{lines:N0}");

    /// <summary>Something of it happens by itself.</summary>
    public static bool Moves(ImportState state) =>
        state is ImportState.Receiving or ImportState.Checking or ImportState.Queued or ImportState.Running;
}
