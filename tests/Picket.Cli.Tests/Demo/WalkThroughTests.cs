using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Picket.Cli.Tests.Demo;

/// <summary>README.md, "Walk through the demo": every line of it, against the real demo.</summary>
[Collection(DemoTurns.Name)]
public sealed class WalkThroughTests
{
    /// <summary>What a reader of the README is promised to see. Each entry belongs to the lines that begin so.</summary>
    private static readonly (string Line, string Output)[] Promised =
    [
        ("./run picket status", @"Critical +\d+ .*Kind +True now.*Demo +Active"),
        ("./run picket integrations show Demo", @"Writing +on.*Devices +300"),
        ("./run picket doctor Demo", @"Reaching the UEM .*✓ pass .*Signing in .*Rights of the account "),
        ("./run picket runs list", "Full +Completed"),
        ("./run picket runs show", "devices +300"),
        ("./run picket runs rows $run --kind devices", "Id +Name.*iOS"),
        ("./run picket runs rows $(", "Id +Name.*[0-9a-f]{8}-"),
        ("./run picket devices list --level critical", "Critical"),
        ("./run picket devices show", @"Verdict +Critical.*Rule.*Facts"),
        ("./run picket devices apps", "App +Name +Version"),
        ("./run picket findings kinds app.look-alike", "Cannot see +.*Told to the user +"),
        ("./run picket findings kinds", "os.patch-old +Security patch level is old|app.look-alike"),
        ("./run picket integrations uem Demo", @"Version +25\.11.*have not signed in for 90 days"),
        ("./run picket findings --kind os.exploited-cves", "High +os.exploited-cves"),
        ("./run picket apps list", @"com\.example\."),
        ("./run picket users --search", "@|User"),
        ("./run picket users erase", "Remembered by number +yes"),
        ("./run picket groups organization", "Customer"),
        ("./run picket administrators", " at "),
        ("./run picket sync Demo --wait", "State +(Completed|Held)"),
        ("./run picket sync Demo --incremental --wait", "State +Completed"),
        ("./run picket sync Demo --device", "Kind +Device"),
        ("./run picket brakes stop --reason", "Why +(Profiles vanish, we look|A look first)"),
        ("./run picket brakes  ", "Writes +stopped"),
        ("./run picket brakes release", "Released +"),
        ("./run picket brakes stops", "Profiles vanish"),
        ("./run picket brakes never list", "NOT-HERE-YET"),
        ("./run picket notices add siem", "Secret +whsec_"),
        ("./run picket notices test siem", "State +Waiting.*Answer +"),
        ("./run picket notices channels", "siem +Webhook"),
        ("./run picket notices list --channel siem", @"test +Waiting"),
        ("./run picket notices rotate siem", "Old secret until .*Secret +whsec_"),
        ("./run picket feeds import", "StalkerwareIndicators"),
        ("./run picket feeds catalogue", "cisa-kev .*CC0-1.0"),
        ("./run picket feeds follow", "Licence +CC0-1.0.*Outcome +Imported"),
        ("./run picket feeds check", "Outcome +Unchanged"),
        ("./run picket feeds import few", "Notice: A new version waits.*picket feeds accept mine"),
        ("./run picket feeds aside", "mine +.* 40 .*fewer"),
        ("./run picket feeds reject", "com.example|Added +60"),
        ("./run picket feeds accept", "Removed +50"),
        ("./run picket feeds versions", @"yes[^\n]*\n[^\n]* no "),
        ("./run picket feeds rollback", "sample-mine"),
        ("./run picket indicators add os-version", "Severity +Medium.*Devices now +[0-9]+"),
        ("./run picket indicators change", "Severity +High"),
        ("./run picket indicators list", "<16|Case 7|not testable from UEM"),
        ("./run picket policy default", "version: 1"),
        ("./run picket policy plan mine.yaml", @"levels\.app\.watchware.*high → medium.*Differences +2"),
        ("./run picket policy apply", @"Version +3"),
        ("./run picket policy why", @"Everyone .*holds.*levels\.app\.watchware +medium +\(Everyone\)"),
        ("./run picket policy exceptions", "Phishing drill +Active"),
        ("./run picket policy rollback", @"Version +4"),
        ("./run picket tags status", "Picket: Critical +[0-9]+ +Created"),
        ("./run picket tags preview Demo", "Devices that get a tag"),
        ("./run picket tags accept", "State +Completed"),
        ("./run picket appgroups show", "Picket: denied apps"),
        ("./run picket appgroups accept", "State +Completed"),
        ("./run picket appgroups clean-up", "State +Completed.*clean-up"),
        ("./run picket tags runs", "Levels +Completed"),
        ("./run picket tags show", "State +Completed"),
        ("./run picket tags clean-up", "State +Completed.*clean-up"),
        ("./run picket enrollment status", "Registering +on.*Add Device \\(Edit\\)"),
        ("./run picket imports list", "group-members +Completed.*users +Completed"),
        ("./run picket imports template", "^user_name,first_name,"),
        ("./run picket imports add newcomers.csv", "State +Checked.*To make +2.*Refused +1: .*picket imports start "),
        ("./run picket imports lines", "4 .*Refused .*user_name: It is empty"),
        ("./run picket imports start", "State +Completed.*Done +2 *\n"),
        ("./run picket imports show", "State +Completed"),
        ("./run picket imports result", "\"2\",\"ada.byron\",\"Create\",\"Done\""),
        ("./run picket devices register", "State +Completed.*NEWPHONE1.*Done +1 *\n"),
        ("./run picket imports add members.csv", "State +Checked.*To make +1 *\n"),
        ("./run picket imports cancel", "State +Cancelled.*picket imports retry "),
        ("./run picket imports retry $members", "State +Completed.*Done +1 *\n"),
        ("./run picket enrollment off", "Registering +off"),
        ("./run picket enrollment on ", "Registering +on"),
        ("./run picket ledger list", "AddTag +Picket: |PublishApp"),
        ("./run picket ledger show", "Confirmed|Held by +TwoPeople"),
        ("./run picket integrations writing Demo off", "Writing +off"),
        (
            "./run picket doctor --address $UEM_ADDRESS --uem-ca $UEM_CA --og $UEM_GROUP --account nobody",
            "✗ FAIL.*In the UEM console"
        ),
        ("./run picket integrations add", "Name +Second"),
        ("./run picket integrations pause", "State +Paused"),
        ("./run picket integrations change Second", @"share 10%.*Every +60 min"),
        ("./run picket integrations rotate Second --token-address", "OAuth"),
        ("./run picket integrations resume", "State +Active"),
        ("./run picket tags preview Second", "Not ours +Picket: "),
        ("./run picket tags adopt", "Adopted"),
        ("./run picket tags differences Demo --limit 5", "Risk: "),
        ("./run picket brakes held", "Held|Completed"),
        ("./run picket publications list", "Guard|Reader|Second"),
        ("./run picket publications funnel", "Installed +[1-9]"),
        ("./run picket publications devices", "No space left on the device"),
        ("./run picket publications nudge ", "Devices +1"),
        ("./run picket commands set Demo", "Commands +on"),
        ("./run picket commands sync", "Sync"),
        ("./run picket commands cancel", "State +Cancelled"),
        ("./run picket commands list --device", "RequestApps"),
        ("./run picket commands preview", "Goes as well"),
        ("./run picket ledger list --publication", "PublishApp.*Confirmed"),
        ("./run picket apps upload", "com.example.reader.internal"),
        ("./run picket publications preview", "Picket: Reader"),
        ("./run picket publications pause", "Because +A person paused it"),
        ("./run picket runs discard", "declined"),
        ("./run picket tags discard", "State +Cancelled.*declined"),
        ("./run picket tags approve", "State +(Queued|Running|Completed)"),
        ("./run picket tags cancel", "State +Cancelled"),
        ("./run picket runs cancel", "State +Cancelled"),
        ("./run picket devices history", "."),
        ("./run picket invitations list", "Ada +Analyst at .*|Grace|"),
        ("./run picket people list", "Ada +ada@picket.example +Analyst at "),
        ("./run picket people give", "Auditor"),
        ("./run picket people take", "Roles +Auditor *\n"),
        ("./run picket people password-link", "^https?://.*/new-password#"),
        ("./run picket people deactivate", "Shut out +just now "),
        ("./run picket people reactivate", "Shut out +no"),
        ("./run picket tokens create", "^pk_"),
        ("./run picket audit --action integration.", "integration[.]created +"),
        ("./run picket audit verify", "entries: none altered, removed or moved"),
        ("curl -sS $PICKET_SERVER/health/ready", "Healthy"),
    ];

