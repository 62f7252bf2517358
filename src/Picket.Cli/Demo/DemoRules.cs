using Picket.Api;

namespace Picket.Cli.Demo;

/// <summary>
/// What the organization says itself: its policy, an app that colleagues reported, and a hunt for who has or had it.
/// </summary>
internal sealed class DemoRules(DemoSite site, DemoOptions options, Terminal terminal)
{
    private const string ReportedApp = "com.example.chatplus";
    private const string BlueTeam = "Blue team";
    private const string Rule = "device.no-passcode: high\n";
    private const string TighterRule = "device.no-passcode: critical\n";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Trust = TimeSpan.FromDays(90);
    private readonly PicketClient picket = site.Client;

    /// <summary>Before there are devices, so that they are judged once.</summary>
    public async Task StateAsync(CancellationToken cancellation)
    {
        var now = terminal.Time.GetUtcNow();
        var text = SamplePolicy.AsOf(await File.ReadAllTextAsync(options.Policy.FullName, cancellation), now);
        var plan = await picket.PlanPolicyAsync(text, checkOnly: true, cancellation);
        if (plan.Mistakes.Count > 0)
        {
            var mistakes = plan.Mistakes.Select(mistake => $"line {mistake.Line}: {mistake.Message}");
            throw new DemoFailedException($"{options.Policy.Name} is no policy: {string.Join("; ", mistakes)}");
        }

        var policy = await picket.ApplyPolicyAsync(
            new ApplyPolicy(text, plan.BasedOn, "What Northwind Care wants"),
            cancellation
        );
        Say($"Applied {options.Policy.Name} as version {policy.Number} of the policy");

        var reason = "Bears the name of a well-known chat and sends the address book away; two colleagues reported it";
        var indicator = await picket.AddOwnIndicatorAsync(
            new SaveOwnIndicator("app-id", ReportedApp, Level.High, reason, BlueTeam)
            {
                Category = "spyware",
                ExpiresAt = now + Trust,
            },
            cancellation
        );
        Say($"Added an indicator of our own: {indicator.Value}");
    }

    /// <summary>
    /// The tags are on; then the organization takes a missing passcode for worse. What a new policy changes first waits for a person.
    /// </summary>
    /// <returns>How many tag runs are held.</returns>
    public async Task<int> TightenAsync(Guid integration, CancellationToken cancellation)
    {
        var inForce = await picket.PolicyAsync(cancellation);
        var text = inForce.Text ?? "";
        var tighter = text.Replace(Rule, TighterRule, StringComparison.Ordinal);
        if (tighter == text)
        {
            throw new DemoFailedException(
                $"{options.Policy.Name} does not say '{Rule.Trim()}', which the demo tightens."
            );
        }

        var policy = await picket.ApplyPolicyAsync(
            new ApplyPolicy(tighter, inForce.Number, "A telephone with patients' data and no passcode is an open door"),
            cancellation
        );
        Say($"Applied version {policy.Number} of the policy: no passcode is critical");
        var held = await HeldAsync(integration, cancellation);
        foreach (var run in held)
        {
            Say($"  The brake held: {string.Join(" ", run.IncompleteReasons)}");
        }

        return held.Count;
    }

    /// <summary>A handful of devices may all have a passcode: then nothing changes, and nothing is held.</summary>
    private async Task<IReadOnlyList<TagRunView>> HeldAsync(Guid integration, CancellationToken cancellation)
    {
        var open = (await picket.OverviewAsync(cancellation)).FindingKinds.ContainsKey("device.no-passcode");
        var started = terminal.Time.GetTimestamp();
        while (true)
        {
            var tagging = await picket.TaggingAsync(integration, cancellation);
            if (tagging.Held.Count > 0 || !open || terminal.Time.GetElapsedTime(started) > Patience)
            {
                return tagging.Held;
            }

            await Task.Delay(Poll, terminal.Time, cancellation);
        }
    }

    /// <summary>When the apps are known.</summary>
    public async Task HuntAsync(CancellationToken cancellation)
    {
        var hunt = await picket.SaveHuntAsync(
            new SaveHunt(
                "False chat",
                HuntKind.App,
                ReportedApp,
                BlueTeam,
                "Who has or had the app that colleagues reported"
            ),
            cancellation
        );
        Say($"Saved a hunt for {hunt.Value}: {hunt.Now} devices have it, {hunt.Had} had it");
    }

    /// <summary>How many policies there are, as the server weighs them for a device.</summary>
    public async Task<int> PoliciesAsync(CancellationToken cancellation)
    {
        var devices = await picket.Devices(new DeviceFilter { Limit = 1 }).PageAsync(cancellation);
        var policy = await picket.DevicePolicyAsync(devices.Items[0].Id, cancellation);
        return policy.Steps.Count;
    }

    public async Task<int> HuntsAsync(CancellationToken cancellation) =>
        (await picket.Hunts().PageAsync(cancellation)).Items.Count;

    private void Say(string line) => terminal.Error.WriteLine(line);
}
