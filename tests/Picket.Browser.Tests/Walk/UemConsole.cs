using Microsoft.Playwright;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests.Walk;

/// <summary>
/// The steps of the preparation page, done in a browser by the labels that the page names. Each method is one sentence
/// of it.
/// </summary>
public sealed class UemConsole
{
    private readonly IPage page;

    private UemConsole(IPage page) => this.page = page;

    public IPage Page => page;

    public static async Task<UemConsole> SignInAsync(Browser browser, EmulatorHost uem)
    {
        var page = await browser.OpenAsync(uem.ConsoleAddress);
        page.SetDefaultTimeout(15_000);
        await page.GotoAsync("/console");
        await page.GetByLabel("Username").FillAsync(uem.Credentials.ConsoleAccount);
        await page.GetByLabel("Password").FillAsync(uem.Credentials.ConsolePassword);
        await Button(page, "Sign in").ClickAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main menu" }).WaitForAsync();
        return new UemConsole(page);
    }

    /// <summary>The organization group in the header, on which everything acts.</summary>
    public Task ChooseGroupAsync(string name) =>
        page.RunAndWaitForResponseAsync(
            () =>
                page.EvaluateAsync(
                    """
                    name => {
                      const picker = document.getElementById("group");
                      picker.value = [...picker.options].find(one => one.text.trim() === name).value;
                      picker.form.requestSubmit();
                    }
                    """,
                    name
                ),
            answer => answer.Request.IsNavigationRequest && answer.Status == 200
        );

    /// <summary>"Go to ACCOUNTS > Administrators > List View."</summary>
    public async Task GoAsync(string section, string heading, string item)
    {
        var menu = page.GetByRole(AriaRole.Navigation, new() { Name = "Main menu" });
        await menu.GetByRole(AriaRole.Link, new() { Name = section, Exact = true }).ClickAsync();
        await menu.GetByRole(AriaRole.List, new() { Name = heading, Exact = true })
            .GetByRole(AriaRole.Link, new() { Name = item, Exact = true })
            .ClickAsync();
    }

