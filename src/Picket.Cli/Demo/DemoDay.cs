using System.Diagnostics;
using System.Globalization;
using Picket.Api;

namespace Picket.Cli.Demo;

/// <summary>An administrator's first day, without the administrator:
/// 1 import feeds, 2 state the rules, 3 ask the doctor, 4 connect, 5 sync, 6 judge, 7 hunt, 8 preview and tag,
/// 9 compare with the UEM, 10 import newcomers, 11 publish an app, 12 ask for a wipe, 13 tighten the policy, which the brake holds, 14 count.
/// </summary>
internal sealed class DemoDay(DemoSite site, DemoOptions options, Terminal terminal)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly PicketClient picket = site.Client;

    public async Task<DemoFigures> LiveAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        await ImportFeedsAsync(cancellation); // 1

        var rules = new DemoRules(site, options, terminal);
        await rules.StateAsync(cancellation); // 2
        var wish = await WishAsync(cancellation);

        Say("Asking the doctor whether the UEM is prepared …"); // 3
        var doctor = await picket.DoctorAsync(wish, cancellationToken: cancellation);
        Say($"  {doctor.Pass} pass, {doctor.Fail} fail, {doctor.Warn} warn, {doctor.NotTested} not tested");

        Say("Connecting …"); // 4
        var integration = await picket.CreateIntegrationAsync(wish, cancellation);
        var run = await SyncAsync(integration.Id, cancellation); // 5
        var overview = await JudgeAsync(cancellation); // 6
        await rules.HuntAsync(cancellation); // 7
        var tagging = await TagAsync(integration.Id, cancellation); // 8

        Say("Comparing the ledger with the UEM …"); // 9
        var comparison = await LedgerComparison.MakeAsync(picket, site.Uem, integration, cancellation);

        var newcomers = await new DemoImports(site, options, terminal).RunAsync(integration, cancellation); // 10

        var rollout = await new DemoPublication(site, options, terminal).RunAsync(integration, cancellation); // 11

        site.Approver = await new DemoWipe(site, terminal).AskAsync(integration.Id, cancellation); // 12
        var held = await rules.TightenAsync(integration.Id, cancellation); // 13
        site.HasHeldRun = held > 0;
        var approvals = await picket.ApprovalsAsync(cancellation);

        integration = await picket.IntegrationAsync(integration.Id, cancellation); // 14
        return new DemoFigures
        {
            Devices = integration.Counts.Devices,
            Users = integration.Counts.Users,
            OrganizationGroups = integration.Counts.OrganizationGroups,
            SmartGroups = integration.Counts.SmartGroups,
            AppsKnownForDevices = integration.AppCoverage.Known,
            AppsEligibleDevices = integration.AppCoverage.Eligible,
            Findings = overview.FindingKinds.Values.Sum(),
            FindingKinds = overview.FindingKinds.Count,
            FindingsByKind = overview.FindingKinds,
            Policies = await rules.PoliciesAsync(cancellation),
            Hunts = await rules.HuntsAsync(cancellation),
            Verdicts = overview.Verdicts,
            Tagged = comparison.Tagged,
            TagMismatches = comparison.Mismatches,
            ImportedUsers = newcomers.Users,
            RegisteredDevices = newcomers.Devices,
            GroupMembers = newcomers.Members,
            ImportsAgree = newcomers is { IsWhole: true, IsListed: true },
            PublishedDevices = rollout.Assigned,
            InstalledDevices = rollout.Installed,
            PublicationAgrees = rollout.Agrees,
            TagRunsHeld = held,
            WipesWaiting = approvals.Items.Count(item => item.Kind == ApprovalKind.EnterpriseWipe),
            UemCalls = doctor.Calls + run.UemCalls + tagging.UemCalls + newcomers.UemCalls,
            Doctor = new DoctorFigures(doctor.Pass, doctor.Fail, doctor.Warn, doctor.NotTested),
            Seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
        };
    }

    private async Task ImportFeedsAsync(CancellationToken cancellation)
    {
        foreach (var file in options.Feeds.GetFiles().OrderBy(file => file.Name).Where(IsFeed))
        {
            var bytes = await File.ReadAllBytesAsync(file.FullName, cancellation);
            using var content = new MemoryStream(SampleFeeds.CheckedOn(bytes, terminal.Time.GetUtcNow()));
            // The prefix tells the server that these are our own samples, not the sources whose form they have.
            var name = $"sample-{file.Name}";
            var feed = await picket.ImportFeedAsync(name, content, FeedFormats.Auto, cancellationToken: cancellation);
            Say($"Imported {feed.Name} ({feed.Format}, {feed.Version.Licence})");
        }
    }

    private static bool IsFeed(FileInfo file) =>
        !file.Name.StartsWith("README", StringComparison.OrdinalIgnoreCase)
        && !file.Name.StartsWith("LICEN", StringComparison.OrdinalIgnoreCase);

    private async Task<CreateIntegration> WishAsync(CancellationToken cancellation) =>
        new()
        {
            Name = "Demo",
            Address = site.Uem.Address,
            OrganizationGroup = site.Uem.OrganizationGroup.ToString(CultureInfo.InvariantCulture),
            Credential = new BasicCredential(site.Uem.Account, site.Uem.Password, site.Uem.ApiKey),
            Creator = new AdministratorProof(site.Uem.ConsoleAccount, site.Uem.ConsolePassword),
            CaCertificatePem = site.Uem.CaFile is { } file ? await File.ReadAllTextAsync(file, cancellation) : null,
        };

    private async Task<RunView> SyncAsync(Guid integration, CancellationToken cancellation)
    {
        Say("Reading the fleet …");
        var run = await StartOrFindRunAsync(integration, cancellation);
        while (run.State is RunState.Queued or RunState.Running)
        {
            await Task.Delay(Poll, terminal.Time, cancellation);
            run = await picket.RunAsync(run.Id, cancellation);
        }

        var devices = run.Counts.GetValueOrDefault("devices")?.Read ?? 0;
        Say($"  {run.State}: {devices} devices, {run.UemCalls} calls");
        return run.State == RunState.Completed
            ? run
            : throw new DemoFailedException($"The sync ended {run.State}: {string.Join("; ", run.IncompleteReasons)}");
    }

    /// <summary>A new integration may already be reading by schedule; that run is the one to watch.</summary>
    private async Task<RunView> StartOrFindRunAsync(Guid integration, CancellationToken cancellation)
    {
        try
        {
            return await picket.StartRunAsync(integration, new StartRun(), cancellation);
        }
        catch (PicketApiException refused) when (refused.Problem?.Run is { } running)
        {
            return running;
        }
    }

    private async Task<OverviewView> JudgeAsync(CancellationToken cancellation)
    {
        Say("Judging …");
        var overview = await picket.OverviewAsync(cancellation);
        while (overview.JudgingDue > 0)
        {
            await Task.Delay(Poll, terminal.Time, cancellation);
            overview = await picket.OverviewAsync(cancellation);
        }

        var verdicts = overview.Verdicts;
        Say(
            $"  {verdicts.Critical} critical, {verdicts.High} high, {verdicts.Medium} medium, {verdicts.Low} low, "
                + $"{verdicts.Secure} secure, {verdicts.Unknown} unknown"
        );
        return overview;
    }

    private async Task<TagRunView> TagAsync(Guid integration, CancellationToken cancellation)
    {
        var preview = await picket.PreviewTagsAsync(integration, cancellation);
        Say($"Tagging: {preview.Adds} devices, {preview.TagsToCreate.Count} new tags, {preview.Calls} calls …");
        var run = await picket.AcceptTagsAsync(integration, preview.Id, cancellation);
        while (run.State is RunState.Queued or RunState.Running)
        {
            await Task.Delay(Poll, terminal.Time, cancellation);
            run = await picket.TagRunAsync(run.Id, cancellation);
        }

        return run;
    }

    private void Say(string line) => terminal.Error.WriteLine(line);
}
