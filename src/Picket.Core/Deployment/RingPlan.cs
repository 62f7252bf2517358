using System.Globalization;

namespace Picket.Core.Deployment;

/// <summary>When a ring is good enough for the next one to begin, and when it is bad enough to stop.</summary>
public sealed record RingRules
{
    /// <summary>How long a ring is watched at least.</summary>
    public TimeSpan Soak { get; init; } = TimeSpan.FromDays(1);

    /// <summary>After this a ring that is not good enough is bad.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Older readings prove nothing good.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Share of the ring's devices that must have the app, 0 to 1; also of those that the UEM does not assign it to.</summary>
    public double Installed { get; init; } = 0.9;

    /// <summary>Share of the ring's devices on which it may fail, 0 to 1.</summary>
    public double Failed { get; init; } = 0.05;

    /// <summary>Share of the ring's devices whose verdict may worsen, 0 to 1.</summary>
    public double Worsened { get; init; } = 0.05;

    /// <summary>So many of each are never too many: in a small ring one device is a large share.</summary>
    public int AlwaysAllowed { get; init; } = 1;
}

/// <summary>What is known of a ring. What was not read is null, and never 0.</summary>
public sealed record RingFacts
{
    /// <summary>When its assignment was confirmed in the UEM.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When the counts were read.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Devices of the ring that are managed and can have the app.</summary>
    public int? Fitting { get; init; }

    /// <summary>Of these, devices that the UEM assigns the app to.</summary>
    public int? Assigned { get; init; }

    /// <summary>Of these, devices that have it.</summary>
    public int? Installed { get; init; }

    /// <summary>Of these, devices on which it failed.</summary>
    public int? Failed { get; init; }

    /// <summary>Of these, devices whose verdict is worse than when the ring began.</summary>
    public int? Worsened { get; init; }

    /// <summary>Devices whose verdict was known when the ring began, and is not any more.</summary>
    public int? VerdictsLost { get; init; }
}

/// <summary>What a rollout does next.</summary>
public abstract record RingStep
{
    private RingStep() { }

    /// <summary>The ring is good: the next one begins.</summary>
    public sealed record GoOn : RingStep;

    /// <summary>The last ring is good.</summary>
    public sealed record Done : RingStep;

    /// <param name="Why">What is waited for.</param>
    public sealed record Wait(string Why) : RingStep;

    /// <summary>No ring begins until a person says so. What is assigned stays.</summary>
    /// <param name="Why">What is wrong, and what to look at.</param>
    public sealed record Pause(string Why) : RingStep;
}

/// <summary>
/// Decides after each reading of the last ring that began: the canary group first, then shares, then all. Bad news count
/// however old they are; good news only while they are fresh, and what is not known is none.
/// </summary>
public static class RingPlan
{
    /// <param name="isLast">Whether no ring comes after it.</param>
    public static RingStep Decide(RingFacts ring, bool isLast, RingRules rules, DateTimeOffset now) =>
        Bad(ring, rules) is { } bad ? new RingStep.Pause(bad)
        : Missing(ring, rules, now) is { } missing
            ? now - ring.BeganAt > rules.Deadline
                    ? new RingStep.Pause($"{missing} It has been so past the deadline: look at the app in the UEM.")
                : new RingStep.Wait(missing)
        : now - ring.BeganAt < rules.Soak
            ? new RingStep.Wait(Text($"The ring is watched until {ring.BeganAt + rules.Soak:u}."))
        : isLast ? new RingStep.Done()
        : new RingStep.GoOn();

    private static string? Bad(RingFacts ring, RingRules rules) =>
        IsOver(ring.Failed, rules.Failed, ring.Assigned, rules)
            ? Text(
                $"The app failed on {ring.Failed} of {Of(ring.Assigned)} devices. Look at their reasons before you go on."
            )
        : IsOver(ring.Worsened, rules.Worsened, ring.Assigned, rules)
            ? Text(
                $"The verdict of {ring.Worsened} of {Of(ring.Assigned)} devices is worse than when the ring began. Look at their findings before you go on."
            )
        : null;

    /// <summary>Without knowing of how many, more than is always allowed is too many.</summary>
    private static bool IsOver(int? count, double share, int? assigned, RingRules rules) =>
        count > rules.AlwaysAllowed && count > share * Math.Max(0, assigned ?? 0);

    /// <summary>What is lacking for a good ring; null: nothing.</summary>
    private static string? Missing(RingFacts ring, RingRules rules, DateTimeOffset now)
    {
        if (
            ring is not { ReadAt: { } readAt, Assigned: { } assigned, Installed: { } installed, Failed: { } failed }
            || ring is not { Fitting: { } fitting, Worsened: { } worsened, VerdictsLost: { } lost }
            || readAt < ring.BeganAt
        )
        {
            return "How the ring is doing has not been read since it began.";
        }

        if (now - readAt > rules.MaxAge)
        {
            return Text($"How the ring is doing was last read {readAt:u}, too long ago to go on.");
        }

        if (installed < 0 || failed < 0 || (long)installed + failed > assigned || assigned > fitting)
        {
            return Text(
                $"The UEM's counts contradict each other: {installed} installed and {failed} failed of {assigned} assigned, of {fitting} in all."
            );
        }

        return fitting == 0
                ? "The ring has no device that can have the app, so it proves nothing. Look at its smart groups."
            : installed < rules.Installed * fitting
                ? Text($"{installed} of {fitting} devices have the app; {rules.Installed * 100:0.#}% are needed.")
            : lost > 0 && IsOver((int)Math.Min(int.MaxValue, (long)worsened + lost), rules.Worsened, assigned, rules)
                ? Text(
                    $"The verdict of {lost} of {fitting} devices is not known any more: it may be worse. Look at when they were last read."
                )
            : null;
    }

    private static string Of(int? assigned) =>
        assigned?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
