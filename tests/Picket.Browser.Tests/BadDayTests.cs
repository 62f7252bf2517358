using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Picket.Server.Tests;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Browser.Tests;

/// <summary>What a person sees while the database or the whole server is away.</summary>
public sealed class BadDayTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_page_says_so_and_the_next_one_works_again()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/devices");

        await using (await WithoutTableAsync("devices"))
        {
            await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^High( [0-9]+)?$") }).ClickAsync();
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("This page failed");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Overview", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("attention");
    }

    [Fact]
    public async Task Without_the_table_of_sessions_a_page_still_tells_that_it_failed()
    {
        var page = await site.SignedInAsync();

        await using (await WithoutTableAsync("sessions"))
        {
            var answer = await page.GotoAsync("/devices");

            Assert.Equal(500, answer!.Status);
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("This page failed");
            await page.IsFitToShowAsync();
        }
    }

    [Fact]
    public async Task An_open_page_outlives_a_database_that_does_not_answer_for_a_while()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/devices");
        var before = Unanswered();

        await using (await WithoutTableAsync("sessions"))
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
            while (Unanswered() == before)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
            }
        }

        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^High( [0-9]+)?$") }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/devices\\?level=High"));
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync(PicketApplication.Owner.Name);

        int Unanswered() =>
            site.Picket.Logs.Count("Whether the session of an open page still stands could not be read");
    }

    [Fact]
    public async Task A_smart_group_of_which_the_uem_says_nothing_is_not_called_empty()
    {
        var page = await site.SignedInAsync();
        var group = (await site.Picket.Client.SmartGroups().PageAsync(Cancellation)).Items[0];
        site.Picket.Emulator.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "smartgroups",
                Action = FaultAction.Status,
                Status = 403,
            }
        );

        try
        {
            await page.OpenAsync($"/directory/smart-groups/{group.Id}");

            var alert = page.GetByRole(AriaRole.Alert);
            await Assertions.Expect(alert).ToContainTextAsync("Its devices are not known now");
            await Assertions.Expect(page.GetByText("No device of the inventory is in it")).ToHaveCountAsync(0);
        }
        finally
        {
            site.Picket.Emulator.Faults = new FaultScript();
        }
    }

    [Theory]
    [InlineData("/devices/{0}", "This device is not in the inventory")]
    [InlineData("/sync/{0}", "There is no such run")]
    [InlineData("/sync/{0}/devices/Added", "There is no such run, or it counts no such rows")]
    [InlineData("/responses/{0}", "There is no such entry")]
    [InlineData("/responses/differences/{0}", "There is no such integration")]
    [InlineData("/responses/drift/{0}", "There is no such change")]
    [InlineData("/directory/smart-groups/{0}", "There is no such smart group")]
    [InlineData("/users/{0}", "There is no such user")]
    [InlineData("/directory/user-groups/{0}", "There is no such user group")]
    [InlineData("/integrations/{0}", "There is no such integration")]
    [InlineData("/publications/catalogue/{0}", "There is no such integration")]
    [InlineData("/publications/{0}", "There is no such publication")]
    [InlineData("/publications/nudges/{0}", "There are no such messages")]
    [InlineData("/commands/{0}", "There is no such command")]
    [InlineData("/intelligence/{0}", "There is no such feed")]
    [InlineData("/hunts/{0}", "There is no such hunt")]
    [InlineData("/what-if/{0}", "This trial is gone")]
    [InlineData("/hunts/feed/{0}", "There is no such version")]
    [InlineData("/devices/{0}/evidence", "This device is not in the inventory")]
    public async Task A_thing_that_is_not_there_is_said_not_to_be(string address, string said)
    {
        var page = await site.SignedInAsync();

        await page.OpenAsync(string.Format(CultureInfo.InvariantCulture, address, Guid.NewGuid()));

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(said);
        await page.IsFitToShowAsync();
    }

    private async Task<Absence> WithoutTableAsync(string table)
    {
        await RenameAsync(table, "away");
        return new Absence(() => RenameAsync("away", table));
    }

    private async Task RenameAsync(string from, string to)
    {
        await using var db = site.Picket.OpenDatabase();
        var rename = $"ALTER TABLE {from} RENAME TO {to}";
        await db.Database.ExecuteSqlRawAsync(rename, Cancellation);
    }

    private sealed class Absence(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }
}
