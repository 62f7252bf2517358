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
            }
        );

        var run = await CliRun.AgainstAsync(stub, "devices", "show", Samples.DeviceId.ToString());

        Assert.Contains("Matched", run.Out, StringComparison.Ordinal);
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
                "FAIL",
                "HTTP 403, code 1032",
                "Nothing can be read",
                "2. Add a key of the kind Admin",
            }
        )
            Assert.Contains(words, run.Out, StringComparison.Ordinal);
    }

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
