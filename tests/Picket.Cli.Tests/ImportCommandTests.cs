using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary><c>picket imports</c>, <c>picket enrollment</c> and <c>picket devices register</c>.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-000000000011");
    private static readonly string Path = Routes.Fill(Routes.Import, Id);
    private static readonly string Integration = Samples.IntegrationId.ToString();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("picket-imports-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_sent_as_it_is_and_its_check_followed_to_the_plan()
    {
        await using var stub = await PicketStub.StartAsync();
        var file = await FileAsync("people.csv", "user_name\r\nada\r\n");
        stub.Answer("POST", Routes.Fill(Routes.IntegrationImports, Integration), Import(ImportState.Checking), 202)
            .Answer("GET", Path, Checked());

        var run = await WideAsync(
            stub,
            "imports",
            "add",
            file,
            "--kind",
            "group-members",
            "--integration",
            Integration,
            "--wait"
        );

        Assert.Equal(ExitCodes.Ok, run.Code);
        var sent = stub.Requests.First();
        Assert.EndsWith("?kind=GroupMembers&name=people.csv", sent.Address, StringComparison.Ordinal);
        Assert.Equal("user_name\r\nada\r\n", sent.Body);
        var plan = run.Out.ReplaceLineEndings(" ");
        Assert.Matches("To make +3 .*To change +2 .*Already there +4 .*Refused +1: ", plan);
        Assert.Contains($"picket imports lines {Id} --step refused", plan, StringComparison.Ordinal);
        Assert.Contains($"picket imports start {Id} --wait", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Done", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_waits_for_the_call_budget_says_so_once_while_it_is_waited_for()
    {
        await using var stub = await PicketStub.StartAsync();
        var asked = 0;
        var waiting = Started(ImportState.Queued) with
        {
            GoesOnAt = new DateTimeOffset(2199, 5, 6, 7, 8, 0, TimeSpan.Zero),
            Reasons = ["The day's calls are used up."],
        };
        stub.Answer("POST", Routes.Fill(Routes.ImportStart, Id), waiting, 202)
            .Do(
                "GET",
                Path,
                context =>
                    PicketStub.WriteAsync(
                        context,
                        Interlocked.Increment(ref asked) < 3 ? waiting : Started(ImportState.Completed)
                    )
            );

        var run = await CliRun.AgainstAsync(stub, "imports", "start", $"{Id}", "--wait");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal(
            "It waits, and goes on by itself at 2199-05-06 07:08Z. The day's calls are used up.",
            run.Error.Trim()
        );
        Assert.Matches("State +Completed", run.Out);
    }

    [Fact]
    public async Task Who_stops_waiting_reads_that_the_import_goes_on()
    {
        await using var stub = await PicketStub.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        stub.Answer("POST", Routes.Fill(Routes.ImportRetry, Id), Started(ImportState.Checking), 202)
            .Do(
                "GET",
                Path,
                async context =>
                {
                    await stop.CancelAsync();
                    await PicketStub.WriteAsync(context, Started(ImportState.Running));
                }
            );

        var run = await CliRun.WithAsync(
            ["imports", "retry", $"{Id}", "--wait"],
            CliRun.Signed(stub),
            "",
            cancellation: stop.Token
        );

        Assert.Equal(ExitCodes.Cancelled, run.Code);
        Assert.Contains($"`picket imports cancel {Id}` stops it", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImportState.Checked, ExitCodes.Ok)]
    [InlineData(ImportState.Running, ExitCodes.Ok)]
    [InlineData(ImportState.Completed, ExitCodes.Ok)]
    [InlineData(ImportState.Incomplete, ExitCodes.Problem)]
    [InlineData(ImportState.Failed, ExitCodes.Problem)]
    [InlineData(ImportState.Cancelled, ExitCodes.Problem)]
    public async Task Show_tells_by_its_exit_code_whether_an_import_ended_short(ImportState state, int code)
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Path, Started(state));

        var run = await CliRun.AgainstAsync(stub, "imports", "show", $"{Id}");

        Assert.Equal(code, run.Code);
        Assert.Contains($"{state}", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_whose_answer_was_lost_are_for_a_person_to_look_at_before_they_are_taken_up_again()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Path, Started(ImportState.Incomplete) with { Unclear = 2 });

        var run = await WideAsync(stub, "imports", "show", $"{Id}");

        Assert.Matches(
            $"look in the UEM for what `picket imports lines {Id} --state unclear` lists; .*picket imports retry {Id}",
            run.Out
        );
    }

    [Fact]
    public async Task Lines_are_asked_for_by_plan_and_outcome_and_say_why()
    {
        await using var stub = await PicketStub.StartAsync();
        var line = new ImportLineView
        {
            Line = 7,
            Subject = "ada",
            Step = ImportStep.Refused,
            State = ImportLineState.Waiting,
            Notes = [new ImportNote("email", "It is no mail address.")],
        };
        stub.Answer("GET", Routes.Fill(Routes.ImportLines, Id), new Page<ImportLineView>([line], null));

        var run = await CliRun.AgainstAsync(
            stub,
            ["imports", "lines", $"{Id}", "--step", "refused", "--state", "waiting"]
        );

        Assert.Contains("?step=Refused&state=Waiting", stub.Requests.Single().Address, StringComparison.Ordinal);
        Assert.Matches("7 +ada +Refused +email: It is no mail address.", run.Out);
        Assert.DoesNotContain("Waiting", run.Out, StringComparison.Ordinal); // A refused line waits for nothing.
    }

    [Fact]
    public async Task A_template_and_a_result_go_into_new_files_alone_and_begin_as_Excel_wants_it()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Do("GET", Routes.Fill(Routes.ImportTemplate, ImportKind.Users), context => Csv(context, "user_name\r\n"))
            .Do("GET", Routes.Fill(Routes.ImportResult, Id), context => Csv(context, "Line,What\r\n2,Zoë\r\n"));
        var (template, result) = (At("users.csv"), At("result.csv"));

        var made = await CliRun.AgainstAsync(stub, "imports", "template", "users", "--out", template);
        var saved = await CliRun.AgainstAsync(stub, "imports", "result", $"{Id}", "--out", result);
        var again = await CliRun.AgainstAsync(stub, "imports", "result", $"{Id}", "--out", result);
        var shown = await CliRun.AgainstAsync(stub, "imports", "result", $"{Id}");

        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok, ExitCodes.Usage), (made.Code, saved.Code, again.Code));
        Assert.Contains("--kind users", made.Error, StringComparison.Ordinal);
        Assert.Equal("\uFEFFuser_name\r\n"u8.ToArray(), await File.ReadAllBytesAsync(template, Cancellation));
        Assert.Equal("\uFEFFLine,What\r\n2,Zoë\r\n"u8.ToArray(), await File.ReadAllBytesAsync(result, Cancellation));
        Assert.Equal("Line,What\r\n2,Zoë\r\n", shown.Out);
    }

    [Fact]
    public async Task A_result_that_breaks_off_leaves_no_half_file()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Do(
            "GET",
            Routes.Fill(Routes.ImportResult, Id),
            async context =>
            {
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("Line,What", context.RequestAborted);
                context.Abort();
            }
        );

        var run = await CliRun.AgainstAsync(stub, "imports", "result", $"{Id}", "--out", At("half.csv"));

        Assert.NotEqual(ExitCodes.Ok, run.Code);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task An_import_is_forgotten_only_by_who_means_it()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Path, Started(ImportState.Completed))
            .Do("DELETE", Path, context => Task.FromResult(context.Response.StatusCode = 204));

        var unasked = await CliRun.AgainstAsync(stub, "imports", "remove", $"{Id}");
        Assert.DoesNotContain(stub.Requests, request => request.Method == "DELETE");
        var meant = await CliRun.AgainstAsync(stub, "imports", "remove", $"{Id}", "--yes");

        Assert.Equal((ExitCodes.Usage, ExitCodes.Ok), (unasked.Code, meant.Code));
        Assert.Contains("Forget 'people.csv' with its 10 lines?", unasked.Error, StringComparison.Ordinal);
        Assert.Single(stub.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task A_device_is_announced_with_all_that_was_said_of_it()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("POST", Routes.Fill(Routes.Registrations, Integration), Started(ImportState.Checking), 202);
        string[] words =
        [
            .. new[] { "devices", "register", "--integration", Integration, "--user", "ada", "--serial", "S1" },
            .. new[] { "--imei", "490154203237518", "--udid", "U1", "--name", "Ada's phone", "--platform", "iOS" },
            .. new[] { "--model-id", "3", "--ownership", "corporate", "--asset-number", "A1" },
            .. new[] { "--group", "acme", "--message", "none" },
        ];

        var run = await CliRun.AgainstAsync(stub, words);

        Assert.Equal(ExitCodes.Ok, run.Code);
        var wanted = new RegisterDevice
        {
            UserName = "ada",
            SerialNumber = "S1",
            Imei = "490154203237518",
            Udid = "U1",
            FriendlyName = "Ada's phone",
            Platform = "iOS",
            ModelId = 3,
            Ownership = "corporate",
            AssetNumber = "A1",
            OrganizationGroup = "acme",
            Message = "none",
        };
        Assert.Equal(
            wanted,
            JsonSerializer.Deserialize(stub.Requests.Single().Body, PicketApiJson.Default.RegisterDevice)
        );
    }

    [Fact]
    public async Task A_device_that_belongs_to_somebody_else_is_a_problem_that_says_whose_it_is()
    {
        await using var stub = await PicketStub.StartAsync();
        var refused = new ImportLineView
        {
            Line = 1,
            Step = ImportStep.Refused,
            State = ImportLineState.Waiting,
            Notes = [new ImportNote("user_name", "The device is enrolled for the user grace.")],
        };
        stub.Answer("POST", Routes.Fill(Routes.Registrations, Integration), Started(ImportState.Checking), 202)
            .Answer("GET", Path, Import(ImportState.Completed) with { Lines = 1, Refused = 1 })
            .Answer("GET", Routes.Fill(Routes.ImportLines, Id), new Page<ImportLineView>([refused], null));

        var run = await CliRun.AgainstAsync(
            stub,
            ["devices", "register", "--user", "ada", "--serial", "S1", "--integration", Integration, "--wait"]
        );

        Assert.Equal(ExitCodes.Problem, run.Code);
        Assert.Contains("enrolled for the user grace", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public async Task Registering_is_switched_and_says_what_it_needs(string word, bool enabled)
    {
        await using var stub = await PicketStub.StartAsync();
        var view = new EnrollmentView
        {
            IntegrationId = Samples.IntegrationId,
            Enabled = enabled,
            Needs = ["Accounts > Users > Accounts > Add Device (Edit)"],
        };
        stub.Answer("PUT", Routes.Fill(Routes.Enrollment, Integration), view);

        var run = await CliRun.AgainstAsync(stub, "enrollment", word, Integration);

        Assert.Equal(
            enabled,
            JsonDocument.Parse(stub.Requests.Single().Body).RootElement.GetProperty("enabled").GetBoolean()
        );
        Assert.Matches($"Registering +{word}(?s:.*)Add Device \\(Edit\\)", run.Out);
    }

    [Fact]
    public async Task A_kind_that_is_none_is_refused_with_those_that_are()
    {
        var run = await CliRun.WithAsync(["imports", "template", "phones"], new Dictionary<string, string>(), "");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("users, devices and group-members", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_names_the_import_that_wanted_a_write()
    {
        await using var stub = await PicketStub.StartAsync();
        var write = new LedgerSummary
        {
            Id = Samples.RunId,
            IntegrationId = Samples.IntegrationId,
            Kind = "RegisterDevice",
            Subject = "line 2",
            State = LedgerState.Confirmed,
            ImportId = Id,
        };
        stub.Answer("GET", Routes.Ledger, new Page<LedgerSummary>([write], null))
            .Answer("GET", Routes.Fill(Routes.LedgerEntry, Samples.RunId), new LedgerView(write, []));

        var list = await CliRun.AgainstAsync(stub, "ledger", "list");
        var shown = await CliRun.AgainstAsync(stub, "ledger", "show", $"{Samples.RunId}");

        Assert.Matches("RegisterDevice +line 2 +Confirmed", list.Out);
        Assert.Matches($"Import +{Id}", shown.Out);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Where nothing is wrapped, as in a pipe.</summary>
    private static Task<CliRun> WideAsync(PicketStub stub, params string[] args) =>
        CliRun.WithAsync(args, CliRun.Signed(stub), input: "", width: 400);

    private static ImportView Import(ImportState state) =>
        new()
        {
            Id = Id,
            IntegrationId = Samples.IntegrationId,
            Kind = ImportKind.Users,
            Name = "people.csv",
            State = state,
            Lines = 10,
        };

    private static ImportView Checked() =>
        Import(ImportState.Checked) with
        {
            Creates = 3,
            Changes = 2,
            AlreadyThere = 4,
            Refused = 1,
            Waiting = 5,
        };

    private static ImportView Started(ImportState state) =>
        Checked() with
        {
            State = state,
            StartedAt = new DateTimeOffset(2026, 10, 31, 8, 30, 0, TimeSpan.Zero),
            Refused = 0,
        };

    private static Task Csv(HttpContext context, string text)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        return context.Response.WriteAsync("\uFEFF" + text, context.RequestAborted);
    }

    private string At(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private async Task<string> FileAsync(string name, string text)
    {
        await File.WriteAllTextAsync(At(name), text, Cancellation);
        return At(name);
    }
}
