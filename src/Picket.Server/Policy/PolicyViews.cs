using System.Security.Cryptography;
using System.Text;
using Picket.Api;
using Picket.Core.Policy;
using FeedError = Picket.Core.Intelligence.FeedError;

namespace Picket.Server.Policy;

/// <summary>Policy as the API shows it.</summary>
internal static class PolicyViews
{
    private const int DaysOfReminder = 14;

    public static PolicyVersionView BuiltIn(bool inForce) =>
        new()
        {
            Number = 0,
            InForce = inForce,
            Sha256 = HashOf(PolicyText.Default),
            Text = PolicyText.Default,
        };

    public static PolicyVersionView Of(PolicyVersionRow row, bool inForce, string? appliedBy, bool withText) =>
        new()
        {
            Number = row.Number,
            InForce = inForce,
            Sha256 = row.Sha256,
            AppliedAt = row.AppliedAt,
            AppliedBy = appliedBy,
            Comment = row.Comment,
            Text = withText ? row.Text : null,
        };

    public static PolicyExceptionView Of(PolicyException exception, DateOnly today, int findings) =>
        new()
        {
            Name = exception.Name,
            What = exception.What,
            Scope = exception.Where,
            Owner = exception.Owner,
            Reason = exception.Reason,
            Ends = exception.Ends,
            State =
                !exception.HoldsOn(today) ? ExceptionState.Ended
                : exception.Ends <= today.AddDays(DaysOfReminder) ? ExceptionState.EndsSoon
                : ExceptionState.Active,
            Findings = findings,
        };

    /// <param name="seesAll">A policy that does not hold for the device names groups that its reader may not see.</param>
    public static DevicePolicyView Of(
        PolicyInForce inForce,
        PolicyOrigin origin,
        DeviceSubject subject,
        DateOnly today,
        bool seesAll
    ) =>
        new()
        {
            Version = inForce.Number,
            Groups = subject.Place.Groups?.ToString(),
            Steps =
            [
                .. origin
                    .Steps.Where(step => seesAll || step.Holds is not false)
                    .Select(step => new PolicyStepView(
                        step.Policy.Name,
                        step.Policy.Scope.Group.Text,
                        step.Policy.Priority,
                        step.Holds,
                        step.Why
                    )),
            ],
            Values =
            [
                .. origin.Values.Select(value => new PolicyValueView(value.Value.Name, value.Value.Text, value.From)),
            ],
            Exceptions =
            [
                .. origin.Effective.Exceptions.Where(each => each.HoldsOn(today)).Select(exception => exception.Name),
            ],
        };

    public static IReadOnlyList<PolicyMistake> Mistakes(IEnumerable<FeedError> mistakes) =>
        [.. mistakes.Select(mistake => new PolicyMistake(mistake.Line, mistake.Column, mistake.Message))];

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