    /// <summary>"On the Settings screen, go to System > Advanced > API > REST API."</summary>
    public async Task OpenRestApiAsync(string tab)
    {
        await GoAsync("GROUPS & SETTINGS", "Settings", "All Settings");
        var tree = page.GetByRole(AriaRole.Navigation, new() { Name = "Settings" });
        var branch = tree;
        foreach (var name in new[] { "System", "Advanced", "API" })
        {
            branch = branch.Locator($"xpath=./details[summary[normalize-space()='{name}']]");
            await UnfoldAsync(branch);
        }

        await tree.GetByRole(AriaRole.Link, new() { Name = "REST API" }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "REST API" })
            .GetByRole(AriaRole.Link, new() { Name = tab })
            .ClickAsync();
    }

    /// <summary>"On the General tab, select ENABLED for Enable API Access."</summary>
    /// <returns>The API key that this makes.</returns>
    public async Task<string> EnableApiAccessAsync()
    {
        await OpenRestApiAsync("General");
        await ChooseAsync("Current Setting", "Override");
        await ChooseAsync("Enable API Access", "ENABLED");
        await SaveAsync();
        return await AdminKeyAsync();
    }

    public async Task DisableApiAccessAsync()
    {
        await OpenRestApiAsync("General");
        await ChooseAsync("Enable API Access", "DISABLED");
        await SaveAsync();
    }

    public async Task RegenerateKeyAsync()
    {
        await OpenRestApiAsync("General");
        page.Dialog += static (_, question) => _ = question.AcceptAsync();
        await page.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = "Admin" })
            .GetByRole(AriaRole.Button, new() { Name = "Regenerate" })
            .First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("regenerated");
    }

    /// <summary>"On the Authentication tab, select ENABLED for Basic."</summary>
    public async Task SetBasicAsync(bool enabled)
    {
        await OpenRestApiAsync("Authentication");
        await ChooseAsync("Current Setting", "Override");
        await ChooseAsync("Basic", enabled ? "ENABLED" : "DISABLED");
        await SaveAsync();
    }

    /// <summary>"Select Add and then Add Admin", and on through the tabs to Save.</summary>
    public async Task AddAdminAsync(string name, string password, string group, string role)
    {
        await GoAsync("ACCOUNTS", "Administrators", "List View");
        await page.Locator("summary").Filter(new() { HasText = "Add" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add Admin" }).ClickAsync();
        await ChooseAsync("User Type", "Basic");
        await NextAsync();
        await page.GetByLabel("Username").FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = false }).First.FillAsync(password);
        await page.GetByLabel("Confirm Password").FillAsync(password);
        await page.GetByLabel("First Name").FillAsync("Mobile");
        await page.GetByLabel("Last Name").FillAsync("Security");
        await page.GetByLabel("Email Address").FillAsync(name + "@example.com");
        await NextAsync();
        await ChooseRoleAsync(group, role);
        await NextAsync();
        await NextAsync();
        await SaveAsync();
    }

    /// <summary>The account's role is at another organization group from now on.</summary>
    public async Task MoveAdminAsync(string name, string group, string role)
    {
        await EditAdminAsync(name);
        await Button(page, "Roles").ClickAsync();
        await ChooseRoleAsync(group, role);
        await SaveAsync();
    }

    public async Task LockAdminAsync(string name)
    {
        await FindAdminAsync(name);
        await page.GetByLabel($"More for {name}").ClickAsync();
        await Button(page, "Lock").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("was locked");
    }

    /// <summary>"Click ADD ROLE, and create a custom administrator role."</summary>
    /// <param name="circles">Categories whose circle is set to Read under Choose Edit Mode.</param>
    public async Task AddRoleAsync(string name, IReadOnlyList<string> circles, IReadOnlyList<Right> rights)
    {
        await GoAsync("ACCOUNTS", "Administrators", "Roles");
        await page.GetByRole(AriaRole.Link, new() { Name = "ADD ROLE" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = false }).First.FillAsync(name);
        await page.GetByLabel("Description").FillAsync("What the preparation page asks for.");
        foreach (var path in circles)
        {
            await OpenCategoryAsync(path[..path.LastIndexOf(" > ", StringComparison.Ordinal)]);
            await page.GetByLabel($"Choose Edit Mode of {path}", new() { Exact = true }).ClickAsync();
            await page.Locator($"[data-category='{path}'] > .category-head")
                .GetByRole(AriaRole.Button, new() { Name = "Read", Exact = true })
                .ClickAsync();
        }

        await TickAsync(rights, granted: true);
        await SaveAsync();
    }

    public async Task ChangeRoleAsync(string name, IReadOnlyList<Right> rights, bool granted)
    {
        await GoAsync("ACCOUNTS", "Administrators", "Roles");
        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await TickAsync(rights, granted);
        await SaveAsync();
    }

    private async Task TickAsync(IEnumerable<Right> rights, bool granted)
    {
        foreach (var right in rights)
        {
            await OpenCategoryAsync(right.Row[..right.Row.LastIndexOf(" > ", StringComparison.Ordinal)]);
            await page.GetByLabel(right.ToString(), new() { Exact = true }).SetCheckedAsync(granted);
        }
    }

    /// <summary>Unfolds a category of the role editor, and those above it.</summary>
    private async Task OpenCategoryAsync(string path)
    {
        var parts = path.Split(" > ");
        for (var depth = 1; depth <= parts.Length; depth++)
        {
            var category = string.Join(" > ", parts[..depth]);
            await UnfoldAsync(page.Locator($"[data-category='{category}'] > .category-body"));
        }
    }

    private async Task ChooseRoleAsync(string group, string role)
    {
        await page.GetByLabel("Organization Group").Last.SelectOptionAsync(await IdOfGroupAsync(group));
        await page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync(role);
    }

    private Task<string> IdOfGroupAsync(string name) =>
        page.EvaluateAsync<string>(
            "name => [...document.getElementById('group').options].find(one => one.text.trim() === name).value",
            name
        );

    private async Task EditAdminAsync(string name)
    {
        await FindAdminAsync(name);
        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
    }

    private async Task FindAdminAsync(string name)
    {
        await GoAsync("ACCOUNTS", "Administrators", "List View");
        await page.GetByLabel("Search").FillAsync(name);
        await Button(page, "Search").ClickAsync();
    }

    private Task<string> AdminKeyAsync() =>
        page.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = "AirWatchAPI" })
            .GetByRole(AriaRole.Textbox)
            .InputValueAsync();

    private Task ChooseAsync(string label, string word) =>
        page.GetByRole(AriaRole.Group, new() { Name = label, Exact = true })
            .GetByRole(AriaRole.Radio, new() { Name = word, Exact = true })
            .CheckAsync();

    private Task NextAsync() => Button(page, "Next").ClickAsync();

    private async Task SaveAsync()
    {
        await Button(page, "Save").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("aved");
    }

    private static async Task UnfoldAsync(ILocator details)
    {
        if (await details.GetAttributeAsync("open") is null)
        {
            await details.Locator("xpath=./summary").ClickAsync();
        }
    }

    private static ILocator Button(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
