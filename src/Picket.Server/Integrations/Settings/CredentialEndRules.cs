using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Notices;

namespace Picket.Server.Integrations;

/// <summary>The day on which a credential ends: what may be typed, and what the doctor says of it.</summary>
public sealed class CredentialEndRules(IOptions<NoticeOptions> options, TimeProvider time)
{
    private const string CheckId = "credential-end";
    private const int MostYears = 50;

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    internal void Check(DateOnly? on, FieldMistakes mistakes) =>
        mistakes.Unless(
            on is null || (on >= Today && on <= Today.AddYears(MostYears)),
            "credentialEndsOn",
            $"Give the last day on which the credential works, from today on, such as {Today.AddYears(1):yyyy-MM-dd}."
        );

    /// <summary>Null where nobody typed one.</summary>
    public CredentialEnds? Of(IntegrationRow row) =>
        row.CredentialEndsOn is { } on ? new CredentialEnds(on, options.Value.CredentialEndsDays) : null;

    public bool IsNear(IntegrationRow row) => Of(row)?.IsNear(Today) is true;

    /// <summary>In a sentence; null until people are to be told.</summary>
    public string? Warning(IntegrationRow row) => Of(row) is { } ends && ends.IsNear(Today) ? ends.Said(Today) : null;

    /// <summary>The report of a saved integration, with one check more where the day is known.</summary>
    internal DoctorReport AddTo(DoctorReport report, IntegrationRow row)
    {
        if (Of(row) is not { } ends)
        {
            return report;
        }

        var near = ends.IsNear(Today);
        var said = ends.Said(Today);
        var check = new DoctorCheck
        {
            Id = CheckId,
            Title = "The credential lasts",
            State = near ? Api.CheckState.Warn : Api.CheckState.Pass,
            Finding = $"By the day that was typed for it, {said}.",
            Breaks = near ? "Once the UEM refuses it, nothing is read and nothing is written." : null,
            Clicks = near
                ?
                [
                    "Make the new password or client secret in the UEM.",
                    "Enter it in Picket, with the day on which it ends.",
                ]
                : [],
        };
        return report with
        {
            Checks = [.. report.Checks, check],
            Warn = report.Warn + (near ? 1 : 0),
            Pass = report.Pass + (near ? 0 : 1),
        };
    }
}