    /// <summary>Commands that the walk leaves out, each for a reason.</summary>
    private static readonly string[] LeftOut =
    [
        "login", // would overwrite what the reader remembers
        "logout",
        "sign-in", // as well; it asks for a password, and SignInCommandTests walk it
        "demo",
        "what-if devices", // of the trial whose number `what-if` has printed; WhatIfTests list them
        "drift devices", // of what somebody else changes in the UEM; DriftStoryTests do, and decide about it
        "drift repair",
        "drift accept",
        "drift policies", // needs a right that the demo's role lacks; ReferenceStoryTests choose and watch them
        "publications stop-nudge", // what the walk sends is sent before it could be stopped; NudgeTests stop one
        "commands lock", // needs a right that the demo's role lacks; CommandTests lock
        "commands wipe", // asks for a code at a terminal, which a script does not have; WipeTests ask
        "commands message", // of a finding that the seed decides; MessageTests send
        "commands settle", // needs a lost answer, which CommandTests have
        "commands wipe-account", // asks for secrets; WipeTests set one
        "approvals approve", // asks for a code; WipeTests and the browser approve
        "approvals decline", // of the held tag run that `tags discard` declines
        "appgroups approve", // needs a run that the brake held; AppGroupBadDayTests have one
        "appgroups discard",
        "appgroups cancel", // the walk's runs end before they could be cancelled
        "appgroups adopt", // needs a group of others; AppGroupStoryTests adopt one
        "integrations confirm-link", // needs an OpenID Connect provider, which LinkRequestTests have
        "integrations decline-link",
        "integrations acknowledge", // needs a recovery at the server's host, which RecoveryTests walk
    ];

