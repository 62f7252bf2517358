using System.Text.Json;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>Tables for people, JSON for programs, problems in words.</summary>
public sealed class OutputTests
{
    private static readonly Page<DeviceSummary> Devices = new(
        [Samples.Device("Anna's iPad in the warehouse of the northern region, second floor"), Samples.Device("short")],
        "next-page"
    );

    [Fact]
    public async Task A_table_fits_into_80_columns_and_keeps_ids_whole()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Devices, Devices);

        var run = await CliRun.AgainstAsync(stub, "devices", "list");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.Equal(3, run.Out.Split(Samples.DeviceId.ToString()).Length);
        Assert.Contains("Critical", run.Out, StringComparison.Ordinal);
        Assert.Contains("--cursor next-page", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_the_answer_of_the_interface()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Devices, Devices);

        var run = await CliRun.AgainstAsync(stub, "devices", "list", "--output", "json");

        Assert.Empty(run.Error);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("next-page", json.RootElement.GetProperty("next").GetString());
        var device = json.RootElement.GetProperty("items")[0];
        Assert.Equal("Critical", device.GetProperty("level").GetString());
        Assert.Equal(Devices.Items[0].FriendlyName, device.GetProperty("friendlyName").GetString());
    }

    [Fact]
    public async Task All_fetches_every_page()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Do(
            "GET",
            Routes.Devices,
            context =>
                PicketStub.WriteAsync(
                    context,
                    context.Request.Query.ContainsKey("cursor") ? Devices with { Next = null } : Devices
                )
        );

        var run = await CliRun.AgainstAsync(stub, "devices", "list", "--all", "-o", "json", "--level", "high");

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(4, json.RootElement.GetProperty("items").GetArrayLength());
        Assert.All(stub.Requests, request => Assert.Contains("level=High", request.Address, StringComparison.Ordinal));
        Assert.All(stub.Requests, request => Assert.Contains("limit=500", request.Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_cannot_steer_the_terminal()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Devices, new Page<DeviceSummary>([Samples.Device("a\u001b[2m\u202e[b]")], null));

        var run = await CliRun.AgainstAsync(stub, "devices", "list");

        Assert.DoesNotContain('\u001b', run.Out);
        Assert.DoesNotContain('\u202e', run.Out);
        Assert.Contains("a[2m[b]", run.Out, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, string> Facts = new()
    {
        ["exploitedCves"] = "CVE-2025-43300, CVE-2026-1",
    };

    [Fact]
    public async Task The_catalogue_of_feeds_says_whom_to_name()
    {
        await using var stub = await PicketStub.StartAsync();
        var known = new KnownFeed("kev", "KEV", "Due dates", "CisaKev", "https://a.example", "CC0-1.0", "CISA");
        stub.Answer("GET", Routes.FeedCatalogue, new Page<KnownFeed>([known], null));

        var run = await CliRun.AgainstAsync(stub, "feeds", "catalogue");

        Assert.Matches("Licence +Attribution", run.Out);
        Assert.Matches(@"CC0-1\.0 +CISA", run.Out);
    }

    [Fact]
    public async Task A_device_is_shown_with_its_evidence_and_what_is_not_known()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer(
            "GET",
            Routes.Fill(Routes.Device, Samples.DeviceId),
            Fabricate.A<DeviceView>() with
            {
                Unknowns = [new UnknownView("patch level", "The UEM does not have it.")],
                Findings =
                [
                    Fabricate.A<FindingView>() with
                    {
                        Evidence = new EvidenceView("os.exploited-cves/2", "sofa", "1", "MIT", "18.5", Facts)
                        {
                            Attribution = "SOFA by its makers",
                            ExploitedCves =
                            [
                                new("CVE-2025-43300", new DateOnly(2025, 9, 11), "Update it."),
                                new("CVE-2026-1", null, null),
                            ],
                        },
                    },
                ],
            }
        );

        var run = await CliRun.AgainstAsync(stub, "devices", "show", Samples.DeviceId.ToString());

        Assert.Contains("Matched", run.Out, StringComparison.Ordinal);
        Assert.Contains("SOFA by its makers", run.Out, StringComparison.Ordinal);
        Assert.Matches("CVE-2025-43300 +exploited, due on 2025-09-11: Update it.", run.Out);
        Assert.Matches("CVE-2026-1 +exploited *\\n", run.Out);
        Assert.Contains("The UEM does not have it.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_check_names_the_clicks_that_mend_it()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer(
            "POST",
            Routes.Fill(Routes.IntegrationDoctor, Samples.IntegrationId),
            Samples.Doctor(CheckState.Fail)
        );

        var run = await CliRun.AgainstAsync(stub, "doctor", Samples.IntegrationId.ToString());

        Assert.Equal(ExitCodes.Problem, run.Code);
        foreach (
            var words in new[]
            {
                "✗ FAIL",
                "The API key is of the kind Admin",
                "It is an enrollment user's key.",
                "HTTP 403, code 1032",
                "Nothing can be read",
                "2. Add a key of the kind Admin",
            }
        )
            Assert.Contains(words, run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CheckState.Pass, "✓ pass")]
    [InlineData(CheckState.Warn, "! warn")]
    [InlineData(CheckState.NotTested, "· not tested")]
    public async Task Each_check_tells_what_was_found_whatever_its_outcome(CheckState state, string mark)
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("POST", Routes.Fill(Routes.IntegrationDoctor, Samples.IntegrationId), Samples.Doctor(state));

        var run = await CliRun.AgainstAsync(stub, "doctor", Samples.IntegrationId.ToString());

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Matches(mark + " The API key is of the kind Admin:? It is an enrollment user's key.", Flat(run.Out));
        Assert.All(run.Out.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Fact]
    public async Task The_doctors_checks_stand_in_groups_with_what_is_wrong_first()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer(
            "POST",
            Routes.Fill(Routes.IntegrationDoctor, Samples.IntegrationId),
            new DoctorReport
            {
                Checks =
                [
                    Check("tls", CheckState.Pass),
                    Check("api-access", CheckState.Pass),
                    Check("account", CheckState.Fail),
                    Check("right:tags", CheckState.NotTested),
                    Check("right:devices", CheckState.Warn),
                ],
                Pass = 2,
                Fail = 1,
                Warn = 1,
                NotTested = 1,
            }
        );

        var run = await CliRun.AgainstAsync(stub, "doctor", Samples.IntegrationId.ToString());

        string[] inOrder =
        [
            "Reaching the UEM  1 passed",
            "title of tls",
            "Signing in  1 failed, 1 passed",
            "title of account",
            "title of api-access",
            "Rights of the account  1 to look at, 1 not tested",
            "title of right:devices",
            "title of right:tags",
            "1 failed, 1 to look at, 2 passed, 1 not tested",
        ];
        var places = inOrder.Select(words => run.Out.IndexOf(words, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData(CheckState.NotTested, "Could not be tested; if it is missing, reading the fleet does not work.")]
    [InlineData(CheckState.Warn, "Without it: Reading the fleet does not work.")]
    public async Task What_a_right_is_for_is_no_alarm_where_it_was_not_tested(CheckState state, string words)
    {
        await using var stub = await PicketStub.StartAsync();
        var check = Check("right:devices", state) with { Breaks = "Reading the fleet does not work." };
        stub.Answer(
            "POST",
            Routes.Fill(Routes.IntegrationDoctor, Samples.IntegrationId),
            new DoctorReport { Checks = [check] }
        );

        var run = await CliRun.AgainstAsync(stub, "doctor", Samples.IntegrationId.ToString());

        Assert.Contains(words, Flat(run.Out), StringComparison.Ordinal);
        Assert.Equal(state == CheckState.Warn, run.Out.Contains("Without it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rights_that_are_new_since_the_last_pass_are_named_with_their_state()
    {
        await using var stub = await PicketStub.StartAsync();
        var report = new DoctorReport
        {
            Checks = [Check("right:tags", CheckState.Warn), Check("right:devices", CheckState.Pass)],
        };
        stub.Answer(
            "POST",
            Routes.Fill(Routes.IntegrationDoctor, Samples.IntegrationId),
            report with
            {
                NewRights = ["right:tags"],
            }
        );

        var upgraded = await CliRun.AgainstAsync(stub, "doctor", Samples.IntegrationId.ToString());
        stub.Answer("POST", Routes.Fill(Routes.IntegrationDoctor, Samples.IntegrationId), report);
        var after = await CliRun.AgainstAsync(stub, "doctor", Samples.IntegrationId.ToString());

        Assert.Matches(
            "New rights since this integration last passed A role made by hand may lack them.* title of right:tags: warn",
            Flat(upgraded.Out)
        );
        Assert.DoesNotContain("title of right:devices: pass", upgraded.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("New rights", after.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kinds_of_findings_are_listed_with_what_they_mean()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer(
            "GET",
            Routes.FindingKinds,
            new Page<FindingKindView>([new("os.patch-old", "Security patch level is old", ["T1404"])], null)
        );

        var table = await CliRun.AgainstAsync(stub, "findings", "kinds");
        var ids = await CliRun.AgainstAsync(stub, "findings", "kinds", "-o", "id");

        Assert.Matches("os.patch-old +Security patch level is old", table.Out);
        Assert.Equal("os.patch-old\n", ids.Out);
    }

    [Fact]
    public async Task A_narrow_table_cuts_long_names_and_a_wide_one_shows_everything()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Devices, Devices);

        var narrow = await CliRun.AgainstAsync(stub, "devices", "list");
        var wide = await CliRun.WithAsync(["devices", "list"], CliRun.Signed(stub), "", width: 240);

        Assert.Matches("Anna's [^\n]*… ", narrow.Out);
        Assert.DoesNotContain("Serial number", narrow.Out, StringComparison.Ordinal);
        Assert.Contains(Devices.Items[0].FriendlyName, wide.Out, StringComparison.Ordinal);
        Assert.Contains("C02ABCDEF", wide.Out, StringComparison.Ordinal);
        Assert.Equal(Devices.Items.Count + 1, wide.Out.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Numbers_stand_under_each_other_to_the_right()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer(
            "GET",
            Routes.Apps,
            new Page<AppView>([new AppView("a", "A", "iOS", 7), new AppView("b", "B", "iOS", 12345)], null)
        );

        var run = await CliRun.AgainstAsync(stub, "apps", "list");

        var ends = run.Out.TrimEnd().Split('\n').Select(line => line.Length).Distinct();
        Assert.Single(ends);
        Assert.Contains("12,345", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_alone_can_be_handed_to_the_next_command()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Devices, Devices)
            .Answer("GET", Routes.Fill(Routes.Run, Samples.RunId), Samples.Run(RunState.Completed));

        var list = await CliRun.AgainstAsync(stub, "devices", "list", "-o", "id");
        var one = await CliRun.AgainstAsync(stub, "runs", "show", Samples.RunId.ToString(), "-o", "id");

        Assert.Equal($"{Samples.DeviceId}\n{Samples.DeviceId}\n", list.Out);
        Assert.Equal($"{Samples.RunId}\n", one.Out);
        Assert.Empty(list.Error + one.Error);
    }

    [Theory]
    [InlineData(3, "just now")]
    [InlineData(45, "45 s ago")]
    [InlineData(60 * 7, "7 min ago")]
    [InlineData(3600 * 3, "3 h ago")]
    [InlineData(86400 * 12, "12 d ago")]
    [InlineData(86400 * 300, "2026-01-04")]
    [InlineData(-3600 * 3, "in 3 h")]
    public void Times_are_told_as_people_say_them(int secondsAgo, string words)
    {
        var now = new DateTimeOffset(2026, 10, 31, 8, 30, 0, TimeSpan.Zero);

        Assert.Equal(words, Picket.Cli.Output.Age.Of(now.AddSeconds(-secondsAgo), now));
    }

    private static string Flat(string text) =>
        string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static DoctorCheck Check(string id, CheckState state) =>
        new()
        {
            Id = id,
            Title = $"title of {id}",
            State = state,
        };

    [Fact]
    public async Task A_problem_is_told_with_its_fields_its_lines_and_the_next_step()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Refuse(
            "GET",
            Routes.Overview,
            new Problem
            {
                Status = 422,
                Title = "The feed cannot be read",
                Detail = "iocs.yaml: 1 error",
                Next = "Mend the line and import it again.",
                TraceId = "abc",
                Errors = new Dictionary<string, string[]> { ["name"] = ["is missing."] },
                FeedErrors = [new FeedError(12, 3, "expected a list")],
                Run = Samples.Run(RunState.Running),
            }
        );

        var run = await CliRun.AgainstAsync(stub, "status");

        string[] expected =
        [
            "The feed cannot be read: iocs.yaml: 1 error",
            "name: is missing.",
            "line 12, column 3: expected a list",
            $"picket runs show {Samples.RunId}",
            "Next: Mend the line and import it again.",
            "Trace: abc",
        ];
        Assert.All(expected, words => Assert.Contains(words, run.Error, StringComparison.Ordinal));
    }
}
