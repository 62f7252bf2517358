using Picket.Api;
using Picket.Server.Tests;
using Picket.Server.Tests.Integrations;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests.Walk;

/// <summary>The preparation page, followed from its first step to its last on an unprepared UEM.</summary>
public sealed class SeedWalkTests(Browser browser) : IClassFixture<Browser>
{
    private const string Account = "mobile.security";
    private const string Password = "a long Password 1";
    private const string Group = "Northwind Care";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_Console_Administrator_role()
    {
        await using var picket = await StartAsync();
        var console = await UemConsole.SignInAsync(browser, picket.Emulator);
        var key = await console.EnableApiAccessAsync();
        await console.SetBasicAsync(enabled: true);
        await console.AddAdminAsync(Account, Password, Group, "Console Administrator");

        var integration = await picket.CreateIntegrationAsync(Draft(picket, key));

        var report = await picket.Client.DoctorAsync(integration.Id, cancellationToken: Cancellation);
        Assert.Empty(
            report.Checks.Where(check => check.State is CheckState.Fail or CheckState.Warn).Select(check => check.Id)
        );
        Assert.Contains("Console Administrator grants everything", report.Check("excess").Finding);
    }

    [Fact]
    public async Task With_a_custom_role_of_the_minimum_rights_and_then_with_tagging()
    {
        await using var picket = await StartAsync();
        var console = await UemConsole.SignInAsync(browser, picket.Emulator);
        var key = await console.EnableApiAccessAsync();
        await console.SetBasicAsync(enabled: true);
        await console.AddRoleAsync(Table1.RoleName, Table1.Circles, Table1.Rights);
        Assert.Equal(
            picket.Emulator.Access.Role(SeededRoles.Minimum).Rights.ToHashSet(),
            picket.Emulator.Access.Role(Table1.RoleName).Rights.ToHashSet()
        );
        await console.AddAdminAsync(Account, Password, Group, Table1.RoleName);

        var integration = await picket.CreateIntegrationAsync(Draft(picket, key));

        var report = await picket.Client.DoctorAsync(integration.Id, cancellationToken: Cancellation);
        Assert.Equal(0, report.Fail);
        var warned = Assert.Single(report.Checks, check => check.State == CheckState.Warn);
        Assert.Equal("right:tags", warned.Id);
        Assert.Contains(
            "Tagging is off: needs Settings > Tags (Read and Edit) and Device Management > Bulk Management (Edit).",
            warned.Finding
        );

        await TaggingAsync(picket, console, integration.Id);
    }

    /// <summary>Tags are granted first and Bulk Management later: what is missing is named at its first use.</summary>
    private static async Task TaggingAsync(PicketApplication picket, UemConsole console, Guid integration)
    {
        await console.ChangeRoleAsync(Table1.RoleName, [.. Table1.Tagging.SkipLast(1)], granted: true);
        await Runs.JudgedAsync(picket.Client, integration);
        await Runs.TagAsync(picket.Client, integration);

        var report = await picket.Client.DoctorAsync(integration, cancellationToken: Cancellation);
        Assert.Equal(["right:bulk-management"], report.Failed());
        Assert.Equal(CheckState.Pass, report.Check("right:tags-edit").State);
        Assert.Equal(
            "ACCOUNTS > Administrators > Roles > Device Management > Bulk Management",
            report.Check("right:bulk-management").ConsolePath
        );

        await console.ChangeRoleAsync(Table1.RoleName, [Table1.Tagging[^1]], granted: true);
        await Runs.TagAsync(picket.Client, integration);
        report = await picket.Client.DoctorAsync(integration, cancellationToken: Cancellation);
        Assert.Empty(
            report.Checks.Where(check => check.State is CheckState.Fail or CheckState.Warn).Select(check => check.Id)
        );
        Assert.Equal(CheckState.Pass, report.Check("right:bulk-management").State);
        var tags = (await picket.Client.TaggingAsync(integration, Cancellation)).Tags;
        Assert.Contains(
            tags,
            level =>
                picket.Emulator.Tags.All.FirstOrDefault(tag => tag.Name == level.Name) is { } tag
                && picket.Emulator.Tags.Carriers(tag).Count > 0
        );
    }

    private static Task<PicketApplication> StartAsync() =>
        PicketApplication.StartAsync(
            new()
            {
                Emulator = new()
                {
                    Http = true,
                    Devices = 60,
                    Unprepared = true,
                },
            }
        );

    private static CreateIntegration Draft(PicketApplication picket, string key) =>
        picket.Draft() with
        {
            Credential = new BasicCredential(Account, Password, key),
        };
}