    /// <summary>What the reader's own lines leave behind.</summary>
    private static readonly string[] Written =
    [
        "run",
        "audit.jsonl",
        "audit-head.json",
        "user.json",
        "newcomers.csv",
        "members.csv",
        "mine.yaml",
        "reader.apk",
        "all.yaml",
        "few.yaml",
        "fewer.yaml",
        "evidence.json",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_line_of_the_readme_does_what_it_promises_against_the_demo()
    {
        await using var demo = DemoRun.Start("--devices", "300", "--port", "0");
        await demo.UntilAsync("Ctrl-C ends both programs", Cancellation);

        var seen = await WalkAsync(demo.Folder);

        var mistakes = seen.Where(step => step.Code != ReadmeWalk.ExitCode(step.Line))
            .Select(step => $"{step}")
            .ToList();
        foreach (var (line, output) in Promised)
        {
            var steps = seen.Where(step => step.Line.StartsWith(line, StringComparison.Ordinal)).ToList();
            if (steps.Count == 0)
            {
                mistakes.Add($"README.md no longer has a line that begins with {line}");
            }

            mistakes.AddRange(
                steps
                    .Where(step => !Regex.IsMatch(step.Output, "(?s)" + output))
                    .Select(step => $"not {output}: {step}")
            );
        }

        Assert.True(mistakes.Count == 0, string.Join("\n\n", mistakes));
        await EndsCleanlyAsync(demo);
    }

    [Fact]
    public void The_walk_leads_past_every_command()
    {
        var missing = Paths(PicketCommand.Create(SecretArgumentTests.SomeTerminal()), "")
            .Except(LeftOut)
            .Where(path =>
                !ReadmeWalk.Lines.Any(line => line.Contains($"./run picket {path}", StringComparison.Ordinal))
            );

        Assert.Empty(missing);
    }

    private static async Task EndsCleanlyAsync(DemoRun demo)
    {
        foreach (var file in Written)
        {
            File.Delete(Path.Combine(demo.Folder, file));
        }

        Directory.Delete(Path.Combine(demo.Folder, "walk"), recursive: true);
        Directory.Delete(Path.Combine(demo.Folder, "samples"));

        demo.Signal("TERM");
        var (code, last) = await demo.EndAsync(Cancellation);

        Assert.Equal(ExitCodes.Ok, code);
        DemoTests.IsSound(JsonNode.Parse(last)!, devices: 300);
        Assert.Empty(demo.Leftovers());
    }

    /// <summary>All lines in one shell, as in a terminal; ./run is the built program, without the build before it.</summary>
    private static async Task<List<Step>> WalkAsync(string folder)
    {
        var run = Path.Combine(folder, "run");
        var picket = Checkout.Program("Picket.Cli", "picket");
        await File.WriteAllTextAsync(run, $"#!/bin/sh\nshift\nexec dotnet '{picket}' \"$@\"\n", Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(run, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        Directory.CreateSymbolicLink(Path.Combine(folder, "samples"), Path.Combine(Checkout.Root, "samples"));
        var walk = Directory.CreateDirectory(Path.Combine(folder, "walk")).FullName;

        var script = new StringBuilder();
        for (var i = 0; i < ReadmeWalk.Lines.Count; i++)
            script.Append($"{{ {ReadmeWalk.Lines[i]}\n}} >walk/{i}.out 2>walk/{i}.err; echo $? >walk/{i}.code\n");
        var start = new ProcessStartInfo("bash", ["-c", script.ToString()])
        {
            WorkingDirectory = folder,
            Environment = { ["XDG_CONFIG_HOME"] = walk },
        };
        using var shell = Process.Start(start)!;
        await shell.WaitForExitAsync(Cancellation);
        return [.. ReadmeWalk.Lines.Select((line, i) => Step.Read(line, Path.Combine(walk, $"{i}")))];
    }

    private static IEnumerable<string> Paths(System.CommandLine.Command command, string path) =>
        command.Subcommands.Count == 0
            ? [path]
            : command.Subcommands.SelectMany(child => Paths(child, $"{path} {child.Name}".TrimStart()));

    private sealed record Step(string Line, int Code, string Output, string Error)
    {
        public static Step Read(string line, string file) =>
            new(
                line,
                int.Parse(File.ReadAllText(file + ".code"), System.Globalization.CultureInfo.InvariantCulture),
                File.ReadAllText(file + ".out"),
                File.ReadAllText(file + ".err")
            );

        public override string ToString() => $"{Line}\nexit code {Code}\n{Output}\n{Error}";
    }
}
