using Microsoft.AspNetCore.Http;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>One enrolment user on the command line: shown, taken along, erased.</summary>
public sealed class UserCommandTests : IDisposable
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-00000000000f");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("picket-user-");

    [Fact]
    public async Task A_user_is_found_by_sign_in_name_and_shown_with_devices_by_level()
    {
        await using var stub = await StubAsync();

        var shown = await CliRun.AgainstAsync(stub, "users", "show", "ANNA");
        var devices = await CliRun.AgainstAsync(stub, "users", "devices", "anna");
        var unknown = await CliRun.AgainstAsync(stub, "users", "show", "ann");

        Assert.Equal((ExitCodes.Ok, ""), (shown.Code, shown.Error));
        Assert.Contains("1 high, 2 unknown", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("secure", shown.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, devices.Code);
        Assert.Contains(stub.Requests, request => request.Address == $"{Routes.Devices}?userId={Id}");
        Assert.NotEqual(ExitCodes.Ok, unknown.Code);
        Assert.Contains("picket users --search", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_kept_is_written_to_a_new_file_and_half_of_it_is_not_left_there()
    {
        await using var stub = await StubAsync();
        stub.Do(
            "GET",
            Routes.Fill(Routes.UserExport, Id),
            context => context.Response.WriteAsync("{\"complete\":true}")
        );
        var file = Path.Combine(folder.FullName, "anna.json");

        var taken = await CliRun.AgainstAsync(stub, "users", "export", "anna", file);
        var again = await CliRun.AgainstAsync(stub, "users", "export", "anna", file);
        stub.Do("GET", Routes.Fill(Routes.UserExport, Id), BreakOffAsync);
        var half = await CliRun.AgainstAsync(stub, "users", "export", "anna", file + ".half");

        Assert.Equal(ExitCodes.Ok, taken.Code);
        Assert.Equal("{\"complete\":true}", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(ExitCodes.Usage, again.Code);
        Assert.NotEqual(ExitCodes.Ok, half.Code);
        Assert.False(File.Exists(file + ".half"));
    }

    [Fact]
    public async Task Nobody_is_erased_unless_it_is_meant_and_what_goes_is_counted_first()
    {
        await using var stub = await StubAsync();
        var erasure = new ErasureView(true, 1, 2, 3, 4, 0, 5);
        stub.Answer("GET", Routes.Fill(Routes.UserErasure, Id), erasure);
        stub.Answer("POST", Routes.Fill(Routes.UserErasure, Id), erasure);

        var asked = await CliRun.AgainstAsync(stub, "users", "erase", "anna");
        Assert.Equal(ExitCodes.Usage, asked.Code);
        Assert.Contains("2 memberships go, 3 devices and 4 entries", asked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(stub.Requests, request => request.Method == "POST");

        var erased = await CliRun.AgainstAsync(stub, "users", "erase", "anna", "--yes");

        Assert.Equal((ExitCodes.Ok, ""), (erased.Code, erased.Error));
        var sent = Assert.Single(stub.Requests, request => request.Method == "POST");
        Assert.Contains("\"name\":\"anna\"", sent.Body, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<PicketStub> StubAsync()
    {
        var anna = new UserView(Id, Samples.IntegrationId, 7, "anna", "Anna Meyer", null, null, true);
        var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Users, new Page<UserView>([anna], null));
        stub.Answer("GET", Routes.Devices, new Page<DeviceSummary>([], null));
        return stub.Answer(
            "GET",
            Routes.Fill(Routes.User, Id),
            new UserDetails { User = anna, Devices = new LevelCounts(2, 0, 0, 0, 1, 0) }
        );
    }

    private static async Task BreakOffAsync(HttpContext context)
    {
        context.Response.ContentLength = 100;
        await context.Response.WriteAsync("{");
        context.Abort();
    }
}
