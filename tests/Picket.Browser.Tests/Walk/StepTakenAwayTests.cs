using Picket.Api;
using Picket.Server.Tests.Integrations;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests.Walk;

/// <summary>
/// Each step of the preparation undone on the console: the doctor names the fewest steps that the UEM's answer leaves
/// open, each with its place in the console.
/// </summary>
public sealed class StepTakenAwayTests(Prepared prepared) : IClassFixture<Prepared>
{
    private const string RestApi = "GROUPS & SETTINGS > All Settings > System > Advanced > API > REST API";
    private const string AdminList = "ACCOUNTS > Administrators > List View";
    private const string Roles = "ACCOUNTS > Administrators > Roles";
    private const string Groups = "GROUPS & SETTINGS > Groups > Organization Groups";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string[], string[]> Steps =>
        new()
        {
            { "API disabled", ["api-access"], [RestApi] },
            { "Basic disabled", ["account"], [AdminList, RestApi] },
            { "key regenerated", ["api-key"], [RestApi, RestApi] },
            { "right to read devices", ["right:rest-devices"], [$"{Roles} > API > REST > Devices"] },
            {
                "right to read users",
                ["right:user-detail", "right:rest-users"],
                [$"{Roles} > Accounts > Users > Accounts > User Detail", $"{Roles} > API > REST > Users"]
            },
            { "account locked", ["account-locked"], [AdminList] },
            { "account moved", ["group-scope"], [AdminList, Groups] },
        };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Is_named_with_its_place_in_the_console(string step, string[] failed, string[] places)
    {
        var draft = prepared.Anew();
        var before = await prepared.Picket.Client.DoctorAsync(draft, cancellationToken: Cancellation);
        Assert.Empty(before.Failed());
        var console = await UemConsole.SignInAsync(prepared.Browser, prepared.Picket.Emulator);

        await TakeAwayAsync(console, step);

        var report = await prepared.Picket.Client.DoctorAsync(draft, cancellationToken: Cancellation);
        Assert.Equal(failed, report.Failed());
        var check = report.Check(failed[0]);
        Assert.Equal(places, check.Causes.Select(cause => cause.ConsolePath));
        Assert.All(check.Causes, cause => Assert.NotEmpty(cause.Clicks));
        Assert.Single(prepared.Picket.Emulator.RequestLog.Entries.Reverse().Take(report.Calls), Explains);
    }

    /// <summary>The console's request log knows the reason that the answer hides.</summary>
    private static bool Explains(WorkspaceOne.Emulator.Record.LoggedRequest call) =>
        call.Status >= 400 && call.Path.Contains("tags") is false && (call.Why ?? call.MissingRight) is not null;

    private static Task TakeAwayAsync(UemConsole console, string step) =>
        step switch
        {
            "API disabled" => console.DisableApiAccessAsync(),
            "Basic disabled" => console.SetBasicAsync(enabled: false),
            "key regenerated" => console.RegenerateKeyAsync(),
            "right to read devices" => console.ChangeRoleAsync(
                Table1.RoleName,
                [new Right("API > REST > Devices", RightMode.Read)],
                granted: false
            ),
            "right to read users" => console.ChangeRoleAsync(
                Table1.RoleName,
                [new Right("API > REST > Users", RightMode.Read)],
                granted: false
            ),
            "account locked" => console.LockAdminAsync(Prepared.Account),
            _ => console.MoveAdminAsync(Prepared.Account, "Europe", Table1.RoleName),
        };
}
